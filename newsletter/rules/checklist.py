"""What is looked at before an issue may be sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

# Gmail cuts a longer mail off, and the unsubscribe link with it.
LARGEST_HTML = 102 * 1024
IMAGE_WITHOUT_ALT = re.compile(r"<img(?![^>]*\balt=)[^>]*>", re.IGNORECASE)
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Check:
    """`ok`: nothing to do. Not ok and `required`: it can't be sent like this. `details`: what to mend, a line each."""

    text: str
    ok: bool
    required: bool = True
    details: tuple[str, ...] = ()


def links_of(html: str, *, without: tuple[str, ...] = ()) -> list[str]:
    """The web addresses that a mail links to, each once, in their order; `without` are left out."""
    links = dict.fromkeys(unescape(link).partition("#")[0] for link in LINK.findall(html))
    return [link for link in links if link.startswith(("http://", "https://")) and link not in without]


def check_issue(
    *,
    subject: str,
    preview_text: str,
    html: str,
    placeholders: tuple[str, ...],
    postal: bool,
    own_links: Mapping[str, str],
    foreign_links: Mapping[str, str],
) -> list[Check]:
    """The checks of the finished mail, in the order people read them.

    `own_links` and `foreign_links`: what is wrong with a link to this site or to another, for those where something
    is. Another site may be away for an hour or refuse a program, so that alone does not hold an issue back.
    """
    size = len(html.encode())
    links = LINK.findall(html)
    return [
        Check("The issue has a subject", bool(subject.strip())),
        Check("It has a preview text", bool(preview_text.strip()), required=False),
        Check("Every picture says what it shows, or that it is decoration", not IMAGE_WITHOUT_ALT.search(html)),
        Check("No link is empty", all(link and link != "#" for link in links)),
        Check("Links to our own pages lead to a page that readers see", not own_links, details=_lines(own_links)),
        Check("Links to other sites answer", not foreign_links, required=False, details=_lines(foreign_links)),
        Check("Unsubscribe and preferences links are in it", all(placeholder in html for placeholder in placeholders)),
        Check("The practice's postal address is in it", postal),
        Check(
            f"It is small enough ({-(-size // 1024)} KB, of 102 KB that mail programs show whole)", size < LARGEST_HTML
        ),
    ]


def may_be_sent(checks: list[Check]) -> bool:
    return all(check.ok or not check.required for check in checks)


def _lines(problems: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{link}: {problem}" for link, problem in problems.items())
