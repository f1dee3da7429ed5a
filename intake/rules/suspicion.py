"""What makes a request suspicious. Suspicious is held for a look, never refused or dropped."""

import re
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum


class Reason(StrEnum):
    HONEYPOT = "honeypot"
    NO_STAMP = "no_stamp"
    TOO_FAST = "too_fast"
    LINKS = "links"
    MARKUP = "markup"
    NETWORK_LIMIT = "network_limit"
    CONTACT_LIMIT = "contact_limit"


FASTEST_PERSON = timedelta(seconds=4)

_LINK = re.compile(r"https?://|www\.|\[url|\b[a-z0-9-]+\.(?:ru|cn|top|xyz|click|shop|biz)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*(?:a|script|img|iframe|form)\b|\[/?(?:url|link)\b", re.IGNORECASE)


def suspicions(
    *,
    honeypot: str,
    form_age: timedelta | None,
    texts: Iterable[str],
    within_network_limit: bool,
    within_contact_limit: bool,
) -> list[Reason]:
    """The reasons to hold a request, in a steady order; empty for an ordinary one.

    `form_age` is how long ago the form was handed out, None when that can't be shown. An old
    form is no reason: people think about this for days.
    """
    texts = list(texts)
    found = {
        Reason.HONEYPOT: bool(honeypot.strip()),
        Reason.NO_STAMP: form_age is None,
        Reason.TOO_FAST: form_age is not None and form_age < FASTEST_PERSON,
        Reason.LINKS: any(_LINK.search(text) for text in texts),
        Reason.MARKUP: any(_MARKUP.search(text) for text in texts),
        Reason.NETWORK_LIMIT: not within_network_limit,
        Reason.CONTACT_LIMIT: not within_contact_limit,
    }
    return [reason for reason, true in found.items() if true]
