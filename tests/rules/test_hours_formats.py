from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from innerbalance.locations.formats import (
    as_of,
    closure_text,
    problem_text,
    read,
    read_ahead,
    week_rows,
    week_text,
    zone_name,
)
from innerbalance.locations.rules.checks import closure_overlap, date_problems, time_problems
from innerbalance.locations.rules.hours import Hours
from innerbalance.locations.rules.slots import Closure, Slot, Span

PHOENIX = ZoneInfo("America/Phoenix")
FRONT_OFFICE = [Slot(day, Span.between(time(9), time(15))) for day in range(5)]
THANKSGIVING = Closure(date(2026, 11, 26), date(2026, 11, 26), (), "Thanksgiving")


def office(slots=FRONT_OFFICE, closures=(), zone="America/Phoenix"):
    return Hours(slots=slots, closures=closures, time_zone=zone)


def at(text: str, zone=PHOENIX) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2026-11-24T08:59", "Opens today at 9 am"),
        ("2026-11-24T09:00", "Open now until 3 pm"),
        ("2026-11-24T14:59:59", "Open now until 3 pm"),
        ("2026-11-24T15:00", "Opens tomorrow at 9 am"),
        ("2026-11-25T15:00", "Opens Friday at 9 am"),
        ("2026-11-26T00:00", "Closed today (Thanksgiving). Opens tomorrow at 9 am"),
        ("2026-11-26T23:59", "Closed today (Thanksgiving). Opens tomorrow at 9 am"),
        ("2026-11-27T15:00", "Opens Monday at 9 am"),
        ("2026-11-29T00:00", "Opens tomorrow at 9 am"),
    ],
)
def test_the_badge_says(moment, text):
    assert read(office(closures=[THANKSGIVING]), at(moment)).text == text


@pytest.mark.parametrize(
    ("moment", "since", "until"),
    [
        ("2026-11-24T08:59:30", "2026-11-24T00:00", "2026-11-24T09:00"),
        ("2026-11-24T09:00", "2026-11-24T09:00", "2026-11-24T15:00"),
        ("2026-11-24T23:00", "2026-11-24T15:00", "2026-11-25T00:00"),
        ("2026-11-26T12:00", "2026-11-26T00:00", "2026-11-27T00:00"),
    ],
)
def test_a_reading_says_from_when_until_when_it_holds(moment, since, until):
    reading = read(office(closures=[THANKSGIVING]), at(moment))
    assert (reading.since, reading.until) == (at(since), at(until))
    assert reading.since.tzinfo is UTC
    assert reading.until.tzinfo is UTC


def test_a_long_closure_names_the_date_it_opens_again():
    winter = Closure(date(2026, 12, 21), date(2027, 1, 1), (), "winter break")
    hours = office(closures=[winter])
    assert read(hours, at("2026-12-21T10:00")).text == (
        "Closed today (winter break). Opens Monday, January 4, 2027 at 9 am"
    )


def test_special_hours_are_the_hours_of_the_day():
    eve = Closure(date(2026, 12, 24), date(2026, 12, 24), (Span(540, 720),), "Christmas Eve")
    hours = office(closures=[eve])
    assert read(hours, at("2026-12-24T11:00")).text == "Open now until noon"
    assert read(hours, at("2026-12-24T13:00")).text == "Opens tomorrow at 9 am"


def test_past_midnight_and_day_and_night():
    bar = office([Slot(4, Span(20 * 60, 26 * 60))])
    assert read(bar, at("2026-11-27T23:00")).text == "Open now until 2 am"
    assert read(bar, at("2026-11-28T01:59")).text == "Open now until 2 am"
    always = office([Slot(day, Span(0, 1440)) for day in range(7)])
    assert read(always, at("2026-11-28T01:59")).text == "Open now, day and night"
    week = office([Slot(day, Span(0, 1440)) for day in range(5)])
    assert read(week, at("2026-11-23T10:00")).text == "Open now until Saturday at midnight"


def test_without_hours():
    hours = office([])
    assert read(hours, at("2026-11-24T10:00")).text == "Closed until further notice"
    assert hours.next_change(at("2026-11-24T10:00")) is None
    assert hours.last_change(at("2026-11-24T10:00")) is None
    assert hours.add_open_time(at("2026-11-24T10:00"), timedelta(hours=1)) is None
    assert not hours.has_slots


def test_readings_ahead_follow_each_other():
    readings = read_ahead(office(), at("2026-11-24T14:00"), timedelta(days=2))
    assert all(a.until == b.since for a, b in pairwise(readings))
    assert readings[-1].until >= at("2026-11-26T14:00")


@pytest.mark.parametrize(
    ("closure", "text"),
    [
        (THANKSGIVING, "Closed Thursday, November 26 (Thanksgiving)"),
        (
            Closure(date(2026, 11, 26), date(2026, 11, 27), (), "Thanksgiving"),
            "Closed Thursday, November 26 and Friday, November 27 (Thanksgiving)",
        ),
        (
            Closure(date(2026, 12, 24), date(2027, 1, 1)),
            "Closed Thursday, December 24 through Friday, January 1, 2027",
        ),
        (
            Closure(date(2026, 12, 24), date(2026, 12, 24), (Span(540, 720),), "Christmas Eve"),
            "Open 9 am to noon on Thursday, December 24 (Christmas Eve)",
        ),
        (
            Closure(date(2026, 12, 24), date(2026, 12, 24), (Span(780, 900), Span(540, 720))),
            "Open 9 am to noon and 1 pm to 3 pm on Thursday, December 24",
        ),
    ],
)
def test_closures_in_words(closure, text):
    assert closure_text(closure, date(2026, 11, 24)) == text


