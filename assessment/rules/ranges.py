"""Whether a scale's ranges cover it: every score that can come out falls in exactly one of them."""

from decimal import Decimal
from itertools import pairwise

from assessment.rules.definition import Method, Range
from assessment.rules.problems import Fault, Path, Problem, same
from assessment.rules.schema import DraftRange, DraftScale


def range_problems(scale: DraftScale, *, method: Method, bounds: tuple[int, int], path: Path) -> list[Problem]:
    """``bounds`` are the scale's lowest and highest score in ticks, ``path`` leads to the scale."""
    ranges, path = scale["ranges"], (*path, "ranges")
    if not ranges:
        return [Problem(path, Fault.NO_RANGE)]
    problems = []
    for number, each in enumerate(ranges):
        problems += _own_problems(each, method, (*path, number))
        if each["name"].strip() and any(same(each["name"], before["name"]) for before in ranges[:number]):
            problems.append(Problem((*path, number, "name"), Fault.RANGE_NAME_TAKEN))
    return problems or _cover_problems(built_ranges(scale, method), method, bounds, path)


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


def _own_problems(each: DraftRange, method: Method, path: Path) -> list[Problem]:
    problems = []
    if not each["name"].strip():
        problems.append(Problem((*path, "name"), Fault.RANGE_WITHOUT_NAME))
    low, high = each["low"], each["high"]
    for end, value in (("low", low), ("high", high)):
        if value is None:
            problems.append(Problem((*path, end), Fault.RANGE_WITHOUT_END))
        elif (value * method.ticks) % 1:
            fault = Fault.SUM_NOT_WHOLE if method is Method.SUM else Fault.MEAN_TOO_FINE
            problems.append(Problem((*path, end), fault))
    if low is not None and high is not None and low > high:
        problems.append(Problem((*path, "high"), Fault.RANGE_BACKWARDS))
    return problems


def _cover_problems(ranges: tuple[Range, ...], method: Method, bounds: tuple[int, int], path: Path) -> list[Problem]:
    problems = []
    (lowest, highest), points = bounds, method.points
    if ranges[0].low != lowest:
        problems.append(Problem((*path, 0, "low"), Fault.FIRST_RANGE_ELSEWHERE, {"score": points(lowest)}))
    for number, (before, here) in enumerate(pairwise(ranges), 1):
        begin = before.high + 1
        if here.low == begin:
            continue
        values = {"range": before.name, "begin": points(begin)}
        if here.low < begin:
            fault, values["high"] = Fault.OVERLAP, points(before.high)
        elif here.low == begin + 1:
            fault = Fault.GAP_OF_ONE
        else:
            fault, values["last"] = Fault.GAP, points(here.low - 1)
        problems.append(Problem((*path, number, "low"), fault, values))
    if ranges[-1].high != highest:
        place = (*path, len(ranges) - 1, "high")
        problems.append(Problem(place, Fault.LAST_RANGE_ELSEWHERE, {"score": points(highest)}))
    return problems
