"""From paragraphs, lists and headings to the parts of a body."""

import re

from blog.rules.article.comparison import Found, find_comparison
from blog.rules.article.headings import Headings, Piece, find_headings, levels
from blog.rules.article.parts import Callout, Decision, Guess, Heading, ItemList, Paragraph, Part, Picture, Signs, Text

LONGEST_DESCRIPTION = 250  # letters, as in the editor
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
    pictures = [piece for piece in pieces if isinstance(piece, Paragraph) and _is_picture(piece.text)]
    decisions = [Decision(picture.line, Guess.PICTURE) for picture in pictures]
    body: list[Part] = [Picture(picture.line, picture.text) for picture in pictures]
    lines = {picture.line for picture in pictures}
    pieces = [piece for piece in pieces if piece.line not in lines]
    headings, doubts = find_headings(pieces)
    callout, start, more = _closing_callout(pieces, headings)
    doubts = [doubt for doubt in doubts if not (callout and doubt.line >= callout.line)]
    decisions += [*doubts, *more]
    if callout:
        body.append(callout)
        pieces, headings = pieces[:start], {index: one for index, one in headings.items() if index < start}
    body += _sections(pieces, headings, decisions)
    return sorted(body, key=lambda part: part.line), decisions


def _sections(pieces: list[Piece], headings: Headings, decisions: list[Decision]) -> list[Part]:
    comparisons = _comparisons(pieces, headings, decisions)
    covered = {i for found in comparisons.values() for i in range(found.start, found.end)}
    section_headings = [(index, one) for index, one in headings.items() if index not in covered]
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
            heading = headings[index].text
            body.append(Heading(piece.line, heading, level_of[index]))
        elif index not in covered:
            run.append(piece)
    return body + _text_and_signs(run, heading, decisions)


def _comparisons(pieces: list[Piece], headings: Headings, decisions: list[Decision]) -> dict[int, Found]:
    """Comparisons by the index of their first piece."""
    found: dict[int, Found] = {}
    end = 0
    for index in headings:
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
        told = f"{heading} {lead_in.text}" if lead_in else heading
        signs = _SIGNS.search(told)
        if not isinstance(piece, ItemList) or not signs or not _could_be_signs(piece):
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
        decisions.append(Decision(piece.line, Guess.SIGNS, signs[0], count=len(piece.items)))
    if text:
        parts.append(Text(text[0].line, tuple(text)))
    return parts


def _could_be_signs(piece: ItemList) -> bool:
    return not piece.ordered and all(len(item.text) <= LONGEST_SIGN for item in piece.items)


def _is_picture(text: str) -> bool:
    """A line that is no sentence and starts small, or says itself that it describes a picture."""
    if text.endswith(_END) or len(text) > LONGEST_DESCRIPTION:
        return False
    words = len(text.split())
    return (text[0].islower() and words >= 4) or (bool(_PICTURE.match(text)) and words >= 3)


def _closing_callout(pieces: list[Piece], headings: Headings) -> tuple[Callout | None, int, list[Decision]]:
    """The invitation at the end: (callout or None, index of its first piece, decisions)."""
    last = pieces[-1] if pieces else None
    button = last if isinstance(last, Paragraph) and _is_button(last.text) else None
    start = max(headings, default=len(pieces))
    decisions = []
    if (callout := _invitation(pieces, start, button)) and callout.heading:
        decisions.append(Decision(callout.line, Guess.CALLOUT, callout.heading.text))
    elif button and len(pieces) > 1:
        start = len(pieces) - 1
        callout = Callout(button.line, None, (), button)
    else:
        return None, len(pieces), []
    decisions.append(Decision(button.line, Guess.BUTTON) if button else Decision(callout.line, Guess.NO_BUTTON))
    return callout, start, decisions


def _invitation(pieces: list[Piece], start: int, button: Paragraph | None) -> Callout | None:
    """A callout under the heading at index `start`, when that invites and only a few paragraphs follow it."""
    heading = pieces[start] if start < len(pieces) else None
    if not isinstance(heading, Paragraph) or not _ACT.match(heading.text):
        return None
    between = pieces[start + 1 : len(pieces) - bool(button)]
    paragraphs = tuple(piece for piece in between if isinstance(piece, Paragraph))
    if len(paragraphs) < len(between) or len(between) > MOST_CALLOUT_PARAGRAPHS:
        return None
    return Callout(heading.line, heading, paragraphs, button)


def _is_button(text: str) -> bool:
    return (
        bool(_ACT.match(text))
        and len(text.split()) <= LONGEST_BUTTON
        and not text.endswith((".", "?", ":", ";", ",", "…"))
    )
