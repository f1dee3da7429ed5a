"""What an author has written so far, as plain data: the shape that validation reads.

Every part may be missing or blank, because a draft may be saved at any moment. Ends of ranges are
exact decimals, in points.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict


class DraftLabel(TypedDict):
    text: str
    value: int | None


class DraftRange(TypedDict):
    name: str
    low: Decimal | None
    high: Decimal | None


class DraftScale(TypedDict):
    letter: str
    name: str
    low_end: str
    high_end: str
    method: str
    missing_percent: int | None
    ranges: Sequence[DraftRange]


class DraftItem(TypedDict):
    text: str
    scale: str
    reversed: bool
    safety: str
    safety_value: int | None


class DraftPair(TypedDict):
    first_scale: str
    first_range: str
    second_scale: str
    second_range: str
    name: str


class DraftExpected(TypedDict):
    scale: str
    range: str
    score: Decimal | None


class DraftExample(TypedDict):
    answers: str
    expected: Sequence[DraftExpected]


class DraftOrigin(TypedDict):
    """``kind`` is "own" or "instrument"; the document is proof of permission."""

    kind: str
    instrument: str
    citation: str
    license: str
    has_permission_document: bool


class Draft(TypedDict):
    title: str
    labels: Sequence[DraftLabel]
    scales: Sequence[DraftScale]
    items: Sequence[DraftItem]
    pairs: Sequence[DraftPair]
    examples: Sequence[DraftExample]
    origin: DraftOrigin
    reviewed_on: date | None
    review_due: date | None
