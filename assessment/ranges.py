"""Whether a scale's ranges cover it: every score that can come out falls in exactly one of them."""

from decimal import Decimal

from assessment.definition import Method, Range
from assessment.drafts import DraftRange, DraftScale
from assessment.problems import Path, Problem, same


def range_problems(scale: DraftScale, *, method: Method, bounds: tuple[int, int], path: Path) -> list[Problem]:
    """``bounds`` are the scale's lowest and highest score in ticks, ``path`` leads to the scale."""
    ranges = scale["ranges"]
    if not ranges:
        return [Problem((*path, "ranges"), "Add the ranges of this scale.")]

    problems = []
    for number, each in enumerate(ranges):
        problems += _own_problems(each, method=method, path=(*path, "ranges", number))
        if each["name"].strip() and any(same(each["name"], r["name"]) for r in ranges[:number]):
            problems.append(Problem((*path, "ranges", number, "name"), "Another range of this scale has this name."))
    if problems:
        return problems
    return _cover_problems(built_ranges(scale, method), method, bounds, (*path, "ranges"))


def built_ranges(scale: DraftScale, method: Method) -> tuple[Range, ...]:
    """The ranges with their ends in ticks; call it only where no end has a problem of its own."""
    return tuple(
        Range(
            name=each["name"].strip(),
            low=int((each["low"] or Decimal(0)) * method.ticks),
            high=int((each["high"] or Decimal(0)) * method.ticks),
        )
        for each in scale["ranges"]
    )


def _own_problems(each: DraftRange, *, method: Method, path: Path) -> list[Problem]:
    problems = []
    if not each["name"].strip():
        problems.append(Problem((*path, "name"), "Give this range a name."))
    for end in ("low", "high"):
        value = each[end]
        if value is None:
            problems.append(Problem((*path, end), "Say where this range ends on this side."))
        elif (value * method.ticks) % 1:
            grid = (
                "A sum is a whole number, so this must be one too."
                if method is Method.SUM
                else "A mean is kept to two decimals, so this must have no more."
            )
            problems.append(Problem((*path, end), grid))
    if each["low"] is not None and each["high"] is not None and each["low"] > each["high"]:
        problems.append(Problem((*path, "high"), "This range ends before it begins."))
    return problems


def _cover_problems(ranges: tuple[Range, ...], method: Method, bounds: tuple[int, int], path: Path) -> list[Problem]:
    def points(ticks: int) -> str:
        return str(ticks) if method is Method.SUM else f"{Decimal(ticks) / method.ticks:.2f}"

    lowest, highest = bounds
    problems = []
    first, last = ranges[0], ranges[-1]
    if first.low != lowest:
        problems.append(
            Problem(
                (*path, 0, "low"),
                f"The lowest score of this scale is {points(lowest)}, so the first range must begin there.",
            )
        )
    for number in range(1, len(ranges)):
        before, here = ranges[number - 1], ranges[number]
        if here.low > before.high + 1:
            missing = (before.high + 1, here.low - 1)
            lost = (
                f"a score of {points(missing[0])} falls"
                if missing[0] == missing[1]
                else f"scores from {points(missing[0])} to {points(missing[1])} fall"
            )
            problems.append(
                Problem(
                    (*path, number, "low"),
                    f"There is a gap after “{before.name}”: {lost} in no range."
                    f" Begin this range at {points(before.high + 1)}.",
                )
            )
        elif here.low <= before.high:
            problems.append(
                Problem(
                    (*path, number, "low"),
                    f"This range overlaps “{before.name}”, which goes up to {points(before.high)}."
                    f" Begin this range at {points(before.high + 1)}.",
                )
            )
    if last.high != highest:
        problems.append(
            Problem(
                (*path, len(ranges) - 1, "high"),
                f"The highest score of this scale is {points(highest)}, so the last range must end there.",
            )
        )
    return problems
