"""Search over the site's pages: what is asked, made safe, and what is found, with the matches marked."""

import re

from bs4 import BeautifulSoup
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page, Site

from innerbalance.search_backend import best_matches

LONGEST_QUERY = 100
MOST_RESULTS = 200
"""Nobody reads further; the best are first."""

EXCERPT = 220
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
WORD = re.compile(r"\w+", re.UNICODE)


def clean_query(text: str) -> str:
    """`text` as it can be searched: one line, no control characters, at most 100 characters."""
    return " ".join(CONTROL.sub(" ", text).split())[:LONGEST_QUERY].strip()


def find_pages(query: str, request) -> list[int]:
    """Ids of live public pages of the request's site that match `query`, best first; at most 200."""
    site = Site.find_for_request(request)
    words = " ".join(WORD.findall(query))  # quotes and operators would be the search engine's own language
    if site is None or not words:
        return []
    pages = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
    return best_matches(pages, words)[:MOST_RESULTS]


def page_text(page) -> str:
    """The words of a specific page's lead and body, for an excerpt."""
    lead = getattr(page, "description", "")
    body = getattr(page, "body", None)
    parts = body.stream_block.get_searchable_content(body) if body else []
    return " ".join(" ".join([lead, *(str(part) for part in parts)]).split())


def highlighted(text: str, query: str) -> SafeString:
    """`text` escaped, with the words of `query` in `<mark>`."""
    words = sorted({re.escape(word) for word in WORD.findall(query)}, key=len, reverse=True)
    if not words:
        return escape(text)
    pattern = re.compile(rf"\b({'|'.join(words)})", re.IGNORECASE)
    pieces = pattern.split(text)
    marked = [f"<mark>{escape(piece)}</mark>" if number % 2 else escape(piece) for number, piece in enumerate(pieces)]
    return mark_safe("".join(marked))  # noqa: S308 (each piece is escaped above)


def excerpt(text: str, query: str) -> SafeString:
    """About 220 characters of `text` around the first match, highlighted."""
    text = BeautifulSoup(text, "html.parser").get_text(" ")
    found = [position for word in WORD.findall(query) if (position := text.lower().find(word.lower())) >= 0]
    start = max(0, min(found, default=0) - EXCERPT // 4)
    if start:
        start = text.find(" ", start) + 1
    cut = text[start : start + EXCERPT]
    if start + EXCERPT < len(text):
        cut = cut.rsplit(" ", 1)[0] + " …"
    return highlighted(("… " if start else "") + cut, query)
