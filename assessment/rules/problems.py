"""What stands between a draft and its publication: which fault, at which field, with which values.

``assessment.formats.problems`` says each in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto

Path = tuple[str | int, ...]
"""From the assessment's field down, as ("scales", 0, "ranges", 1, "low")."""

Value = str | int | list[str]


class Fault(StrEnum):
    TOO_FEW_LABELS = auto()
    LABEL_WITHOUT_TEXT = auto()
    LABEL_WITHOUT_VALUE = auto()
    LABEL_NOT_RISING = auto()

    NO_SCALE = auto()
    SCALE_WITHOUT_NAME = auto()
    SCALE_WITHOUT_LOW_END = auto()
    SCALE_WITHOUT_HIGH_END = auto()
    SCALE_WITHOUT_LETTER = auto()
    LETTER_TAKEN = auto()
    SCALE_WITHOUT_QUESTION = auto()
    SCALE_WITHOUT_METHOD = auto()
    SHARE_OUT_OF_BOUNDS = auto()

    NO_RANGE = auto()
    RANGE_WITHOUT_NAME = auto()
    RANGE_NAME_TAKEN = auto()
    RANGE_WITHOUT_END = auto()
    SUM_NOT_WHOLE = auto()
    MEAN_TOO_FINE = auto()
    RANGE_BACKWARDS = auto()
    FIRST_RANGE_ELSEWHERE = auto()
    LAST_RANGE_ELSEWHERE = auto()
    GAP_OF_ONE = auto()
    GAP = auto()
    OVERLAP = auto()

    NO_QUESTION = auto()
    QUESTION_WITHOUT_TEXT = auto()
    QUESTION_WITHOUT_SCALE = auto()
    QUESTION_OF_UNKNOWN_SCALE = auto()
    SAFETY_VALUE_UNKNOWN = auto()

    PAIR_WITHOUT_NAME = auto()
    PAIR_OF_ONE_SCALE = auto()
    PAIR_TAKEN = auto()

    ANSWER_UNKNOWN = auto()
    ANSWERS_MISCOUNTED = auto()
    EXAMPLE_WITHOUT_RESULT = auto()
    EXAMPLE_WITHOUT_SCORE = auto()
    EXAMPLE_IN_OTHER_RANGE = auto()
    EXAMPLE_WITH_OTHER_SCORE = auto()
    RANGE_WITHOUT_EXAMPLE = auto()

    SCALE_UNKNOWN = auto()
    RANGE_UNKNOWN = auto()

    NO_ORIGIN = auto()
    NO_INSTRUMENT = auto()
    NO_CITATION = auto()
    NO_LICENSE = auto()
    NO_PERMISSION_DOCUMENT = auto()
    REVIEW_NOT_AFTER_LAST = auto()


@dataclass(frozen=True, slots=True)
class Problem:
    path: Path
    fault: Fault
    values: Mapping[str, Value] = field(default_factory=dict)


def same(first: str, second: str) -> bool:
    """Whether two names are one to a reader: capitals and spaces at the ends don't count."""
    return first.strip().casefold() == second.strip().casefold()
