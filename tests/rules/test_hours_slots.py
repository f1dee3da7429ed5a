"""What the office enters, as plain values that refuse what can't be."""

from datetime import date, time

import pytest

from innerbalance.locations.rules.slots import Closure, Slot, Span, minute_of


def test_a_span_is_counted_in_minutes_from_midnight():
    assert Span.between(time(9, 30), time(15)) == Span(570, 900)
    assert Span.between(time(22), time(2, 15), past_midnight=True) == Span(1320, 1575)
    assert Span(0, 1440).closes == 1440
    assert Span(1439, 2879).opens == 1439


def test_hours_are_whole_minutes():
    assert minute_of(time(9, 30)) == 570
    for wall in (time(9, 0, 1), time(9, 0, 0, 1)):
        with pytest.raises(ValueError, match=r"^Hours are whole minutes\.$"):
            minute_of(wall)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Span(-1, 5), "A span opens between 00:00 and 23:59."),
        (lambda: Span(1440, 1500), "A span opens between 00:00 and 23:59."),
        (lambda: Span(60, 60), "A span closes after it opens, and at most 24 hours later."),
        (lambda: Span(60, 1501), "A span closes after it opens, and at most 24 hours later."),
        (lambda: Slot(7, Span(0, 1)), "A weekday is 0 (Monday) to 6 (Sunday)."),
        (lambda: Slot(-1, Span(0, 1)), "A weekday is 0 (Monday) to 6 (Sunday)."),
        (lambda: Closure(date(2026, 2, 2), date(2026, 2, 1)), "A closure ends on or after the day it begins."),
    ],
)
def test_what_can_not_be_says_why(make, message):
    with pytest.raises(ValueError, match=r"span|weekday|closure") as refused:
        make()
    assert str(refused.value) == message


def test_a_closure_covers_its_first_and_last_day():
    closure = Closure(date(2026, 11, 26), date(2026, 11, 27))
    covered = [day for day in range(25, 30) if closure.covers(date(2026, 11, day))]
    assert (covered, closure.is_closed) == ([26, 27], True)
    assert not Closure(closure.first, closure.last, (Span(0, 1),)).is_closed
