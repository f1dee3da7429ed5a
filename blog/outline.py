"""Headings and length of a body."""

import math
from dataclasses import dataclass

WORDS_A_MINUTE = 220


@dataclass(frozen=True)
class Heading:
    """A heading of a body; `level` is 2 to 4, `anchor` is unique in the body."""

    text: str
    anchor: str
    level: int


def outline(body) -> list[Heading]:
    """The headings of a StreamField value in order. Sets each heading's unique anchor on its value, too."""
    seen: dict[str, int] = {}
    headings = []
    for child in body:
        if child.block_type != "heading":
            continue
        child.value.unique_anchor = ""
        anchor = child.value.anchor
        seen[anchor] = seen.get(anchor, 0) + 1
        child.value.unique_anchor = anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"
        headings.append(
            Heading(child.value["text"], child.value.unique_anchor, int(child.value["level"].removeprefix("h")))
        )
    return headings


def reading_minutes(body) -> int:
    """Whole minutes to read a StreamField value at 220 words a minute, at least 1."""
    words = sum(len(text.split()) for text in body.stream_block.get_searchable_content(body))
    return max(1, math.ceil(words / WORDS_A_MINUTE))
