"""While email is paused nothing leaves by itself, whichever job is asked."""

import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from innerbalance.journal.services import gate
from innerbalance.practice.models import PracticeSettings
from intake.models import OutgoingEmail
from newsletter.models import Campaign, Delivery
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.subscriber_states import SubscriberState
from newsletter.services import subscriptions
from tests.intake.factories import make_request
from tests.newsletter.factories import make_archive, make_issue, make_subscriber, plan

pytestmark = pytest.mark.django_db(transaction=True)


def owe_everything(home) -> None:
    now = timezone.now()
    practice = PracticeSettings.load()
    practice.email = "office@example.org"
    practice.save()
    make_subscriber()
    make_subscriber(preferences_link_due_at=now)
    make_subscriber(state=SubscriberState.PENDING, confirm_mail_due_at=now)
    archive = make_archive(home)
    plan(make_issue(archive), now=now)
    paused = plan(make_issue(archive, title="Paused"), now=now)
    Campaign.objects.filter(pk=paused.pk).update(state=CampaignState.PAUSED, office_untold=True)
    make_request()


def housekeeping() -> None:
    call_command("housekeeping", stdout=io.StringIO())


def test_every_kind_of_email_leaves_when_nothing_is_paused(home):
    """Or the test below would prove nothing."""
    owe_everything(home)
    housekeeping()
    subjects = sorted({message.subject for message in mail.outbox})
    assert len(subjects) >= 5, subjects


def test_nothing_leaves_while_email_is_paused(home):
    owe_everything(home)
    gate.folder().set_epoch("another")
    housekeeping()
    housekeeping()
    assert mail.outbox == []
    assert (
        not OutgoingEmail.objects.exclude(state=OutgoingEmail.State.QUEUED)
        .exclude(state=OutgoingEmail.State.UNCERTAIN)
        .exists()
    )
    assert not Delivery.objects.filter(state="sent").exists()


def test_who_leaves_meanwhile_has_left(home):
    reader = make_subscriber()
    gate.folder().set_epoch("another")
    subscriptions.unsubscribe(public_id=reader.public_id, campaign_id=None, now=timezone.now())
    reader.refresh_from_db()
    assert reader.state == SubscriberState.UNSUBSCRIBED
