"""What is looked at before an issue may be sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

# Gmail cuts a longer email off, and the unsubscribe link with it.
LARGEST_HTML = 102 * 1024
IMAGE_WITHOUT_ALT = re.compile(r"<img(?![^>]*\balt=)[^>]*>", re.IGNORECASE)
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"', re.IGNORECASE)


class LinkFault(StrEnum):
    NO_SUCH_PAGE = "no_such_page"
    ERROR = "error"
    CIRCLE = "circle"
    PRIVATE_NETWORK = "private_network"
    NO_SUCH_SITE = "no_such_site"
    BAD_CERTIFICATE = "bad_certificate"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class LinkProblem:
    """`status`: what an ERROR answered with, 0 otherwise."""

    fault: LinkFault
    status: int = 0


class Item(StrEnum):
    SUBJECT = "subject"
    PREVIEW_TEXT = "preview_text"
    PICTURES = "pictures"
    EMPTY_LINKS = "empty_links"
    OWN_LINKS = "own_links"
    FOREIGN_LINKS = "foreign_links"
    UNSUBSCRIBE = "unsubscribe"
    POSTAL_ADDRESS = "postal_address"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Check:
    """`ok`: nothing to do. Not ok and `required`: it can't be sent like this. `links`: those to fix, and why.

    `kilobytes`: the size that was looked at, rounded up.
    """

    item: Item
    ok: bool
    required: bool = True
    links: tuple[tuple[str, LinkProblem], ...] = ()
    kilobytes: int = 0


def links_of(html: str, *, without: tuple[str, ...] = ()) -> list[str]:
    """The web addresses that an email links to, each once, in their order; `without` are left out."""
    links = dict.fromkeys(unescape(link).partition("#")[0] for link in LINK.findall(html))
    return [link for link in links if link.startswith(("http://", "https://")) and link not in without]


def check_issue(
    *,
    subject: str,
    preview_text: str,
    html: str,
    placeholders: tuple[str, ...],
    postal: bool,
    own_links: Mapping[str, LinkProblem],
    foreign_links: Mapping[str, LinkProblem],
) -> list[Check]:
    """The checks of the finished email, in the order people read them.

    `own_links` and `foreign_links`: what is wrong with a link to this site or to another, for those where something
    is. Another site may be away for an hour or refuse a program, so that alone does not hold an issue back.
    """
    size = len(html.encode())
    return [
        Check(Item.SUBJECT, bool(subject.strip())),
        Check(Item.PREVIEW_TEXT, bool(preview_text.strip()), required=False),
        Check(Item.PICTURES, not IMAGE_WITHOUT_ALT.search(html)),
        Check(Item.EMPTY_LINKS, all(link and link != "#" for link in LINK.findall(html))),
        Check(Item.OWN_LINKS, not own_links, links=tuple(own_links.items())),
        Check(Item.FOREIGN_LINKS, not foreign_links, required=False, links=tuple(foreign_links.items())),
        Check(Item.UNSUBSCRIBE, all(placeholder in html for placeholder in placeholders)),
        Check(Item.POSTAL_ADDRESS, postal),
        Check(Item.SIZE, size < LARGEST_HTML, kilobytes=-(-size // 1024)),
    ]


def may_be_sent(checks: list[Check]) -> bool:
    return all(check.ok or not check.required for check in checks)
