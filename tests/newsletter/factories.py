"""Subscribers, issues and sendings for the tests."""

import itertools
from datetime import UTC, datetime

from newsletter import sendings
from newsletter.addresses import parse
from newsletter.models import NewsletterIndexPage, NewsletterIssuePage, Subscriber
from newsletter.subscriber_states import SubscriberState

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
    return sendings.plan(
        page=issue,
        revision_id=issue.get_latest_revision().pk,
        content_hash=seen.edition(),
        scheduled_at=at or now,
        user=user,
        now=now,
    )
