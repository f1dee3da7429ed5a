"""The dashboard's arithmetic, where its marks stand, and cells that no spreadsheet runs."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innerbalance import charts
from innerbalance.charts import nice_top
from intake.reports.charts import lines
from intake.reports.figures import answer_times, last_weeks, shares
from intake.reports.sheets import csv_pieces, harmless, xlsx_pieces

PHOENIX = ZoneInfo("America/Phoenix")


def test_weeks_begin_on_the_practices_monday():
    sunday_night = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    period = last_weeks(weeks=2, now=sunday_night, zone=PHOENIX)
    assert period.mondays == (date(2026, 11, 9), date(2026, 11, 16))
    assert period.start == datetime(2026, 11, 9, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "median", "ninetieth"),
    [([1], 1, 1), ([1, 2], 1.5, 2), (list(range(1, 11)), 5.5, 9), ([0, 0, 0, 100], 0, 100), ([], None, None)],
)
def test_median_and_ninetieth_percentile(hours, median, ninetieth):
    times = answer_times(timedelta(hours=each) for each in hours)
    assert (times.answered, times.median, times.ninetieth) == (len(hours), median, ninetieth)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60))
def test_nine_of_ten_are_within_the_ninetieth(hours):
    times = answer_times(timedelta(hours=each) for each in hours)
    assert sum(each <= times.ninetieth for each in hours) >= 0.9 * len(hours)
    assert times.median <= times.ninetieth


@given(st.dictionaries(st.text(max_size=8), st.integers(1, 99), max_size=30))
def test_shares_lose_nothing(counts):
    assert sum(each.count for each in shares(counts, at_most=5)) == sum(counts.values())
    assert len(shares(counts, at_most=5)) <= 5


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=52))
def test_every_bar_is_inside_its_chart(values):
    chart = charts.columns([str(each) for each in range(len(values))], values)
    assert nice_top(values) >= max(values)
    for bar in chart.bars:
        assert chart.left <= bar.x
        assert bar.x + bar.width <= chart.right + 0.5
        assert bar.y >= charts.TOP
        assert bar.y + bar.height == pytest.approx(charts.HEIGHT - charts.BOTTOM)
    assert len(chart.along) <= charts.LABELS_AT_MOST


def test_nobody_counts_half_a_person():
    assert [tick.words for tick in charts.columns(["a"], [5]).up] == ["0", "5"]
    assert [tick.words for tick in charts.columns(["a"], [50]).up] == ["0", "25", "50"]
    assert [tick.words for tick in lines(["a"], [5], [None]).up] == ["0", "2.5", "5"]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=24))
def test_two_bars_stand_side_by_side_in_their_slot(values):
    firsts, seconds = zip(*values, strict=True)
    labels = [str(each) for each in range(len(values))]
    chart = charts.pairs(labels, firsts, seconds, first_words="{label}: {value}", second_words="{label}: {value}")
    for first, second in zip(chart.firsts, chart.seconds, strict=True):
        assert chart.left <= first.x
        assert first.x + first.width <= second.x + 0.2
        assert second.x + second.width <= chart.right + 0.5
        assert min(first.y, second.y) >= charts.TOP


def test_a_week_without_an_answer_breaks_the_line():
    chart = lines(["a", "b", "c", "d"], [1, None, 2, 3], [None] * 4)
    assert re.sub(r"[\d. ]+", "", chart.median_path) == "MML"
    assert len(chart.medians) == 3
    assert chart.ninetieth_path == ""


@given(st.text(max_size=30))
def test_no_cell_begins_as_a_formula(text):
    cell = harmless(text)
    assert cell.lstrip(" ")[:1] not in tuple("=+-@\t\r\n")
    assert cell.removeprefix("'") == text or cell == text


@given(
    st.lists(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=10), min_size=1, max_size=4), max_size=4)
)
def test_any_text_can_be_written(rows):
    assert b"".join(xlsx_pieces(rows)).startswith(b"PK")
    assert b"".join(csv_pieces(rows)).startswith(b"\xef\xbb\xbf")
