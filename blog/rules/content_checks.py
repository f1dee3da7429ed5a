"""Checks of a post before it is published, beyond what a form can require."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

EMPTY_LINK_TEXTS = {
    "click here",
    "here",
    "this",
    "link",
    "this link",
    "read more",
    "more",
    "learn more",
    "this page",
    "website",
}
EMPTY_ALT_TEXTS = {"image", "picture", "photo", "photograph", "graphic", "img", "icon", "untitled", "screenshot"}
FILE_NAME = re.compile(r"\.(avif|gif|jpe?g|png|svg|webp)$|^(img|dsc|image|photo)[_-]?\d+", re.IGNORECASE)
SELF_HARM = re.compile(
    r"\b(suicid\w*|self[- ]harm\w*|self[- ]injur\w*|kill(?:ing)? (?:myself|yourself|themselves|himself|herself)"
    r"|end(?:ing)? (?:my|your|their|his|her) (?:own )?life|overdos\w*)\b",
    re.IGNORECASE,
)
CRISIS_LINE = re.compile(r"\b988\b")


class Check(StrEnum):
    NO_SUMMARY = "no_summary"
    NO_AUTHOR = "no_author"
    EMPTY_ALT_TEXT = "empty_alt_text"
    EMPTY_LINK_TEXT = "empty_link_text"
    SKIPPED_LEVEL = "skipped_level"
    NO_CRISIS_LINE = "no_crisis_line"


@dataclass(frozen=True)
class Finding:
    """One thing worth fixing. `text` is what the draft says there; `level` follows `above` where a level is skipped."""

    check: Check
    text: str = ""
    level: int = 0
    above: int = 0


@dataclass(frozen=True)
class Draft:
    """What the checks look at. `alts` and `links` hold texts as a reader meets them, `levels` the headings' levels."""

    summary: str = ""
    text: str = ""
    alts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    authors: int = 0


def findings(draft: Draft) -> list[Finding]:
    """What is worth fixing, in the order of the editor's fields; empty when all is well."""
    found = []
    if not draft.summary.strip():
        found.append(Finding(Check.NO_SUMMARY))
    if not draft.authors:
        found.append(Finding(Check.NO_AUTHOR))
    found += [Finding(Check.EMPTY_ALT_TEXT, alt) for alt in draft.alts if says_nothing(alt)]
    found += [
        Finding(Check.EMPTY_LINK_TEXT, text)
        for text in draft.links
        if text.strip().lower().strip(".!… ") in EMPTY_LINK_TEXTS
    ]
    found += _skipped(draft.levels)
    if (match := SELF_HARM.search(draft.text)) and not CRISIS_LINE.search(draft.text):
        found.append(Finding(Check.NO_CRISIS_LINE, match.group(0)))
    return found


def says_nothing(alt: str) -> bool:
    """Whether an alternative text is a file name or a word such as "photo". Empty text is decoration, not a fault."""
    alt = alt.strip().lower().strip(".")
    return bool(alt) and (alt in EMPTY_ALT_TEXTS or bool(FILE_NAME.search(alt)) or len(alt) < 4)


def _skipped(levels: Iterable[int]) -> list[Finding]:
    above, found = 1, []
    for level in levels:
        if level > above + 1:
            found.append(Finding(Check.SKIPPED_LEVEL, level=level, above=above))
        above = level
    return found
