"""Anchors of a body's headings, and how long it takes to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.rules.outline import reading_minutes, unique_anchors


@pytest.mark.parametrize(
    ("anchors", "unique"),
    [
        ([], []),
        (["one", "two", "two", "three", "two"], ["one", "two", "two-2", "three", "two-3"]),
        (["two", "two", "two-2"], ["two", "two-2", "two-2-2"]),
        (["two", "two-2", "two"], ["two", "two-2", "two-3"]),
    ],
)
def test_an_anchor_that_is_taken_gets_the_next_number(anchors, unique):
    assert unique_anchors(anchors) == unique


@given(st.lists(st.sampled_from(["a", "a-2", "a-3", "a-2-2", "b"]), max_size=12))
def test_no_two_headings_share_an_anchor(anchors):
    unique = unique_anchors(anchors)
    assert len(set(unique)) == len(anchors)
    assert all(name.startswith(anchor) for name, anchor in zip(unique, anchors, strict=True))


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (220, 1), (221, 2), (440, 2), (441, 3)])
def test_minutes_are_whole_and_at_least_one(words, minutes):
    assert reading_minutes(["word " * (words // 2), "word " * (words - words // 2)]) == minutes
