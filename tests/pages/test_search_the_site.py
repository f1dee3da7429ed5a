"""A reader searches; whatever is typed, an answer comes."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction
from wagtail.search.backends import get_search_backend
from wagtail.search.query import Phrase, PlainText

from innerbalance.search import LONGEST_QUERY, MOST_RESULTS, clean_query, excerpt, highlighted
from tests.factories import make_post, make_user


def test_a_post_is_found_by_a_word_of_its_body(client, blog):
    make_post(blog, title="Boundaries", body=[("text", "<p>A kind no is a whole sentence about tortoises.</p>")])
    text = client.get("/search/?q=tortoises").text
    assert "Boundaries" in text
    assert "<mark>tortoises</mark>" in text


def test_drafts_are_not_found(client, blog):
    make_post(blog, title="Secret tortoises", live=False)
    assert "Secret" not in client.get("/search/?q=tortoises").text


def test_restricted_posts_are_not_found(client, blog):
    post = make_post(blog, title="Secret tortoises")
    PageViewRestriction.objects.create(page=post, restriction_type=PageViewRestriction.LOGIN)
    assert "Secret" not in client.get("/search/?q=tortoises").text


@pytest.fixture
def three_hundred_posts(blog):
    """Pages with "rest" in every title; those of number 7 and 11 are about little else, 13 is a draft."""
    page_type = ContentType.objects.get_for_model(Page)
    pages = []
    for number in range(300):
        title = "rest rest" if number in (7, 11) else f"Notes on work, sleep, walks and rest, part {number}"
        slug = f"rest-{number}"
        place = {"path": blog._get_path(blog.path, blog.depth + 1, number + 1), "depth": blog.depth + 1}
        where = {"slug": slug, "url_path": f"{blog.url_path}{slug}/", "locale": blog.locale}
        pages.append(Page(title=title, draft_title=title, live=number != 13, content_type=page_type, **place, **where))
    Page.objects.bulk_create(pages)
    Page.objects.filter(pk=blog.pk).update(numchild=len(pages))
    get_search_backend().get_index_for_model(Page).add_items(Page, pages)


def test_the_best_of_hundreds_of_matches_stand_first(three_hundred_posts):
    found = Page.objects.live().public().search("rest")
    assert found.count() == 299
    assert {page.slug for page in found[:2]} == {"rest-7", "rest-11"}
    scores = [page.score for page in found.annotate_score("score")]
    # SQLite calls the best lowest, PostgreSQL highest.
    assert scores == sorted(scores, reverse=connection.vendor == "postgresql")
    assert len(scores) == 299
    assert None not in scores


def test_readers_get_no_more_than_the_limit_best_first(client, three_hundred_posts):
    response = client.get("/search/?q=rest")
    assert response.context["results"].paginator.count == MOST_RESULTS
    assert [one["title"] for one in response.context["found"]][:2] == ["<mark>rest</mark> <mark>rest</mark>"] * 2


def test_editors_find_what_they_type_the_beginning_of_best_first(client, three_hundred_posts):
    client.force_login(make_user("Owners"))
    listed = client.get(reverse("wagtailadmin_pages:search"), {"q": "res"}).context["pages"]
    assert listed.count() == 20  # a page of the list
    assert {page.slug for page in listed[:2]} == {"rest-7", "rest-11"}


def test_matches_are_ranked_once_and_not_for_each_row(three_hundred_posts):
    """Otherwise time grows with the square of their number: `bench/growth.py`."""
    if connection.vendor != "sqlite":  # PostgreSQL ranks in its own way
        assert type(get_search_backend()).__module__ == "modelsearch.backends.database.postgres.postgres"
        return
    for found in (Page.objects.search("rest"), Page.objects.autocomplete("res")):
        with CaptureQueriesContext(connection) as queries:
            list(found)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
            plan = [row[3] for row in cursor.fetchall()]
        assert "MATERIALIZE ranked" in plan
        assert any(step.startswith("SEARCH ranked USING") for step in plan), plan


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (PlainText("calm storm", operator="or"), {"calm", "storm", "both"}),
        (PlainText("calm storm"), {"both"}),
        (PlainText("calm") & ~PlainText("storm"), {"calm"}),
        (Phrase("calm before the storm"), {"both"}),
    ],
)
def test_every_kind_of_query_finds_what_it_says(blog, query, found):
    for slug, title in (("calm", "Calm"), ("storm", "Storm"), ("both", "Calm before the storm"), ("none", "Rest")):
        blog.add_child(instance=Page(title=title, slug=slug))
    assert {page.slug for page in get_search_backend().search(query, Page)} == found


def test_a_search_in_another_order_keeps_that_order(three_hundred_posts):
    found = Page.objects.order_by("title").search("rest", order_by_relevance=False)
    titles = [page.title for page in found]
    assert len(titles) == 300
    assert titles == sorted(titles)


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
