"""HTML of the rich text editor as plain text that reads well in a mail."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

BLOCKS = {"p", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "div"}


def plain_text(html: str, base_url: str) -> str:
    """Paragraphs set apart by an empty line, list items on their own lines, addresses after their text."""
    reader = _Reader(base_url)
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.out).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self, base_url: str):
        super().__init__(convert_charrefs=True)
        self.base_url = base_url
        self.out: list[str] = []
        self.lists: list[int | None] = []  # the next number of each open list; None for bullets
        self.link: tuple[str, int] | None = None  # address, and where its text begins in `out`

    def handle_starttag(self, tag, attrs):
        if tag in {"ul", "ol"}:
            self.lists.append(1 if tag == "ol" else None)
        if tag in BLOCKS:
            self.out.append("\n\n")
        elif tag == "br":
            self.out.append("\n")
        elif tag == "li":
            number = self.lists[-1] if self.lists else None
            self.out.append(f"\n{number}. " if number else "\n- ")
            if number:
                self.lists[-1] = number + 1
        elif tag == "a":
            self.link = (dict(attrs).get("href") or "", len(self.out))

    def handle_endtag(self, tag):
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        if tag in BLOCKS:
            self.out.append("\n\n")
        elif tag == "a" and self.link:
            href, start = self.link
            shown = "".join(self.out[start:]).strip()
            address = urljoin(self.base_url, href)
            if href and address.removeprefix("mailto:").removeprefix("tel:") != shown:
                self.out.append(f" ({address.removeprefix('mailto:')})")
            self.link = None

    def handle_data(self, data):
        # Line ends in the source are spaces; the structure comes from the tags.
        self.out.append(re.sub(r"\s+", " ", data))
