"""An issue that was decided to be sent is neither changed nor lost by a click in the page tree."""

import pytest
from django.urls import reverse
from django.utils import timezone

from newsletter.models import NewsletterIssuePage
from newsletter.services import campaigns, worker
from tests.newsletter.factories import NOW, make_issue, make_subscriber, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def under_way(issue):
    make_subscriber()
    campaign = plan(issue)
    worker.queueing.start_due(now=NOW)
    return campaign


@pytest.fixture
def over(issue, mail_server):
    make_subscriber()
    campaign = plan(issue)
    worker.run(clock=lambda: NOW, seconds=60)
    return campaign


def _results(campaign) -> str:
    return reverse("newsletter_desk:results", args=[campaign.pk])


def _bulk(action: str, *pages) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?{ids}&next=/admin/"


@pytest.mark.parametrize("action", ["edit", "delete"])
def test_it_is_not_changed_or_deleted(admin_client, issue, over, action):
    url = reverse(f"wagtailadmin_pages:{action}", args=[issue.pk])
    assert admin_client.get(url)["Location"] == _results(over)
    assert admin_client.post(url)["Location"] == _results(over)
    assert NewsletterIssuePage.objects.filter(pk=issue.pk).exists()


def test_it_does_not_go_with_the_page_above_it(admin_client, archive, home, issue, over):
    for page in (archive, home):
        admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert NewsletterIssuePage.objects.filter(pk=issue.pk).exists()


def test_it_does_not_go_with_a_bulk_deletion(admin_client, archive, issue, over):
    draft = make_issue(archive, title="A draft")
    admin_client.post(_bulk("delete", draft, issue))
    assert NewsletterIssuePage.objects.count() == 2
    admin_client.post(_bulk("delete", draft))
    assert NewsletterIssuePage.objects.get() == issue


def test_it_stays_online_while_it_is_on_its_way(admin_client, archive, issue, under_way):
    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[issue.pk]))
    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[archive.pk]), {"include_descendants": "on"})
    admin_client.post(_bulk("unpublish", issue))
    issue.refresh_from_db()
    assert issue.live


def test_the_practice_may_take_it_offline_when_it_is_over(admin_client, issue, over):
    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[issue.pk]))
    issue.refresh_from_db()
    assert not issue.live
    assert "Not online" in admin_client.get(_results(over)).content.decode()


def test_what_was_called_back_is_a_draft_like_any_other(admin_client, issue):
    campaign = plan(issue, at=timezone.now() + timezone.timedelta(days=1))
    campaigns.cancel(campaign_id=campaign.pk, now=NOW)
    assert admin_client.get(reverse("wagtailadmin_pages:edit", args=[issue.pk])).status_code == 200
    admin_client.post(reverse("wagtailadmin_pages:delete", args=[issue.pk]))
    assert not NewsletterIssuePage.objects.exists()
