"""Title and byline: what stands above the article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from blog.article_text.chrome import HEAD, kind_of
from blog.article_text.parts import ArticleError, Byline, Decision, Source
from blog.article_text.source import BULLET, Line

LONGEST_TITLE = 150  # letters

_NAME = re.compile(r"(Dr\.? )?[A-ZÀ-Þ][\w'’.-]*( [A-ZÀ-Þ][\w'’.-]*){1,4}")
# LPC, LMFT, LCSW-R, Ph.D., Psy.D., MA, M.Ed., CSAT …
_CREDENTIAL = re.compile(r"[A-Z]{2,6}(-[A-Z]{1,4})?|(Ph|Psy|Ed)\.?D\.?|([A-Z]\.){1,4}|M\.?Ed\.?")
_BY = re.compile(r"^(written )?by:?\s+", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|&)\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """Title and bylines, the lines they stand on, and the lines after and between them."""

    title: str
    bylines: tuple[Byline, ...]
    sources: tuple[Source, ...]
    frame: list[Line]
    rest: list[Line]
    decisions: list[Decision]


def take_head(lines: list[Line]) -> Head:
    """Raises ArticleError when the file does not begin with a title."""
    frame: list[Line] = []
    index = 0
    while index < len(lines) and (not lines[index].text or _is_frame(lines[index])):
        frame.append(lines[index])
        index += 1
    if index == len(lines):
        raise ArticleError("The file holds no article: no line looks like a title.")
    title = lines[index]
    _require_title(title)
    sources: list[Source] = [(title.number, title.text)]
    bylines: tuple[Byline, ...] = ()
    decisions: list[Decision] = []
    for place, line in enumerate(lines[index + 1 :], start=index + 1):
        if not line.text or _is_frame(line):
            frame.append(line)
            continue
        found = () if bylines else read_bylines(line, lines[place + 1 :])
        if not found:
            return Head(title.text, bylines, tuple(sources), frame, lines[place:], decisions)
        bylines = found
        sources.append((line.number, line.text))
        if not all(by.credential for by in found):
            seen = f"“{line.text}” is a name without a credential"
            decisions.append(Decision(line.number, seen, "byline"))
    raise ArticleError("The file holds a title but no text after it.")


def read_bylines(line: Line, later: list[Line]) -> tuple[Byline, ...]:
    """The authors a line names, or () when it is something else.

    A bare name looks like a heading, so it counts only after "By" or when the same line comes
    again further down, as sites repeat it beside the share links.
    """
    marked = _BY.match(line.text)
    text = _BY.sub("", line.text)
    found = _one_byline(line.number, text)
    authors = [found] if found else [_one_byline(line.number, p) for p in _AND.split(text)]
    if not all(authors):
        return ()
    sure = marked or all(by.credential for by in authors)
    if not sure and not any(line.text == other.text for other in later):
        return ()
    return tuple(authors)


def read_byline(text: str) -> Byline | None:
    """An author written "Jo Doe, LPC" or "Jo Doe" by someone who knows it is one; None for anything else."""
    return _one_byline(0, " ".join(text.split()))


def _one_byline(number: int, text: str) -> Byline | None:
    name, _comma, credential = text.partition(",")
    credential = credential.strip()
    if not _NAME.fullmatch(name.strip()):
        return None
    if not all(_CREDENTIAL.fullmatch(word) for word in re.split(r"[,\s]+", credential) if word):
        return None
    return Byline(number, name.strip(), credential)


def _is_frame(line: Line) -> bool:
    return kind_of(line.text) in HEAD


def _require_title(line: Line) -> None:
    text = line.text
    if BULLET.match(text):
        reason = "is a list item"
    elif len(text) > LONGEST_TITLE:
        reason = f"has {len(text)} letters"
    elif text.endswith((".", ";", ",", ":")) or re.search(r"[.!?] [A-Z].*[.!?]$", text):
        reason = "is a sentence of running text"
    else:
        return
    raise ArticleError(
        f"No title: the first line of text (line {line.number}) {reason}. "
        "Put the article's title on a line of its own at the top."
    )
