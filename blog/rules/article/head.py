"""Title and byline: what stands above the article."""

import re
from dataclasses import dataclass

from blog.rules.article.boilerplate import HEAD, kind_of
from blog.rules.article.parts import ArticleError, Byline, Decision, Fault, Guess, Source
from blog.rules.article.source import BULLET, Line

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
    boilerplate: list[Line]
    rest: list[Line]
    decisions: list[Decision]


def take_head(lines: list[Line]) -> Head:
    """Raises ArticleError when the file does not begin with a title."""
    boilerplate: list[Line] = []
    index = 0
    while index < len(lines) and (not lines[index].text or _is_boilerplate(lines[index])):
        boilerplate.append(lines[index])
        index += 1
    if index == len(lines):
        raise ArticleError(Fault.NO_TITLE)
    title = lines[index]
    _require_title(title)
    sources: list[Source] = [(title.number, title.text)]
    bylines: tuple[Byline, ...] = ()
    decisions: list[Decision] = []
    for place, line in enumerate(lines[index + 1 :], start=index + 1):
        if not line.text or _is_boilerplate(line):
            boilerplate.append(line)
            continue
        found = () if bylines else read_bylines(line, lines[place + 1 :])
        if not found:
            return Head(title.text, bylines, tuple(sources), boilerplate, lines[place:], decisions)
        bylines = found
        sources.append((line.number, line.text))
        if not all(by.credential for by in found):
            decisions.append(Decision(line.number, Guess.NO_CREDENTIAL, line.text))
    raise ArticleError(Fault.NO_TEXT)


def read_bylines(line: Line, later: list[Line]) -> tuple[Byline, ...]:
    """The authors a line names, or () when it is something else.

    A bare name looks like a heading, so it counts only after "By" or when the same line comes
    again further down, as sites repeat it beside the share links.
    """
    marked = _BY.match(line.text)
    text = _BY.sub("", line.text)
    found = _one_byline(line.number, text)
    read = [found] if found else [_one_byline(line.number, part) for part in _AND.split(text)]
    authors = [one for one in read if one]
    if len(authors) < len(read):
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


def _is_boilerplate(line: Line) -> bool:
    return kind_of(line.text) in HEAD


def _require_title(line: Line) -> None:
    if BULLET.match(line.text):
        raise ArticleError(Fault.TITLE_IS_LIST_ITEM, line=line.number)
    if len(line.text) > LONGEST_TITLE:
        raise ArticleError(Fault.TITLE_TOO_LONG, line=line.number, letters=len(line.text))
    if line.text.endswith((".", ";", ",", ":")) or re.search(r"[.!?] [A-Z].*[.!?]$", line.text):
        raise ArticleError(Fault.TITLE_IS_SENTENCE, line=line.number)
