"""The numbers in the addresses of a list of posts: which page, which month."""

from datetime import date

import pytest

from blog.rules.addresses import month_of, page_number


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("7", 7), ("12", 12)])
def test_a_page_that_exists(text, number):
    assert page_number(text, last=12) == number


@pytest.mark.parametrize(
    "text", ["", "0", "13", "-1", "1.5", "x", "１", "²", " 1", "1 ", "01", "0000000012", "1_0", "9" * 500, "1\x00"]
)
def test_anything_else_names_no_page(text):
    assert page_number(text, last=12) is None


def test_a_page_number_may_be_long():
    assert page_number("123456789", last=999_999_999) == 123_456_789


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (2026, 1, date(2026, 1, 1)),
        (2026, 12, date(2026, 12, 1)),
        (1970, 1, date(1970, 1, 1)),
        (2200, 12, date(2200, 12, 1)),
        (2026, 0, None),
        (2026, 13, None),
        (1969, 12, None),
        (2201, 1, None),
        (9999, 12, None),
        (2026, 10**20, None),
        (10**20, 1, None),
    ],
)
def test_a_month_of_the_calendar_in_which_posts_can_be(year, month, day):
    assert month_of(year, month) == day
