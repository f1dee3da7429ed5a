"""From paragraphs, lists and headings to the parts of a body."""

from __future__ import annotations

import re

from blog.article_text.comparison import Found, find_comparison
from blog.article_text.headings import Piece, find_headings, levels
from blog.article_text.parts import (
    Callout,
    Decision,
    Heading,
    ItemList,
    Paragraph,
    Part,
    Picture,
    Signs,
    Text,
)

LONGEST_LEAD_IN = 300  # letters
LONGEST_SIGN = 400  # letters, as in the editor
MOST_CALLOUT_PARAGRAPHS = 3
LONGEST_BUTTON = 20  # words

_SIGNS = re.compile(
    r"\b(signs?|symptoms?|looks? like|red flags?|similarities|behaviou?rs?|patterns?|"
    r"indicators?|warning|you (may|might) (notice|feel|find)|traits?|marked (by|with))\b",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"^(an? |the )?(black and white )?(close[- ]?up|photo(graph)?|picture|image|illustration|"
    r"portrait|drawing|graphic|screenshot|view)\b",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"^(request|schedule|book|call|contact|reach out|get (in touch|started|help)|make an "
    r"appointment|talk (to|with)|take the (next|first) step|ready to|click here|learn more)\b",
    re.IGNORECASE,
)
_END = (".", "!", "?", ":", ";", ",", "…", "”", '"')


def to_body(pieces: list[Piece]) -> tuple[list[Part], list[Decision]]:
    """Every piece ends in exactly one part, in its place."""
    pictures = {index for index, piece in enumerate(pieces) if _is_picture(pieces, index)}
    decisions = [
        Decision(pieces[index].line, "reads like the description of a picture", "a missing picture")
        for index in sorted(pictures)
    ]
    body: list[Part] = [Picture(pieces[i].line, pieces[i].text) for i in sorted(pictures)]
    pieces = [piece for index, piece in enumerate(pieces) if index not in pictures]
    headings, doubts = find_headings(pieces)
    callout, start, more = _closing_callout(pieces, headings)
    doubts = [doubt for doubt in doubts if not (callout and doubt.line >= callout.line)]
    decisions += [*doubts, *more]
    if callout:
        body.append(callout)
        pieces, headings = pieces[:start], {index for index in headings if index < start}
    body += _sections(pieces, headings, decisions)
    return sorted(body, key=lambda part: part.line), decisions


def _sections(pieces: list[Piece], headings: set[int], decisions: list[Decision]) -> list[Part]:
    comparisons = _comparisons(pieces, headings, decisions)
    covered = {i for found in comparisons.values() for i in range(found.start, found.end)}
    section_headings = [(i, pieces[i]) for i in sorted(headings - covered)]
    level_of, more = levels(section_headings)
    decisions += more
    body: list[Part] = []
    run: list[Piece] = []
    heading = ""
    for index, piece in enumerate(pieces):
        if index in level_of or index in covered:
            body += _text_and_signs(run, heading, decisions)
            run = []
        if index in comparisons:
            body.append(comparisons[index].comparison)
        elif index in level_of:
            heading = piece.text
            body.append(Heading(piece.line, piece.text, level_of[index]))
        elif index not in covered:
            run.append(piece)
    return body + _text_and_signs(run, heading, decisions)


def _comparisons(pieces, headings, decisions) -> dict[int, Found]:
    """Comparisons by the index of their first piece."""
    found: dict[int, Found] = {}
    end = 0
    for index in sorted(headings):
        if index >= end and (one := find_comparison(pieces, index, headings)):
            found[one.start] = one
            end = one.end
            decisions += one.decisions
    return found


def _text_and_signs(run: list[Piece], heading: str, decisions: list[Decision]) -> list[Part]:
    parts: list[Part] = []
    text: list[Piece] = []
    for piece in run:
        lead_in = text[-1] if text and isinstance(text[-1], Paragraph) else None
        told = f"{heading} {lead_in.text if lead_in else ''}"
        if not isinstance(piece, ItemList) or not _are_signs(piece, told):
            text.append(piece)
            continue
        if lead_in and len(lead_in.text) <= LONGEST_LEAD_IN:
            text.pop()
        else:
            lead_in = None
        if text:
            parts.append(Text(text[0].line, tuple(text)))
            text = []
        parts.append(Signs(lead_in.line if lead_in else piece.line, lead_in, piece.items))
        seen = f"a list of {len(piece.items)} under words such as “{_SIGNS.search(told)[0]}”"
        decisions.append(Decision(piece.line, seen, "a list of signs"))
    if text:
        parts.append(Text(text[0].line, tuple(text)))
    return parts


def _are_signs(piece: ItemList, told: str) -> bool:
    short = all(len(item.text) <= LONGEST_SIGN for item in piece.items)
    return short and not piece.ordered and bool(_SIGNS.search(told))


def _is_picture(pieces: list[Piece], index: int) -> bool:
    """A line that is no sentence and starts small, or says itself that it describes a picture."""
    piece = pieces[index]
    if not isinstance(piece, Paragraph) or piece.text.endswith(_END) or len(piece.text) > 250:
        return False
    alone = piece.text[0].islower() and len(piece.text.split()) >= 4
    return alone or bool(_PICTURE.match(piece.text) and len(piece.text.split()) >= 3)


def _closing_callout(pieces: list[Piece], headings: set[int]):
    """The invitation at the end: (callout or None, index of its first piece, decisions)."""
    start = max(headings, default=None)
    last = pieces[-1] if pieces else None
    button = last if isinstance(last, Paragraph) and _is_button(last.text) else None
    invites = start is not None and bool(_ACT.match(pieces[start].text))
    between = pieces[start + 1 : len(pieces) - bool(button)] if invites else []
    plain = all(isinstance(piece, Paragraph) for piece in between)
    if invites and plain and len(between) <= MOST_CALLOUT_PARAGRAPHS:
        seen = f"“{pieces[start].text}” invites the reader at the end of the article"
        decisions = [Decision(pieces[start].line, seen, "a callout")]
        callout = Callout(pieces[start].line, pieces[start], tuple(between), button)
    elif button and len(pieces) > 1:
        start, decisions = len(pieces) - 1, []
        callout = Callout(button.line, None, (), button)
    else:
        return None, len(pieces), []
    if button:
        seen = "reads like a link to act on, without a full stop"
        decisions.append(Decision(button.line, seen, "the callout's button"))
    else:
        seen = "the callout has no line that could be its link"
        decisions.append(Decision(callout.line, seen, "no button"))
    return callout, start, decisions


def _is_button(text: str) -> bool:
    return (
        bool(_ACT.match(text))
        and len(text.split()) <= LONGEST_BUTTON
        and not text.endswith((".", "?", ":", ";", ",", "…"))
    )
