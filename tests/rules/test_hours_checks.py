from datetime import date, time

import pytest

from innerbalance.locations.rules.checks import (
    Fault,
    closure_overlap,
    date_problems,
    slot_overlap,
    time_problems,
)
from innerbalance.locations.rules.slots import Closure, Slot, Span

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("opens", "closes", "past_midnight", "problem"),
    [
        (time(9), time(15), False, None),
        (time(22), time(2), True, None),
        (time(9), time(9), True, None),
        (time(22), time(0), True, None),
        (None, time(15), False, None),
        (time(9), None, True, None),
        (time(15), time(9), False, ("closes", Fault.CLOSES_TOO_EARLY)),
        (time(9), time(9), False, ("closes", Fault.CLOSES_TOO_EARLY)),
        (time(9), time(15), True, ("closes", Fault.MORE_THAN_A_DAY)),
        (time(9, 0, 30), time(15), False, ("opens", Fault.NOT_WHOLE_MINUTES)),
        (time(9), time(15, 0, 1), False, ("closes", Fault.NOT_WHOLE_MINUTES)),
        (time(9), time(15, 0, 0, 1), False, ("closes", Fault.NOT_WHOLE_MINUTES)),
    ],
)
def test_times(opens, closes, past_midnight, problem):
    problems = time_problems(opens, closes, past_midnight=past_midnight)
    assert [(p.field, p.fault) for p in problems] == ([problem] if problem else [])


def test_what_passes_the_check_makes_a_span():
    assert Span.between(time(22), time(2), past_midnight=True) == Span(1320, 1560)
    assert Span.between(time(9), time(9), past_midnight=True) == Span(540, 1980)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Slot(0, Span(540, 720)), Slot(0, Span(720, 900)), False),
        (Slot(0, Span(540, 721)), Slot(0, Span(720, 900)), True),
        (Slot(0, Span(720, 900)), Slot(0, Span(540, 720)), False),
        (Slot(0, Span(720, 900)), Slot(0, Span(540, 600)), False),
        (Slot(0, Span(720, 900)), Slot(0, Span(540, 721)), True),
        (Slot(0, Span(540, 720)), Slot(1, Span(540, 720)), False),
        (Slot(0, Span(1320, 1560)), Slot(1, Span(60, 120)), True),
        (Slot(6, Span(1320, 1560)), Slot(0, Span(60, 120)), True),
        (Slot(0, Span(60, 120)), Slot(6, Span(1320, 1560)), True),
        (Slot(6, Span(1320, 1560)), Slot(0, Span(120, 180)), False),
    ],
)
def test_slots_that_overlap(one, other, meet):
    assert slot_overlap(one, [other]) == (other if meet else None)


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        (TODAY, None, None),
        (TODAY, TODAY, None),
        (date(2026, 11, 20), TODAY, None),
        (TODAY, date(2027, 11, 25), None),
        (date(2028, 11, 25), None, None),
        (date(2025, 11, 23), TODAY, None),
        (None, None, None),
        (None, date(2026, 11, 23), ("last", Fault.PAST)),
        (date(2026, 11, 23), None, ("first", Fault.PAST)),
        (date(2026, 11, 23), date(2026, 11, 23), ("first", Fault.PAST)),
        (date(2026, 11, 20), date(2026, 11, 23), ("last", Fault.PAST)),
        (date(2026, 11, 27), date(2026, 11, 26), ("last", Fault.LAST_BEFORE_FIRST)),
        (TODAY, date(2027, 11, 26), ("last", Fault.TOO_LONG)),
        (date(2028, 11, 26), None, ("first", Fault.TOO_FAR)),
        (TODAY, date(2028, 11, 26), ("last", Fault.TOO_FAR)),
        (date.max, None, ("first", Fault.TOO_FAR)),
        (date(2025, 11, 22), TODAY, ("first", Fault.TOO_LONG_AGO)),
        (date.min, None, ("first", Fault.TOO_LONG_AGO)),
    ],
)
def test_dates(first, last, problem):
    found = date_problems(first, last, today=TODAY)
    assert [(p.field, p.fault) for p in found] == ([problem] if problem else [])


def test_a_last_day_before_the_first_names_the_first():
    (problem,) = date_problems(date(2026, 11, 27), date(2026, 11, 26), today=TODAY)
    assert problem.day == date(2026, 11, 27)


def test_each_date_out_of_reach_is_named():
    found = date_problems(date.max, date.max, today=TODAY)
    assert [(p.field, p.fault) for p in found] == [("first", Fault.TOO_FAR), ("last", Fault.TOO_FAR)]


def test_closures_that_meet():
    other = Closure(date(2026, 12, 24), date(2027, 1, 1), (), "winter break")
    for first, last in [(other.last, date(2027, 1, 2)), (date(2026, 12, 1), other.first), (other.first, other.first)]:
        problem = closure_overlap(first, last, [other])
        assert (problem.field, problem.fault, problem.other) == ("first", Fault.OVERLAP_WITH_REASON, other)
    assert closure_overlap(date(2027, 1, 2), date(2027, 1, 2), [other]) is None
    assert closure_overlap(date(2026, 12, 23), date(2026, 12, 23), [other]) is None
    assert closure_overlap(TODAY, TODAY, [other, Closure(TODAY, TODAY)]).fault == Fault.OVERLAP
