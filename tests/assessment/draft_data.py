"""A small draft that may be published, and ways to change it."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

VALID: dict[str, Any] = {
    "title": "Where I stand",
    "labels": [
        {"text": "Never", "value": 0},
        {"text": "Sometimes", "value": 1},
        {"text": "Always", "value": 2},
    ],
    "scales": [
        {
            "letter": "A",
            "name": "Leaning",
            "low_end": "on my own feet",
            "high_end": "held up by us",
            "method": "sum",
            "missing_percent": 0,
            "ranges": [
                {"name": "A little", "low": Decimal(0), "high": Decimal(1)},
                {"name": "A lot", "low": Decimal(2), "high": Decimal(4)},
            ],
        },
        {
            "letter": "B",
            "name": "Distance",
            "low_end": "close",
            "high_end": "far",
            "method": "mean",
            "missing_percent": 50,
            "ranges": [
                {"name": "Near", "low": Decimal("0"), "high": Decimal("1.00")},
                {"name": "Away", "low": Decimal("1.01"), "high": Decimal("2.00")},
            ],
        },
    ],
    "items": [
        {"text": "I lean", "scale": "A", "reversed": False, "safety": "", "safety_value": None},
        {"text": "I stand", "scale": "A", "reversed": True, "safety": "", "safety_value": None},
        {"text": "I hide", "scale": "B", "reversed": False, "safety": "from", "safety_value": 2},
    ],
    "pairs": [
        {
            "first_scale": "A",
            "first_range": "A little",
            "second_scale": "B",
            "second_range": "near ",
            "name": "Middle ground",
        }
    ],
    "examples": [
        {
            "answers": "0 2 0",
            "expected": [
                {"scale": "A", "range": "A little", "score": Decimal(0)},
                {"scale": "B", "range": "Near", "score": None},
            ],
        },
        {
            "answers": "2, 0, 2",
            "expected": [
                {"scale": "A", "range": "a lot", "score": Decimal(4)},
                {"scale": "B", "range": "Away", "score": Decimal("2.00")},
            ],
        },
    ],
    "origin": {
        "kind": "own",
        "instrument": "",
        "citation": "",
        "license": "",
        "has_permission_document": False,
    },
    "reviewed_on": None,
    "review_due": None,
}


def valid_draft() -> dict[str, Any]:
    return deepcopy(VALID)


def draft_with(*path: str | int, to: Any) -> dict[str, Any]:
    """The valid draft with one value set."""
    draft = valid_draft()
    place: Any = draft
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return draft
