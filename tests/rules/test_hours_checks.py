from datetime import date, time

import pytest

from innerbalance.locations.checks import (
    closure_overlap,
    date_problems,
    slot_overlap,
    slot_text,
    span_overlap,
    time_problems,
)
from innerbalance.locations.slots import Closure, Slot, Span

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("opens", "closes", "past_midnight", "field"),
    [
        (time(9), time(15), False, None),
        (time(22), time(2), True, None),
        (time(9), time(9), True, None),
        (time(22), time(0), True, None),
        (None, time(15), False, None),
        (time(9), None, True, None),
        (time(15), time(9), False, "closes"),
        (time(9), time(9), False, "closes"),
        (time(9), time(15), True, "closes"),
        (time(9, 0, 30), time(15), False, "opens"),
        (time(9), time(15, 0, 1), False, "closes"),
    ],
)
def test_times(opens, closes, past_midnight, field):
    problems = time_problems(opens, closes, past_midnight=past_midnight)
    assert [p.field for p in problems] == ([field] if field else [])


def test_the_message_tells_how_to_mend_it():
    (problem,) = time_problems(time(22), time(2), past_midnight=False)
    assert "next day" in problem.message


def test_what_passes_the_check_makes_a_span():
    assert Span.between(time(22), time(2), past_midnight=True) == Span(1320, 1560)
    assert Span.between(time(9), time(9), past_midnight=True) == Span(540, 1980)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Slot(0, Span(540, 720)), Slot(0, Span(720, 900)), False),
        (Slot(0, Span(540, 721)), Slot(0, Span(720, 900)), True),
        (Slot(0, Span(540, 720)), Slot(1, Span(540, 720)), False),
        (Slot(0, Span(1320, 1560)), Slot(1, Span(60, 120)), True),
        (Slot(6, Span(1320, 1560)), Slot(0, Span(60, 120)), True),
        (Slot(0, Span(60, 120)), Slot(6, Span(1320, 1560)), True),
        (Slot(6, Span(1320, 1560)), Slot(0, Span(120, 180)), False),
    ],
)
def test_slots_that_overlap(one, other, meet):
    assert slot_overlap(one, [other]) == (other if meet else None)


def test_spans_of_one_day():
    assert not span_overlap([Span(720, 900), Span(540, 720)])
    assert span_overlap([Span(700, 900), Span(540, 720)])


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (TODAY, None, None),
        (TODAY, TODAY, None),
        (date(2026, 11, 20), TODAY, None),
        (None, None, None),
        (date(2026, 11, 23), None, "first"),
        (date(2026, 11, 20), date(2026, 11, 23), "last"),
        (date(2026, 11, 27), date(2026, 11, 26), "last"),
        (date(2026, 11, 27), date(2028, 11, 27), "last"),
    ],
)
def test_dates(first, last, field):
    assert [p.field for p in date_problems(first, last, today=TODAY)] == ([field] if field else [])


def test_closures_that_meet():
    other = Closure(date(2026, 12, 24), date(2027, 1, 1), (), "winter break")
    problem = closure_overlap(date(2027, 1, 1), date(2027, 1, 2), [other], today=TODAY)
    assert problem.field == "first"
    assert "winter break" in problem.message
    assert "Thursday 24 December to Friday 1 January 2027" in problem.message
    assert closure_overlap(date(2027, 1, 2), date(2027, 1, 2), [other], today=TODAY) is None


def test_a_slot_in_words():
    assert slot_text(Slot(4, Span(1320, 1560))) == "Friday 10:00 pm to 2:00 am"
