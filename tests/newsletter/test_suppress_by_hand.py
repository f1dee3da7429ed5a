"""The office says "never write to this address", sees why one is shut out, and lifts it where it may."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from innerbalance.security.roles import OFFICE
from newsletter.models import Subscriber, Suppression
from newsletter.rules.addresses import parse
from newsletter.rules.subscriber_states import (
    OFFICE_MAY_LIFT,
    OFFICE_MAY_LIFT_WHEN_ASKED,
    SubscriberState,
    SuppressionReason,
)
from newsletter.services import subscriptions, suppress_manually, suppression
from tests.factories import make_user
from tests.newsletter.factories import NOW, make_subscriber

pytestmark = pytest.mark.django_db
ANA = "ana@example.org"


def _url(name, *args):
    return reverse(f"newsletter_subscribers:{name}", args=args)


@pytest.fixture
def office(client):
    user = make_user(OFFICE)
    client.force_login(user)
    return user


def _post(client, name, **data):
    return client.post(_url(name), {"address": ANA, **data}, follow=True).content.decode()


def _suppress(client, **kwargs):
    return _post(client, "suppress", **{"kind": "by_phone", "why": "Called on May 4", **kwargs})


def _lift(client, reason, **kwargs):
    return _post(client, "lift", **{"reason": reason, "why": "They called", "consent": "on", **kwargs})


def _reason():
    return suppression.reason_for(address_key=ANA)


@pytest.mark.parametrize("kind", ["by_phone", "by_hand"])
def test_never_write_to_this_address(client, office, kind):
    assert "Nothing is sent to this address anymore" in _suppress(client, kind=kind, address="ANA@Example.org")
    assert _reason() == kind
    assert not subscriptions.sign_up(address=parse(ANA), now=NOW)
    assert not Subscriber.objects.exists()


def test_whoever_has_it_leaves_the_list(client, office):
    reader = make_subscriber(ANA)
    _suppress(client)
    reader.refresh_from_db()
    assert reader.state == SubscriberState.UNSUBSCRIBED
    assert reader.left_at
    assert reader.events.get(kind="suppressed").user == office
    assert "never write to this address" in client.get(_url("history", reader.pk)).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"why": ""}, "This field is required"),
        ({"why": "ana@example.org called"}, "Leave the address out"),
        ({"kind": "complaint"}, "Select a valid choice"),
        ({"address": "ana@"}, "looks like name@example.com"),
    ],
)
def test_a_note_that_is_wrong_is_said_and_changes_nothing(client, office, change, words):
    page = _suppress(client, **change)
    assert words in page
    assert change.get("why", "Called on May 4") in page or "address" in change
    assert not Suppression.objects.exists()
    assert not ModelLogEntry.objects.exists()


def test_it_is_looked_up_by_the_whole_address_alone(client, office):
    suppression.suppress(address_key=ANA, reason=SuppressionReason.HARD_BOUNCE, now=NOW)
    make_subscriber(ANA, state=SubscriberState.BOUNCED)
    page = _post(client, "suppression", address="Ana@EXAMPLE.org")
    for words in ("Never email this address", "The mailbox does not exist, since May 6, 2026", "Address bounced"):
        assert words in page
    assert "We may email this address." in _post(client, "suppression", address="an@example.org")
    assert "looks like name@example.com" in _post(client, "suppression", address="ana")


def test_the_address_is_in_no_page_address_and_in_no_log(client, office):
    _suppress(client)
    answer = client.post(_url("lift"), {"address": ANA, "reason": "by_phone", "why": "They called", "consent": "on"})
    assert answer.url == _url("suppression")
    entries = ModelLogEntry.objects.order_by("pk")
    assert [entry.action for entry in entries] == ["newsletter.suppress", "newsletter.lift"]
    assert all(entry.user == office for entry in entries)
    assert entries[1].data == {"kind": "by_phone", "asked": True, "why": "They called"}
    assert not [entry for entry in entries if "example.org" in f"{entry.label} {entry.data}"]


@pytest.mark.parametrize("reason", sorted(OFFICE_MAY_LIFT | OFFICE_MAY_LIFT_WHEN_ASKED))
def test_what_may_be_lifted_puts_nobody_on_the_list(client, office, reason):
    reader = make_subscriber(ANA, state=SubscriberState.BOUNCED)
    suppression.suppress(address_key=ANA, reason=reason, now=NOW)
    assert "Lift it" in _post(client, "suppression")
    assert "may email this address again" in _lift(client, reason)
    assert _reason() is None
    reader.refresh_from_db()
    assert reader.state == SubscriberState.BOUNCED
    assert reader.events.get(kind="lifted").user == office
    assert subscriptions.sign_up(address=parse(ANA), now=NOW)


@pytest.mark.parametrize("reason", [SuppressionReason.COMPLAINT, SuppressionReason.BY_PHONE])
def test_a_no_is_lifted_only_by_the_persons_own_word(client, office, reason):
    suppression.suppress(address_key=ANA, reason=reason, now=NOW)
    assert "They said no" in _post(client, "suppression")
    page = _lift(client, reason, consent="")
    assert "This field is required" in page
    assert "They called" in page
    # Also when the form names another reason than the one it is suppressed for.
    assert "no longer suppressed for this reason" in _lift(client, "hard_bounce", consent="")
    assert _reason() == reason


def test_no_form_is_needed_to_hold_that(office):
    suppression.suppress(address_key=ANA, reason=SuppressionReason.COMPLAINT, now=NOW)
    with pytest.raises(suppress_manually.NotLifted, match="when they ask us themselves"):
        suppress_manually.lift(
            address_key=ANA, reason=SuppressionReason.COMPLAINT, asked=False, why="A guess", user=office, now=NOW
        )
    assert _reason() == SuppressionReason.COMPLAINT


def test_a_deletion_is_lifted_by_the_person_alone(client, office):
    suppression.suppress(address_key=ANA, reason=SuppressionReason.ERASED, now=NOW)
    page = _post(client, "suppression")
    assert "asked to be deleted" in page
    assert "Lift it" not in page
    assert "Only the person can lift this" in _lift(client, "erased")
    assert _reason() == SuppressionReason.ERASED
    # They may still tell us by phone to never write again, which then holds against a sign-up by a stranger.
    _suppress(client)
    assert _reason() == SuppressionReason.BY_PHONE


def test_what_is_shut_out_for_good_keeps_its_reason(client, office):
    suppression.suppress(address_key=ANA, reason=SuppressionReason.COMPLAINT, now=NOW)
    assert "Never write to this address" not in _post(client, "suppression")
    _suppress(client)
    assert _reason() == SuppressionReason.COMPLAINT


def test_every_reason_has_its_rule():
    assert set(SuppressionReason) == OFFICE_MAY_LIFT | OFFICE_MAY_LIFT_WHEN_ASKED | {SuppressionReason.ERASED}
    assert not OFFICE_MAY_LIFT & OFFICE_MAY_LIFT_WHEN_ASKED
