"""HTML of the rich text editor as plain text that reads well in a mail."""

import re
import textwrap
from html.parser import HTMLParser
from urllib.parse import urljoin

# As far as an eye likes to go, and short enough to be quoted twice (RFC 5322 section 2.1.1 asks for 78 at most).
WIDTH = 72
# What the further lines of an item or a quotation begin with, by how its first line begins.
ITEM = re.compile(r"(?P<quote>> )|(?P<item>- |\d+\. )")
BLOCKS = {"p", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "div"}


def plain_text(html: str, base_url: str) -> str:
    """Paragraphs set apart by an empty line, list items on their own lines, addresses after their text."""
    reader = _Reader(base_url)
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.out).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def wrapped(text: str, width: int = WIDTH) -> str:
    """`text` in lines of at most `width` characters; a longer word or address stays whole, on a line of its own."""
    return "\n".join(_wrapped_line(line, width) for line in text.split("\n"))


def _wrapped_line(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    mark = ITEM.match(line)
    further = "" if not mark else mark["quote"] or " " * len(mark["item"])
    return textwrap.fill(line, width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)


class _Reader(HTMLParser):
    def __init__(self, base_url: str):
        super().__init__(convert_charrefs=True)
        self.base_url = base_url
        self.out: list[str] = []
        self.lists: list[int | None] = []  # the next number of each open list; None for bullets
        self.link: tuple[str, int] | None = None  # address, and where its text begins in `out`

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
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

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        if tag in BLOCKS:
            self.out.append("\n\n")
        elif tag == "a" and self.link:
            href, start = self.link
            shown = "".join(self.out[start:]).strip()
            address = urljoin(self.base_url, href.strip()).replace(" ", "%20").removeprefix("mailto:")
            if href and not _says(shown, address):
                self.out.append(f" ({address})")
            self.link = None

    def handle_data(self, data: str) -> None:
        # Line ends in the source are spaces; the structure comes from the tags.
        self.out.append(re.sub(r"\s+", " ", data))


def _says(shown: str, address: str) -> bool:
    """Whether the link's text is its address already; a phone number may be written with dashes, or without its 1."""
    if address.startswith("tel:"):
        digits = re.sub(r"\D", "", shown)
        return len(digits) > 2 and re.sub(r"\D", "", address).removeprefix("1") == digits.removeprefix("1")
    return shown == address
