"""The outputs of one revision of an issue. Made once for all recipients.

What differs between recipients is two addresses; they stand as placeholders
in the outputs and are filled in when a message leaves.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from urllib.parse import urljoin

import css_inline
from django.conf import settings
from django.template.loader import render_to_string

from innerbalance.blocks.plain_text import wrapped
from innerbalance.locations.services.directory import office_directory
from innerbalance.practice.services import practice

UNSUBSCRIBE_URL = "__NEWSLETTER_UNSUBSCRIBE_URL__"
PREFERENCES_URL = "__NEWSLETTER_PREFERENCES_URL__"
PLACEHOLDERS = (UNSUBSCRIBE_URL, PREFERENCES_URL)
# Where the links of a test or a preview lead, which belong to no reader.
TEST_PATH = "/newsletter/test-mail/"
# Invisible characters after the preview text, so that email programs don't fill the line with the body's first words.
FILLER = range(70)

ROOT_RELATIVE = re.compile(r'\b(href|src)="(/(?!/)[^"]*)"')
# Nothing is fetched while the email is made; rules that can't be inlined (dark mode, phones) stay in the head.
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True)


@dataclass(frozen=True, slots=True)
class Outputs:
    """`html` and `text` carry `content_hash`, and the placeholders of this module."""

    subject: str
    preview_text: str
    html: str
    text: str
    content_hash: str


def content_hash(*, page, posts: list[dict]) -> str:
    """SHA-256 (hex) of all that a reader gets to see: subject, preview text, body and posts."""
    seen = {
        "subject": page.title,
        "preview": page.preview_text,
        "body": _without_ids(page.body.get_prep_value()),
        "posts": posts,
    }
    return hashlib.sha256(json.dumps(seen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def render_issue(*, page, posts: list[dict], test: bool = False) -> Outputs:
    """The email of an issue page (saved, or as its editor shows it).

    `test`: for the person who writes it. It says so on top, and its links lead to a page that says so too.
    """
    base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + "/"
    edition = content_hash(page=page, posts=posts)
    test_url = urljoin(base_url, TEST_PATH)
    context = {
        "subject": " ".join(page.title.split()),
        "preview_text": page.preview_text,
        "archive_url": test_url if test else page.full_url or base_url,
        "unsubscribe_url": test_url if test else UNSUBSCRIBE_URL,
        "preferences_url": test_url if test else PREFERENCES_URL,
        "practice": practice(),
        "offices": office_directory().offices(),
        "edition": edition,
        "test": test,
        "filler": FILLER,
    }
    body, of_body = page.body.stream_block, {"base_url": base_url, "posts": posts}
    html = render_to_string("mail/newsletter_issue.html", context | {"blocks": body.email_html(page.body, of_body)})
    text = render_to_string("mail/newsletter_issue.txt", context | {"blocks": body.plain_text(page.body, of_body)})
    return Outputs(
        subject=context["subject"],
        preview_text=page.preview_text,
        html=INLINER.inline(ROOT_RELATIVE.sub(lambda m: f'{m[1]}="{urljoin(base_url, m[2])}"', html)),
        text=wrapped(re.sub(r"\n{3,}", "\n\n", text).strip()) + "\n",
        content_hash=edition,
    )


def _without_ids(value):
    """Ids of blocks are new in each copy of a page, and no reader sees them."""
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {key: _without_ids(inner) for key, inner in value.items() if not (is_block and key == "id")}
    if isinstance(value, list | tuple):
        return [_without_ids(inner) for inner in value]
    return value
