"""Anchors and length of a body."""

import math
from collections.abc import Iterable

WORDS_A_MINUTE = 220


def unique_anchors(anchors: Iterable[str]) -> list[str]:
    """Each anchor in order, with the next free number behind it when it came before: two, two-2, two-2-2."""
    taken: set[str] = set()
    unique = []
    for anchor in anchors:
        name, number = anchor, 1
        while name in taken:
            number += 1
            name = f"{anchor}-{number}"
        taken.add(name)
        unique.append(name)
    return unique


def reading_minutes(texts: Iterable[str]) -> int:
    """Whole minutes to read all of `texts` at 220 words a minute, at least 1."""
    words = sum(len(text.split()) for text in texts)
    return max(1, math.ceil(words / WORDS_A_MINUTE))
