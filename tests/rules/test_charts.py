"""Where the marks of a chart stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innerbalance import charts


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=52))
def test_every_bar_is_inside_its_chart(values):
    chart = charts.columns([str(each) for each in range(len(values))], values)
    assert charts.nice_top(values) >= max(values)
    for bar in chart.bars:
        assert chart.left <= bar.x
        assert bar.x + bar.width <= chart.right + 0.5
        assert bar.y >= charts.TOP
        assert bar.y + bar.height == pytest.approx(charts.HEIGHT - charts.BOTTOM)
    assert len(chart.along) <= charts.LABELS_AT_MOST


def test_nobody_counts_half_a_person():
    assert [tick.words for tick in charts.columns(["a"], [5]).up] == ["0", "5"]
    assert [tick.words for tick in charts.columns(["a"], [50]).up] == ["0", "25", "50"]
    assert [tick.words for tick in _lines(["a"], [5], [None]).up] == ["0", "2.5", "5"]


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


def _lines(labels, solid, dashed):
    return charts.lines(labels, solid, dashed, solid_words="{label}: {value}", dashed_words="{label}: {value}")


def test_a_label_without_a_value_breaks_the_line():
    chart = _lines(["a", "b", "c", "d"], [1, None, 2, 3], [None] * 4)
    assert re.sub(r"[\d. ]+", "", chart.solid_path) == "MML"
    assert len(chart.solid_dots) == 3
    assert chart.dashed_path == ""


def test_each_dot_says_its_label_and_value():
    chart = charts.lines(["a", "b"], [1, 2], [3, None], solid_words="{label} half {value}", dashed_words="{value} late")
    assert [dot.words for dot in chart.solid_dots] == ["a half 1", "b half 2"]
    assert [dot.words for dot in chart.dashed_dots] == ["3 late"]
