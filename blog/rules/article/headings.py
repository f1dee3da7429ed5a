"""Which lines are headings, and of which level, in a text that doesn't mark them."""

import re
from typing import Literal

from blog.rules.article.parts import Decision, Guess, ItemList, Paragraph

Piece = Paragraph | ItemList
Headings = dict[int, Paragraph]
Level = Literal["h2", "h3", "h4"]
Verdict = Literal["yes", "maybe", "no"]

LEVELS: dict[int, Level] = {2: "h2", 3: "h3", 4: "h4"}
MOST_WORDS = 14
MOST_LETTERS = 100
MOST_WORDS_UNCAPITALIZED = 10

_SMALL = re.compile(
    r"a|an|and|as|at|but|by|for|from|if|in|into|is|it|its|nor|of|off|on|onto|or|our|out|over|per|"
    r"so|than|that|the|their|to|up|vs\.?|via|when|with|without|you|your|be|are"
)
# Long enough, but never what a section is about.
_EMPTY = re.compile(
    r"about|after|before|being|comes|could|every|feels?|finds?|gives|helps?|keeps|knows?|leads|"
    r"looks?|makes?|means|might|needs?|other|others|people|person|seems|should|signs|starts?|steps|"
    r"takes|their|there|these|things?|think|those|turns|understanding|unhealthy|healthy|where|which|"
    r"while|within|works?|would|yourself"
)
_NUMBERED = re.compile(r"^(step )?\d{1,2}[.:)]? ", re.IGNORECASE)


def capitalized(text: str) -> bool:
    """Headline style: nearly every word that matters starts with a capital."""
    words = [word.lstrip("“\"'‘(") for word in text.split()]
    main = [word for word in words if word[:1].isalnum() and not _SMALL.fullmatch(word.lower())]
    upper = sum(1 for word in main if not word[0].islower())
    return len(main) > 1 and upper >= 0.75 * len(main)


def verdict(text: str) -> Verdict:
    """How much one line, taken alone, looks like a heading."""
    words = len(text.split())
    if words > MOST_WORDS or len(text) > MOST_LETTERS or text.endswith((".", ",", ";", ":", "…")):
        return "no"
    if text[:1].islower() or not text[:1].isalnum() or re.search(r"[.!?] ", text[:-1]):
        return "no"
    if capitalized(text):
        return "maybe" if text.endswith(("!", "?")) else "yes"
    return "maybe" if words <= MOST_WORDS_UNCAPITALIZED else "no"


def find_headings(pieces: list[Piece]) -> tuple[Headings, list[Decision]]:
    """The pieces that are headings, by index in reading order. The last piece never is: it heads nothing."""
    paragraphs = {index: piece for index, piece in enumerate(pieces[:-1]) if isinstance(piece, Paragraph)}
    verdicts = {index: verdict(paragraph.text) for index, paragraph in paragraphs.items()}
    headline_style = list(verdicts.values()).count("yes") >= 2
    found: Headings = {}
    decisions: list[Decision] = []
    for index, answer in verdicts.items():
        text = paragraphs[index].text
        if answer == "yes":
            found[index] = paragraphs[index]
        elif answer == "maybe":
            one_word = len(text.split()) == 1
            chosen = capitalized(text) or one_word or not headline_style
            if chosen:
                found[index] = paragraphs[index]
            guess = Guess.SHORT_HEADING if chosen else Guess.NO_CAPITALS
            decisions.append(Decision(pieces[index].line, guess, _short(text)))
        elif not text.endswith((".", "!", "?", ":", "”", '"', ")", "…")):
            decisions.append(Decision(pieces[index].line, Guess.TOO_LONG_FOR_HEADING, _short(text)))
    return found, decisions


def levels(headings: list[tuple[int, Paragraph]]) -> tuple[dict[int, Level], list[Decision]]:
    """Level of each heading, given as (index among the pieces, heading) in reading order.

    A heading is a section of its own unless something makes it a subsection: it follows a
    section heading directly; it is built like an earlier subsection heading; it is numbered below
    one that is not; or it speaks of the subject of the section above and of no other section's.
    """
    found: dict[int, int] = {}
    decisions: list[Decision] = []
    sections: list[Paragraph] = []
    texts = [heading.text for _index, heading in headings]
    for place, (index, heading) in enumerate(headings):
        level, guess, above, subject = 2, Guess.FOLLOWS_HEADING, 0, ""
        before, upper = headings[place - 1] if place else (-1, heading)
        if before == index - 1 and before in found and found[before] < 4:
            level, above = found[before] + 1, upper.line
        elif twin := next((i for i, other in headings[:place] if built_alike(heading, other)), None):
            level, guess = found[twin], Guess.BUILT_ALIKE
            if level == 4 and found[before] == 2:
                level = 3
        elif sections and _NUMBERED.match(heading.text) and not _NUMBERED.match(sections[-1].text):
            level, guess, above = 3, Guess.NUMBERED, sections[-1].line
        elif sections and (subject := _own_subject(heading.text, sections, texts)):
            level, guess, above = 3, Guess.SAME_SUBJECT, sections[-1].line
        found[index] = level
        if level == 2:
            sections.append(heading)
        else:
            decisions.append(Decision(heading.line, guess, _short(heading.text), subject, above, level))
    return {index: LEVELS[level] for index, level in found.items()}, decisions


def built_alike(one: Paragraph, other: Paragraph) -> bool:
    """Whether two headings are one pattern: "What Calm Looks Like", "What Worry Looks Like"."""
    words, others = one.text.lower().split(), other.text.lower().split()
    same = sum(1 for left, right in zip(words, others, strict=False) if left == right)
    return len(words) == len(others) >= 3 and same >= len(words) / 2


def same_word(one: str, other: str) -> bool:
    """Whether two words share their stem: "codependency" and "codependent" do."""
    common = 0
    for left, right in zip(one.lower(), other.lower(), strict=False):
        if left != right:
            break
        common += 1
    return common >= max(4, round(0.6 * max(len(one), len(other))))


def main_words(text: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", text)
    return [word for word in words if len(word) >= 5 and not _EMPTY.fullmatch(word.lower())]


def _own_subject(text: str, sections: list[Paragraph], headings: list[str]) -> str:
    """A word that this heading shares with the section above it and with no earlier section."""
    for word in main_words(text):
        if sum(_speaks_of(other, word) for other in headings) > len(headings) / 2:
            continue
        speaking = [section for section in sections if _speaks_of(section.text, word)]
        if speaking == [sections[-1]]:
            return word
    return ""


def _speaks_of(text: str, word: str) -> bool:
    return any(same_word(word, other) for other in main_words(text))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
