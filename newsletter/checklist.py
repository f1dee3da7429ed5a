"""What is looked at before an issue may be sent."""

import re
from dataclasses import dataclass

# Gmail cuts a longer mail off, and the unsubscribe link with it.
LARGEST_HTML = 102 * 1024
IMAGE_WITHOUT_ALT = re.compile(r"<img(?![^>]*\balt=)[^>]*>", re.IGNORECASE)
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Check:
    """`ok`: nothing to do. Not ok and `required`: it can't be sent like this."""

    text: str
    ok: bool
    required: bool = True


def check_issue(
    *, subject: str, preview_text: str, html: str, placeholders: tuple[str, ...], postal: bool
) -> list[Check]:
    """The checks that need nothing but the finished mail, in the order people read them."""
    size = len(html.encode())
    links = LINK.findall(html)
    return [
        Check("The issue has a subject", bool(subject.strip())),
        Check("It has a preview text", bool(preview_text.strip()), required=False),
        Check("Every picture says what it shows, or that it is decoration", not IMAGE_WITHOUT_ALT.search(html)),
        Check("No link is empty", all(link and link != "#" for link in links)),
        Check("Unsubscribe and preferences links are in it", all(placeholder in html for placeholder in placeholders)),
        Check("The practice's postal address is in it", postal),
        Check(f"It is small enough ({size // 1024} KB of 102 KB)", size < LARGEST_HTML),
    ]


def may_be_sent(checks: list[Check]) -> bool:
    return all(check.ok or not check.required for check in checks)
