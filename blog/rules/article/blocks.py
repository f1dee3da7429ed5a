"""A parsed article as the blocks of a body: no text is added, none is changed."""

from collections.abc import Iterator
from html import escape

from blog.rules.article.parts import (
    Article,
    Callout,
    Comparison,
    Heading,
    ItemList,
    Paragraph,
    Part,
    Picture,
    Signs,
    Text,
)

CONSULTATION = "/request-a-consultation/"
LONGEST_BUTTON = 120  # letters, as in the editor

Block = tuple[str, object]


def to_blocks(article: Article) -> list[Block]:
    """(block type, value) for each part, in the order of the file. A picture's block has no picture yet."""
    return [block for part in article.body for block in _blocks(part)]


def _blocks(part: Part) -> Iterator[Block]:
    match part:
        case Heading():
            yield "heading", {"text": part.text, "level": part.level}
        case Text():
            yield "text", "".join(_html(child) for child in part.parts)
        case Signs():
            lead_in = part.lead_in.text if part.lead_in else ""
            yield "signs", {"lead_in": lead_in, "items": [item.text for item in part.items]}
        case Comparison():
            yield "comparison", _comparison(part)
        case Picture():
            value = {"image": None, "alt": part.description, "decorative": False, "caption": "", "credit": ""}
            yield "image", value
        case Callout():
            yield from _callout(part)


def _html(part: Paragraph | ItemList) -> str:
    if isinstance(part, Paragraph):
        return f"<p>{escape(part.text, quote=False)}</p>"
    tag = "ol" if part.ordered else "ul"
    items = "".join(f"<li>{escape(item.text, quote=False)}</li>" for item in part.items)
    return f"<{tag}>{items}</{tag}>"


def _comparison(part: Comparison) -> dict:
    rows = [
        {
            "topic": row.topic.text if row.topic else "",
            "first": _cell(row.first),
            "second": _cell(row.second),
        }
        for row in part.rows
    ]
    return {"caption": "", "first_side": part.first_side, "second_side": part.second_side, "rows": rows}


def _cell(paragraphs: tuple[Paragraph, ...]) -> str:
    return "\n\n".join(paragraph.text for paragraph in paragraphs)


def _callout(part: Callout) -> Iterator[Block]:
    """A callout needs a heading and a short button; otherwise the line becomes a link in the text."""
    label = part.button.text if part.button else ""
    fits = bool(part.heading) and len(label) <= LONGEST_BUTTON
    if part.heading:
        buttons = [{"text": label, "page": None, "address": CONSULTATION}] if label and fits else []
        yield "callout", {"heading": part.heading.text, "text": _cell(part.paragraphs), "buttons": buttons}
    if label and not fits:
        yield "text", f'<p><a href="{CONSULTATION}">{escape(label, quote=False)}</a></p>'
