"""Pairs of paragraphs under a heading such as "Comparing Calm and Anxious Mornings"."""

import re
from dataclasses import dataclass

from blog.rules.article.headings import Headings, Piece, same_word
from blog.rules.article.parts import Comparison, Decision, Guess, Paragraph, Row

Sides = tuple[str, str]

FEWEST_ROWS = 2
LONGEST_SIDE = 80  # letters, as in the editor

_HEADINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:comparing|compare)\s+(?P<first>.+?)\s+(?:and|with|to|&)\s+(?P<second>.+)",
        r"(?:the )?differences? between\s+(?P<first>.+?)\s+(?:and|&)\s+(?P<second>.+)",
        r"(?P<first>.+?)\s+(?:vs\.?|versus)\s+(?P<second>.+)",
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """A comparison that covers the pieces from `start` up to, not including, `end`."""

    start: int
    end: int
    comparison: Comparison
    decisions: list[Decision]


def sides(heading: str) -> Sides | None:
    """("Calm", "Anxious") from "Comparing Calm and Anxious Mornings", None from another heading.

    A noun that both sides share stays in the heading: each side keeps as many words as the first.
    """
    for pattern in _HEADINGS:
        if match := pattern.fullmatch(heading):
            first = match["first"].split()
            second = match["second"].rstrip("?!.").split()
            second = second[: len(first)] if len(first) < len(second) else second
            return " ".join(first), " ".join(second)
    return None


def find_comparison(pieces: list[Piece], heading: int, headings: Headings) -> Found | None:
    """The rows below the heading at index `heading`, or None when the text gives no pairs.

    A row is a paragraph that speaks of the first side alone, then one that speaks of the second
    side alone; more of the same may follow each. A heading before it is its topic.
    """
    names = sides(headings[heading].text)
    if not names or max(map(len, names)) > LONGEST_SIDE:
        return None
    start = _first_pair(pieces, heading, headings, names)
    if start is None:
        return None
    rows: list[Row] = []
    decisions: list[Decision] = []
    end = start
    while read := _read_row(pieces, end, headings, names):
        row, end = read
        rows.append(row)
        if row.topic is None:
            decisions.append(Decision(row.line, Guess.ROW_WITHOUT_TOPIC))
    if len(rows) < FEWEST_ROWS:
        return None
    decisions += [Decision(pieces[heading].line, Guess.SIDE_NAME, side) for side in names]
    return Found(start, end, Comparison(rows[0].line, *names, tuple(rows)), decisions)


def _first_pair(pieces: list[Piece], heading: int, headings: Headings, names: Sides) -> int | None:
    """Skip what leads into the pairs, but nothing that stands under another section."""
    for index in range(heading + 1, len(pieces)):
        if _read_row(pieces, index, headings, names):
            return index
        if index in headings:
            return None
    return None


def _read_row(pieces: list[Piece], index: int, headings: Headings, names: Sides) -> tuple[Row, int] | None:
    start = index
    topic = None
    if index in headings:
        topic = headings[index]
        index += 1
    cells: tuple[list[Paragraph], list[Paragraph]] = ([], [])
    side = 0
    while index < len(pieces) and index not in headings:
        piece = pieces[index]
        if not isinstance(piece, Paragraph):
            return None
        spoken = [name for name in names if _speaks_of(piece.text, name)]
        if not cells[0]:
            if spoken != [names[0]]:
                return None
        elif side == 0 and spoken == [names[1]]:
            side = 1
        elif side == 1 and spoken != [names[1]]:
            break
        cells[side].append(piece)
        index += 1
    if not cells[1]:
        return None
    return Row(pieces[start].line, topic, tuple(cells[0]), tuple(cells[1])), index


def _speaks_of(text: str, side: str) -> bool:
    """Whether every word of the side's name comes up, in any form of it."""
    words = re.findall(r"[^\W\d_]+", text)
    return all(
        any(same_word(part, word) or part.lower() == word.lower() for word in words)
        for part in re.findall(r"[^\W\d_]+", side)
    )
