"""A reader searches; whatever is typed, an answer comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innerbalance.search import LONGEST_QUERY, clean_query, excerpt, highlighted
from tests.factories import make_post


def test_a_post_is_found_by_a_word_of_its_body(client, blog):
    make_post(blog, title="Boundaries", body=[("text", "<p>A kind no is a whole sentence about tortoises.</p>")])
    text = client.get("/search/?q=tortoises").text
    assert "Boundaries" in text
    assert "<mark>tortoises</mark>" in text


def test_drafts_are_not_found(client, blog):
    make_post(blog, title="Secret tortoises", live=False)
    assert "Secret" not in client.get("/search/?q=tortoises").text


def test_no_results_says_so_and_leads_on(client, blog):
    text = client.get("/search/?q=xylophone").text
    assert "xylophone" in text
    assert "/request-a-consultation/" in text


@pytest.mark.parametrize(
    "query",
    ["", "%00", "%F0%9F%8C%B5", "a" * 10_000, "%22%27--;%20OR%201=1", "*", "AND%20OR%20NOT", "%FF%FE", "(((", "-"],
)
def test_any_query_string_gets_a_page(client, blog, query):
    make_post(blog, title="Boundaries")
    assert client.get(f"/search/?q={query}").status_code == 200
    assert client.get(f"/search/?q={query}&page=-3").status_code == 200
    assert client.get(f"/search/?q={query}&page=99999999999999999999").status_code == 200


@given(st.text())
def test_a_query_is_one_clean_line(text):
    query = clean_query(text)
    assert len(query) <= LONGEST_QUERY
    assert "\x00" not in query
    assert "\n" not in query


@given(st.text(max_size=300), st.text(max_size=50))
def test_what_is_shown_is_always_escaped(text, query):
    bare = str(highlighted(text, query)).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert "<script" not in str(excerpt(f"<script>{text}", query))
