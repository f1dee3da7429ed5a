"""How answers become a result. Exact arithmetic throughout: whole numbers and fractions.

``innerbalance/static/js/assessment-scoring.js`` follows these rules step by step in the reader's
browser; tests/browser/test_both_scorers_agree.py holds the two together.

The rules:

- A reverse-keyed item counts as lowest + highest label - answer.
- Answers may be missing up to the scale's set share of its items. A sum is then prorated (the mean
  of the given answers times the number of items); a mean is the mean of the given answers. Above
  that share, or with no answer at all, there is "not enough" and no score.
- A score is rounded half up onto its grid (whole points for a sum, hundredths for a mean) and the
  rounded score is the one that is classified, shown and placed: no two of them can disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.rules.definition import Definition, Method

PLACES = 1000
"""The picture's line is divided into this many places."""

Answers = Sequence[int | None]
"""One label value for each item, in the items' order; None where nothing was answered."""


@dataclass(frozen=True, slots=True)
class ScaleResult:
    """``ticks``, ``range`` and ``place`` (0 to PLACES) are None where answers did not suffice."""

    ticks: int | None = None
    range: int | None = None
    place: int | None = None

    @property
    def enough(self) -> bool:
        return self.ticks is not None


@dataclass(frozen=True, slots=True)
class Result:
    scales: tuple[ScaleResult, ...]
    pairs: tuple[int, ...]
    crisis: bool
    unanswered: tuple[int, ...]


class UnknownAnswer(ValueError):
    """An answer that no label carries, or not one place for each item."""


def score(definition: Definition, answers: Answers) -> Result:
    """Raises UnknownAnswer where the answers are not this definition's."""
    known = {label.value for label in definition.labels}
    if len(answers) != len(definition.items):
        raise UnknownAnswer(f"{len(answers)} answers for {len(definition.items)} items")
    for answer in answers:
        if answer is not None and answer not in known:
            raise UnknownAnswer("an answer that no label carries")

    scales = tuple(_score_scale(definition, answers, n) for n in range(len(definition.scales)))
    return Result(
        scales=scales,
        pairs=tuple(
            n
            for n, pair in enumerate(definition.pairs)
            if all(scales[scale].range == place for scale, place in (pair.first, pair.second))
        ),
        crisis=any(
            item.safety is not None and answer is not None and item.safety.asked_for_by(answer)
            for item, answer in zip(definition.items, answers, strict=True)
        ),
        unanswered=tuple(n for n, answer in enumerate(answers) if answer is None),
    )


def reverse(answer: int, *, lowest: int, highest: int) -> int:
    return lowest + highest - answer


def round_half_up(value: Fraction) -> int:
    """Towards the greater neighbour from the middle, below zero too (Python's round does not)."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _score_scale(definition: Definition, answers: Answers, number: int) -> ScaleResult:
    scale = definition.scales[number]
    positions = definition.items_of(number)
    keyed = [
        reverse(answer, lowest=definition.lowest, highest=definition.highest)
        if definition.items[position].reversed
        else answer
        for position in positions
        if (answer := answers[position]) is not None
    ]
    missing = len(positions) - len(keyed)
    if not keyed or missing * 100 > scale.missing_percent * len(positions):
        return ScaleResult()

    times = len(positions) if scale.method is Method.SUM else scale.method.ticks
    ticks = round_half_up(Fraction(sum(keyed) * times, len(keyed)))
    low, high = definition.bounds(number)
    return ScaleResult(
        ticks=ticks,
        range=next((n for n, each in enumerate(scale.ranges) if each.low <= ticks <= each.high), None),
        place=round_half_up(Fraction((ticks - low) * PLACES, high - low)),
    )