def test_the_week_in_words():
    assert week_text(office()) == "Monday to Friday 9 am to 3 pm"
    mixed = FRONT_OFFICE[:4] + [Slot(4, Span(540, 720)), Slot(6, Span(600, 660))]
    assert week_text(office(mixed)) == ("Monday to Thursday 9 am to 3 pm, Friday 9 am to noon, Sunday 10 am to 11 am")
    assert week_text(office([Slot(d, Span(0, 1440)) for d in range(7)])) == "open 24 hours"
    assert week_text(office([Slot(d, Span(540, 600)) for d in range(7)])) == ("every day 9 am to 10 am")
    assert week_text(office([])) == ""


def test_the_week_table_marks_today_and_names_the_closure():
    rows = week_rows(office(closures=[THANKSGIVING]), at("2026-11-24T10:00"))
    assert [row.name for row in rows][:2] == ["Monday", "Tuesday"]
    assert [row.is_today for row in rows] == [False, True, False, False, False, False, False]
    assert (rows[3].text, rows[3].note) == ("closed", "Thanksgiving")
    assert (rows[4].text, rows[4].note) == ("9 am to 3 pm", "")


def test_the_day_is_the_day_of_the_office():
    """At 11 pm in Phoenix it is tomorrow in London; the table still marks today there."""
    late = datetime(2026, 11, 25, 6, tzinfo=UTC)
    assert [row.name for row in week_rows(office(), late) if row.is_today] == ["Tuesday"]


def test_a_moment_names_its_zone():
    noon = datetime(2026, 7, 1, 19, tzinfo=UTC)
    assert as_of(office(), noon) == "as of Wednesday, July 1, 2026 at noon Arizona time"
    assert zone_name(office(zone="America/Denver"), noon) == "Mountain time"
    assert zone_name(office(zone="Europe/Berlin"), noon) == "CEST"
    assert zone_name(office(zone="Asia/Dubai"), noon) == "UTC+04"


def test_instants_carry_a_zone():
    with pytest.raises(ValueError, match="zone"):
        office().is_open(datetime(2026, 11, 24, 10))
    with pytest.raises(ValueError, match="zone"):
        office().next_change(datetime(2026, 11, 24, 10))


def test_open_time_is_counted_forwards():
    with pytest.raises(ValueError, match="forwards"):
        office().add_open_time(at("2026-11-24T10:00"), timedelta(hours=-1))
    assert office().open_time_between(at("2026-11-24T12:00"), at("2026-11-24T10:00")) == timedelta()


def test_a_request_on_friday_afternoon_is_due_on_monday():
    due = office().add_open_time(at("2026-11-27T14:00"), timedelta(hours=6))
    assert due == at("2026-11-30T14:00")
    across = office(closures=[THANKSGIVING])
    assert across.add_open_time(at("2026-11-25T14:30"), timedelta(hours=1)) == at("2026-11-27T09:30")


def test_seconds_count():
    due = office().add_open_time(at("2026-11-24T14:59:30"), timedelta(minutes=1))
    assert due == at("2026-11-25T09:00:30")


TODAY = date(2026, 11, 24)
WINTER = Closure(date(2026, 12, 24), date(2027, 1, 1), (), "winter break")


@pytest.mark.parametrize(
    ("problems", "text"),
    [
        (time_problems(time(9, 0, 1), None, past_midnight=False), None),
        (time_problems(time(9, 0, 1), time(15), past_midnight=False), "Give whole minutes, like 9:30."),
        (
            time_problems(time(22), time(2), past_midnight=False),
            "This is not after the opening time. Open past midnight? Check “closes on the next day”.",
        ),
        (
            time_problems(time(9), time(15), past_midnight=True),
            "This is more than 24 hours. Closes on the same day? Clear “closes on the next day”.",
        ),
        (
            date_problems(date(2026, 11, 27), date(2026, 11, 26), today=TODAY),
            "This is before the first day, Friday, November 27.",
        ),
        (date_problems(date(2026, 11, 23), None, today=TODAY), "This day is past. Today is Tuesday, November 24."),
        (
            date_problems(TODAY, date(2028, 1, 1), today=TODAY),
            "A closure lasts a year at most. Check the year.",
        ),
        (date_problems(date.max, None, today=TODAY), "This is more than two years ahead. Check the year."),
        (date_problems(date.min, None, today=TODAY), "This is more than a year ago. Check the year."),
        (
            [closure_overlap(date(2027, 1, 1), date(2027, 1, 2), [WINTER])],
            "“winter break” is already entered for Thursday, December 24 through Friday, January 1, 2027."
            " Change that one.",
        ),
        (
            [closure_overlap(TODAY, TODAY, [Closure(TODAY, TODAY)])],
            "Another closure is already entered for Tuesday, November 24. Change that one.",
        ),
    ],
)
def test_a_problem_says_how_to_mend_it(problems, text):
    assert [problem_text(problem, TODAY) for problem in problems] == ([text] if text else [])
