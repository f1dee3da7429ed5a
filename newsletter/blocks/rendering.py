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
from wagtail.rich_text import expand_db_html

from innerbalance.locations.services.directory import office_directory
from innerbalance.practice import practice
from newsletter.rules.plain_text import plain_text, wrapped

UNSUBSCRIBE_URL = "__NEWSLETTER_UNSUBSCRIBE_URL__"
PREFERENCES_URL = "__NEWSLETTER_PREFERENCES_URL__"
PLACEHOLDERS = (UNSUBSCRIBE_URL, PREFERENCES_URL)
# Where the links of a test or a preview lead, which belong to no reader.
TEST_PATH = "/newsletter/test-mail/"
# Invisible characters after the preview text, so that mail programs don't fill the line up with the body's first words.
FILLER = range(70)

ROOT_RELATIVE = re.compile(r'\b(href|src)="(/(?!/)[^"]*)"')
# Nothing is fetched while the mail is made; rules that can't be inlined (dark mode, phones) stay in the head.
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
    """The mail of an issue page (saved, or as its editor shows it).

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
    html = render_to_string(
        "mail/newsletter_issue.html",
        context | {"blocks": [_html_block(child.block_type, child.value, posts) for child in page.body]},
    )
    texts = [_text_block(child.block_type, child.value, posts, base_url) for child in page.body]
    text = render_to_string("mail/newsletter_issue.txt", context | {"blocks": [t for t in texts if t]})
    return Outputs(
        subject=context["subject"],
        preview_text=page.preview_text,
        html=INLINER.inline(ROOT_RELATIVE.sub(lambda m: f'{m[1]}="{urljoin(base_url, m[2])}"', html)),
        text=wrapped(re.sub(r"\n{3,}", "\n\n", text).strip()) + "\n",
        content_hash=edition,
    )


def _html_block(block_type: str, value, posts: list[dict]) -> str:
    context = {"value": value}
    if block_type == "latest_posts":
        context["posts"] = posts[: value["most"]]
    return render_to_string(f"newsletter/mail/{block_type}.html", context)


def _text_block(block_type: str, value, posts: list[dict], base_url: str) -> str:
    match block_type:
        case "heading":
            return _underlined(value["text"])
        case "text":
            return _rich(value, base_url)
        case "image":
            shown = value["caption"] or ("" if value["decorative"] else value["alt"])
            return " ".join(filter(None, [f"[Picture: {shown}]" if shown else "", value["credit"]]))
        case "signs":
            return "\n".join([value["lead_in"], *(f"- {item}" for item in value["items"])]).strip()
        case "quote":
            lines = "\n".join(f"> {line}" for line in value["text"].splitlines())
            return f"{lines}\n> ({value['source']})" if value["source"] else lines
        case "callout":
            buttons = [f"{button['text']}: {urljoin(base_url, button.url)}" for button in value["buttons"]]
            return "\n".join(filter(None, [_underlined(value["heading"]), value["text"], *buttons]))
        case "notice":
            return f"{_underlined(value['heading'])}\n{_rich(value['text'], base_url)}"
        case "latest_posts":
            shown = posts[: value["most"]]
            entries = [f"{post['title']}\n{post['summary']}\n{post['url']}" for post in shown]
            return "\n\n".join([_underlined(value["heading"]), *entries]) if shown else ""
    raise ValueError(f"no text for the block {block_type!r}")


def _underlined(heading: str) -> str:
    return f"{heading}\n{'-' * min(len(heading), 60)}"


def _rich(value, base_url: str) -> str:
    return plain_text(expand_db_html(value.source), base_url)


def _without_ids(value):
    """Ids of blocks are new in each copy of a page, and no reader sees them."""
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {key: _without_ids(inner) for key, inner in value.items() if not (is_block and key == "id")}
    if isinstance(value, list | tuple):
        return [_without_ids(inner) for inner in value]
    return value
