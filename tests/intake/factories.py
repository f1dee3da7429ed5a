"""Requests for tests, made the way the site makes them."""

from datetime import UTC, datetime, timedelta

from wagtail.models import Page

from intake.models import ConsultationRequest
from intake.rules.questions import Answers
from intake.services.receive import Preferences, SubmissionSignals, receive_request

OPEN_MOMENT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
"""A Tuesday, 10 am in Phoenix: the offices are open."""

CLOSED_MOMENT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""Monday, 8 pm in Phoenix."""


def answers(**changes) -> Answers:
    facts = {
        "name": "Ana Ruiz",
        "phone": "+14805550134",
        "email": "ana@example.com",
        "voicemail_safe": "no",
        "text_safe": "yes",
        "email_safe": "yes",
        "practice_named": "yes",
        "who_for": "me",
        "note": "I would like to talk to someone.",
    }
    return Answers(**facts | changes)


def signals(**changes) -> SubmissionSignals:
    return SubmissionSignals(
        **{"honeypot": "", "form_age": timedelta(minutes=3), "network": "203.0.113.0/24"} | changes
    )


def make_request(*, now=OPEN_MOMENT, preferences=None, held=False, network=None, **changes) -> ConsultationRequest:
    """A request that arrived at `now`; `held=True` sends it to quarantine."""
    made = ConsultationRequest.objects.count()
    changes.setdefault("phone", f"+1480555{1000 + made:04d}")
    changes.setdefault("email", f"person{made}@example.com")
    came = signals(honeypot="x" if held else "", network=network or f"198.51.{made % 250}.0/24")
    return receive_request(
        answers=answers(**changes), preferences=preferences or Preferences(), signals=came, now=now
    ).request


def make_page(slug: str, title: str) -> Page:
    return Page.objects.get(depth=1).add_child(instance=Page(title=title, slug=slug))
