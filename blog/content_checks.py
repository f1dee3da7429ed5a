"""Checks of a post before it is published, beyond what a form can require. Plain Python over plain data."""

import re
from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class Draft:
    """What the checks look at. `alts` and `links` hold texts as a reader meets them, `levels` the headings' levels."""

    summary: str = ""
    search_description: str = ""
    text: str = ""
    alts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    authors: int = 0


def findings(draft: Draft) -> list[str]:
    """One sentence for each thing worth mending, in the order of the editor's fields; empty when all is well."""
    found = []
    if not draft.summary.strip():
        found.append(
            "The summary is missing: lists, search results and the feed will have nothing to say about the post."
        )
    if not draft.authors:
        found.append("No author is named: readers trust an article more when they can see who wrote it.")
    found += [
        f"The picture description “{alt}” says nothing. What does the picture show?"
        for alt in draft.alts
        if says_nothing(alt)
    ]
    found += [
        f"The link “{text}” does not say where it leads. Use the name of the page or the thing."
        for text in draft.links
        if text.strip().lower().strip(".!… ") in EMPTY_LINK_TEXTS
    ]
    found += _skipped(draft.levels)
    if (match := SELF_HARM.search(draft.text)) and not CRISIS_LINE.search(draft.text):
        found.append(
            f"The post mentions “{match.group(0)}” without the 988 Lifeline. Add the notice block “Help in a crisis”."
        )
    return found


def says_nothing(alt: str) -> bool:
    """Whether an alternative text is a file name or a word such as "photo". Empty text is decoration, not a fault."""
    alt = alt.strip().lower().strip(".")
    return bool(alt) and (alt in EMPTY_ALT_TEXTS or bool(FILE_NAME.search(alt)) or len(alt) < 4)


def _skipped(levels: list[int]) -> list[str]:
    above, found = 1, []
    for level in levels:
        if level > above + 1:
            found.append(f"A heading of level {level} follows one of level {above}: a level is skipped.")
        above = level
    return found
