"""An owner sees on the admin's home how backups stand; after a restore they look, and let email leave again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from innerbalance.backups.models import BackupRun
from innerbalance.journal.models import Cause, SiteEpoch
from innerbalance.journal.services import gate, recovery
from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS
from newsletter.models import Campaign
from newsletter.rules.campaign_states import CampaignState
from tests.factories import make_user
from tests.newsletter.factories import make_archive, make_issue, make_subscriber, plan

pytestmark = pytest.mark.django_db
SCREEN = "backups_after_restore"


def admin_home(client, role) -> str:
    client.force_login(make_user(role))
    return client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.fixture
def restored():
    """A database that was restored, with the journal applied."""
    gate.compare()
    now = timezone.now()
    gate.pause(cause=Cause.RESTORED, now=now)
    SiteEpoch.objects.update(backup_of=now - timedelta(hours=9))
    return recovery.recover(now=now)


@pytest.mark.parametrize(("role", "sees"), [(OWNERS, True), (OFFICE, False), (EDITORS, False), (REVIEWERS, False)])
def test_owners_see_when_the_last_backup_was_made(client, settings, role, sees):
    settings.BACKUP_RECIPIENT = "age1public"
    now = timezone.now()
    BackupRun.objects.create(
        started_at=now, finished_at=now, succeeded=True, name="site", place="/srv/b", size=2_097_152
    )
    page = admin_home(client, role)
    assert ("The last backup was made" in page) is sees
    assert ("/srv/b" in page) is sees


def test_no_key_and_a_failure_are_said(client, settings):
    settings.BACKUP_RECIPIENT = ""
    assert "No backups are made" in admin_home(client, OWNERS)
    settings.BACKUP_RECIPIENT = "age1public"
    now = timezone.now()
    BackupRun.objects.create(started_at=now, finished_at=now, error="The disk is full.")
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "The last attempt failed: The disk is full." in page
    assert "No backup has been made yet" in page


@pytest.mark.parametrize(("role", "sees"), [(OWNERS, True), (OFFICE, True), (EDITORS, False)])
def test_who_wonders_why_no_email_leaves_is_told(client, restored, role, sees):
    page = admin_home(client, role)
    assert ("Email is paused" in page) is sees
    assert (reverse(SCREEN) in page) is (role == OWNERS)


@pytest.mark.parametrize("role", [OFFICE, EDITORS, REVIEWERS])
def test_only_owners_resume(client, restored, role):
    client.force_login(make_user(role))
    assert client.post(reverse(SCREEN), {"epoch": restored.token}).status_code == 302
    assert gate.email_is_paused()


def test_an_owner_looks_and_resumes(client, home, restored):
    make_subscriber()
    plan(make_issue(make_archive(home)))
    Campaign.objects.update(state=CampaignState.PAUSED)
    user = make_user(OWNERS)
    client.force_login(user)
    page = client.get(reverse(SCREEN)).content.decode()
    assert "The site was restored from a backup." in page
    assert "“News of May”: 0 sent, 0 perhaps sent, 0 waiting" in page
    client.post(reverse(SCREEN), {"epoch": restored.token})
    assert not gate.email_is_paused()
    assert SiteEpoch.load().resumed_by == user
    assert ModelLogEntry.objects.filter(action="journal.resume", user=user).exists()
    assert Campaign.objects.get().state == CampaignState.PAUSED
    assert "Email is not paused." in client.get(reverse(SCREEN)).content.decode()


def test_what_was_not_looked_at_is_not_resumed(client, restored):
    client.force_login(make_user(OWNERS))
    recovery.recover(now=timezone.now())
    client.post(reverse(SCREEN), {"epoch": restored.token})
    assert gate.email_is_paused()
