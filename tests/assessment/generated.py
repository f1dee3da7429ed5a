"""Generated assessments and answers, for hypothesis (which shrinks them) and for plain random."""

from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

from assessment.rules.definition import Definition, Item, Label, Method, Pair, Range, Safety, SafetyWhen, Scale

Whole = Callable[[int, int], int]
"""Draws a whole number between two, both possible."""


def make_definition(whole: Whole) -> Definition:
    value = whole(-4, 4)
    labels = []
    for number in range(whole(2, 6)):
        labels.append(Label(f"answer {number}", value))
        value += whole(1, 3)
    values = [label.value for label in labels]
    scale_count = whole(1, 3)
    # Each scale has an item for certain; the rest fall where they fall.
    homes = [*range(scale_count), *(whole(0, scale_count - 1) for _ in range(whole(0, 9)))]
    items = tuple(
        Item(
            text=f"question {number}",
            scale=home,
            reversed=bool(whole(0, 1)),
            safety=None if whole(0, 3) else Safety(list(SafetyWhen)[whole(0, 1)], values[whole(0, len(values) - 1)]),
        )
        for number, home in enumerate(homes)
    )
    scales = []
    for number in range(scale_count):
        method = list(Method)[whole(0, 1)]
        times = homes.count(number) if method is Method.SUM else method.ticks
        scales.append(
            Scale(
                name=f"scale {number}",
                low_end="low",
                high_end="high",
                method=method,
                missing_percent=whole(0, 99),
                ranges=_ranges(whole, values[0] * times, values[-1] * times),
            )
        )
    return Definition("Generated", tuple(labels), items, tuple(scales), _pairs(whole, scales))


def _ranges(whole: Whole, low: int, high: int) -> tuple[Range, ...]:
    ranges = []
    while low <= high:
        end = high if len(ranges) == 4 else whole(low, high)
        ranges.append(Range(f"range {len(ranges)}", low, end))
        low = end + 1
    return tuple(ranges)


def _pairs(whole: Whole, scales: list[Scale]) -> tuple[Pair, ...]:
    if len(scales) < 2:
        return ()
    return tuple(
        Pair(
            (0, whole(0, len(scales[0].ranges) - 1)),
            (1, whole(0, len(scales[1].ranges) - 1)),
            f"pair {number}",
        )
        for number in range(whole(0, 2))
    )


def make_answers(whole: Whole, definition: Definition) -> list[int | None]:
    values = [label.value for label in definition.labels]
    missing_in = whole(1, 12)
    return [None if whole(0, missing_in) == 0 else values[whole(0, len(values) - 1)] for _ in definition.items]


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    return make_definition(lambda low, high: draw(st.integers(low, high)))


@st.composite
def definitions_with_answers(draw: st.DrawFn) -> tuple[Definition, list[int | None]]:
    def whole(low: int, high: int) -> int:
        return draw(st.integers(low, high))

    definition = make_definition(whole)
    return definition, make_answers(whole, definition)


def random_cases(count: int, seed: int) -> list[tuple[Definition, list[int | None]]]:
    cases = []
    whole = Random(seed).randint
    for _ in range(count):
        definition = make_definition(whole)
        cases.append((definition, make_answers(whole, definition)))
    return cases
