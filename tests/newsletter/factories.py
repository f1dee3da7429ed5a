"""Subscribers, issues and campaigns for the tests."""

import itertools
from datetime import UTC, datetime

from newsletter.models import NewsletterIndexPage, NewsletterIssuePage, Subscriber
from newsletter.rules.addresses import parse
from newsletter.rules.subscriber_states import SubscriberState
from newsletter.services import campaigns
from tests.factories import make_image

NOW = datetime(2026, 5, 6, 16, 0, tzinfo=UTC)
numbers = itertools.count(1)


def make_subscriber(address: str = "", *, state=SubscriberState.CONFIRMED, **fields) -> Subscriber:
    parsed = parse(address or f"reader{next(numbers)}@example.org")
    return Subscriber.objects.create(
        address=parsed.typed, address_key=parsed.key, state=state, created_at=NOW, **fields
    )


def make_subscribers(number: int) -> None:
    Subscriber.objects.bulk_create(
        [
            Subscriber(
                address=f"reader{n}@example.org",
                address_key=f"reader{n}@example.org",
                state=SubscriberState.CONFIRMED,
                created_at=NOW,
            )
            for n in range(number)
        ],
        batch_size=2000,
    )


def make_archive(home) -> NewsletterIndexPage:
    return home.add_child(instance=NewsletterIndexPage(title="Newsletter", slug="newsletter"))


def make_issue(archive, *, title: str = "News of May", body=None, **fields) -> NewsletterIssuePage:
    body = body or [
        ("heading", {"text": "Spring", "level": "h2"}),
        ("text", '<p>Walks are <b>longer</b> now. <a href="/team/">Our team</a></p>'),
        ("latest_posts", {"heading": "New on the blog", "most": 5}),
    ]
    issue = archive.add_child(
        instance=NewsletterIssuePage(title=title, body=body, live=False, **{"preview_text": "What is new", **fields})
    )
    issue.save_revision()
    return issue


def plan(issue, *, now=NOW, at=None, user=None):
    seen = issue.get_latest_revision().as_object()
    return campaigns.plan(
        page=issue,
        revision_id=issue.get_latest_revision().pk,
        content_hash=seen.edition(),
        scheduled_at=at or now,
        user=user,
        now=now,
    )


def every_block() -> list[tuple]:
    """A body that has each block an issue may have."""
    picture = {
        "image": make_image(),
        "alt": "A path",
        "decorative": False,
        "caption": "Behind the office",
        "credit": "",
    }
    button = {"text": "Ask for a first session", "page": None, "address": "/request-a-consultation/"}
    return [
        ("heading", {"text": "Spring", "level": "h2"}),
        ("text", "<p>Words.</p><ul><li>One</li></ul>"),
        ("image", picture),
        ("signs", {"lead_in": "You may notice:", "items": ["Short nights"]}),
        ("quote", {"text": "A pause.", "source": "Ada"}),
        ("callout", {"heading": "Talk", "text": "With us.", "buttons": [button]}),
        ("notice", {"kind": "crisis", "heading": "Help", "text": "<p>Call 988.</p>"}),
        ("latest_posts", {"heading": "New on the blog", "most": 5}),
    ]
