from datetime import date

import pytest
from opening_hours import OpeningHours

from innerbalance.locations.rules.expression import full_expression, weekly_expression
from innerbalance.locations.rules.slots import Closure, Slot, Span

WEEKDAYS = [Slot(day, Span(540, 900)) for day in range(5)]


@pytest.mark.parametrize(
    ("slots", "expression"),
    [
        ([], "off"),
        (WEEKDAYS, "Mo-Fr 09:00-15:00"),
        (WEEKDAYS[:4] + [Slot(5, Span(600, 720))], "Mo-Th 09:00-15:00; Sa 10:00-12:00"),
        ([WEEKDAYS[0], WEEKDAYS[2]], "Mo,We 09:00-15:00"),
        ([Slot(0, Span(780, 900)), Slot(0, Span(540, 720))], "Mo 09:00-12:00,13:00-15:00"),
        ([Slot(0, Span(540, 720)), Slot(0, Span(700, 900))], "Mo 09:00-15:00"),
        ([Slot(6, Span(1320, 1560))], "Mo 00:00-02:00; Su 22:00-24:00"),
    ],
)
def test_weekly(slots, expression):
    assert weekly_expression(slots) == expression


@pytest.mark.parametrize(
    ("closures", "rules"),
    [
        ([Closure(date(2026, 11, 26), date(2026, 11, 26))], "2026 Nov 26 off"),
        (
            [Closure(date(2026, 12, 24), date(2027, 1, 2), (), 'the "long" break; 9-5')],
            "2026 Dec 24-2027 Jan 02 off \"the 'long' break; 9-5\"",
        ),
        (
            [Closure(date(2026, 12, 24), date(2026, 12, 24), (Span(540, 720),), "eve")],
            '2026 Dec 24 09:00-12:00 "eve"',
        ),
        (
            [
                Closure(date(2026, 2, 1), date(2026, 2, 3)),
                Closure(date(2026, 2, 2), date(2026, 2, 2), (Span(540, 720),)),
            ],
            "2026 Feb 01 off; 2026 Feb 02 09:00-12:00; 2026 Feb 03 off",
        ),
    ],
)
def test_dated(closures, rules):
    expression = full_expression(WEEKDAYS, closures)
    assert expression == f"Mo-Fr 09:00-15:00; {rules}"
    assert OpeningHours(expression).warnings == []


def test_the_small_hours_belong_to_the_evening_before():
    nights = [Slot(day, Span(1320, 1560)) for day in range(7)]
    expression = full_expression(nights, [Closure(date(2026, 11, 26), date(2026, 11, 26))])
    assert expression.endswith("; 2026 Nov 26 00:00-02:00; 2026 Nov 27 22:00-24:00")


def test_only_the_evening_that_is_closed_is_missed_the_next_morning():
    """Friday runs past midnight, and no other day: Saturday's first hours are those of a closed Friday."""
    friday = [Slot(4, Span(1320, 1560))]
    ordinary = "Fr 22:00-24:00; Sa 00:00-02:00"
    assert full_expression(friday, [Closure(date(2026, 11, 27), date(2026, 11, 27))]) == (
        f"{ordinary}; 2026 Nov 27-2026 Nov 28 off"
    )
    assert full_expression(friday, [Closure(date(2026, 11, 28), date(2026, 11, 28))]) == (
        f"{ordinary}; 2026 Nov 28 00:00-02:00"
    )
    assert full_expression(friday, [Closure(date(2026, 11, 26), date(2026, 11, 26))]) == f"{ordinary}; 2026 Nov 26 off"


def test_a_closure_for_ever_is_one_rule():
    for_ever = Closure(date.min, date.max)
    assert full_expression(WEEKDAYS, [for_ever]) == "Mo-Fr 09:00-15:00; 1900 Jan 01-9999 Dec 31 off"
    assert full_expression(WEEKDAYS, [Closure(date.max, date.max)]) == "Mo-Fr 09:00-15:00; 9999 Dec 31 off"
    assert full_expression(WEEKDAYS, [Closure(date.min, date(1899, 12, 31))]) == "Mo-Fr 09:00-15:00"
    assert full_expression(WEEKDAYS, [Closure(date.min, date(1900, 1, 1))]) == "Mo-Fr 09:00-15:00; 1900 Jan 01 off"
    reopened = [for_ever, Closure(date(2026, 11, 24), date(2026, 11, 24), (Span(540, 720),))]
    assert full_expression(WEEKDAYS, reopened) == (
        "Mo-Fr 09:00-15:00; 1900 Jan 01-2026 Nov 23 off; 2026 Nov 24 09:00-12:00; 2026 Nov 25-9999 Dec 31 off"
    )
