"""One way to write a date, a time, a phone number, a count."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template, TemplateSyntaxError

from innerbalance.formats import (
    format_count,
    format_date,
    format_datetime,
    format_list,
    format_phone,
    format_time,
    parse_phone,
)
from innerbalance.templatetags.formats import language_tag

THANKSGIVING = date(2026, 11, 26)
EVENING = datetime(2026, 11, 27, 5, 30, tzinfo=UTC)  # 10:30 pm of the 26th in Arizona


def test_dates_stand_in_american_order():
    assert format_date(THANKSGIVING) == "Thursday, November 26"
    assert format_date(THANKSGIVING, year=True) == "Thursday, November 26, 2026"
    assert format_date(THANKSGIVING, weekday=False) == "November 26"
    assert format_date(THANKSGIVING, weekday=False, year=True) == "November 26, 2026"


def test_an_instant_falls_on_the_day_of_the_practice():
    assert format_date(EVENING) == "Thursday, November 26"
    assert format_date(EVENING.replace(tzinfo=None)) == "Friday, November 27"


@pytest.mark.parametrize(
    ("wall", "text"),
    [
        (time(0), "midnight"),
        (time(0, 30), "12:30 am"),
        (time(9), "9 am"),
        (time(9, 5), "9:05 am"),
        (time(12), "noon"),
        (time(12, 30), "12:30 pm"),
        (time(15, 0, 59), "3 pm"),
        (EVENING, "5:30 am"),
    ],
)
def test_times(wall, text):
    assert format_time(wall) == text


def test_moments_are_told_in_the_zone_asked_for():
    assert format_datetime(EVENING) == "Thursday, November 26 at 10:30 pm"
    assert format_datetime(EVENING, ZoneInfo("America/New_York"), year=True) == (
        "Friday, November 27, 2026 at 12:30 am"
    )
    assert format_datetime(EVENING, weekday=False) == "November 26 at 10:30 pm"
    with pytest.raises(ValueError, match="naive"):
        format_datetime(datetime(2026, 11, 26, 10))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("+14805550100", "(480) 555-0100"),
        ("+14805550100;ext=12", "(480) 555-0100 ext. 12"),
        ("+442079460958", "+44 20 7946 0958"),
        ("ask at the desk", "ask at the desk"),
        ("", ""),
    ],
)
def test_phone_numbers_are_written_as_at_home(number, text):
    assert format_phone(number) == text


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("480 555 0134", "+14805550134"),
        (" (480) 555-0134 ", "+14805550134"),
        ("1-480-555-0134 x12", "+14805550134;ext=12"),
        ("+44 20 7946 0958", "+442079460958"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_phone_numbers_are_read_however_people_type_them(typed, number):
    assert parse_phone(typed) == number


@pytest.mark.parametrize("typed", ["12", "call me", "555-0134", "+1 480 555 01345", "0" * 300])
def test_what_is_no_phone_number_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match=r"like \(480\) 555-0134"):
        parse_phone(typed)


def test_counts_and_lists():
    assert [format_count(n) for n in (0, 999, 1234, 1234567)] == ["0", "999", "1,234", "1,234,567"]
    assert format_list([]) == ""
    assert format_list(["Mesa"]) == "Mesa"
    assert format_list(["Mesa", "Tempe"]) == "Mesa and Tempe"
    assert format_list(["Mesa", "Tempe", "Gilbert"]) == "Mesa, Tempe and Gilbert"


def render(source: str, **context) -> str:
    return Template("{% load formats %}" + source).render(Context(context))


def test_templates_say_it_in_the_same_way():
    assert render("{{ day|format_date }}", day=THANKSGIVING) == "Thursday, November 26"
    assert render('{{ day|format_date:"year" }}', day=THANKSGIVING) == "November 26, 2026"
    assert render('{{ day|format_date:"weekday year" }}', day=EVENING) == "Thursday, November 26, 2026"
    assert render("{{ at|format_time }}, {{ wall|format_time }}", at=EVENING, wall=time(0)) == "10:30 pm, midnight"
    assert render("{{ at|format_datetime }}", at=EVENING) == "November 26, 2026 at 10:30 pm"
    assert render('{{ at|format_datetime:"weekday" }}', at=EVENING) == "Thursday, November 26 at 10:30 pm"
    assert render("{{ phone|format_phone }}", phone="+14805550100") == "(480) 555-0100"
    assert render("{{ many|format_count }} {{ none|format_count }}", many=1234, none=0) == "1,234 0"


def test_nothing_stays_nothing():
    source = '{{ x|format_date|default:"never" }}{{ x|format_time }}{{ x|format_datetime }}{{ x|format_phone }}'
    assert render(source + "{{ x|format_count }}", x=None) == "never"


def test_a_misspelled_part_is_no_silent_date():
    with pytest.raises(TemplateSyntaxError, match="yaer"):
        render('{{ day|format_date:"yaer" }}', day=THANKSGIVING)


@pytest.mark.parametrize(
    ("code", "tag"), [("en-us", "en-US"), ("es", "es"), ("es-mx", "es-MX"), ("zh-hans", "zh-Hans")]
)
def test_a_language_is_named_as_browsers_hyphenate_by_it(code, tag):
    assert language_tag(code) == tag
