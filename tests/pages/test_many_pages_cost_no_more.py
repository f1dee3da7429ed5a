"""A site with many posts asks the database as often as one with a dozen, and never reads all of them for a page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import BlogPostPage
from innerbalance import search_backend
from innerbalance.caching import touch_site
from innerbalance.site_map import SiteMap
from tests.factories import make_post, make_topic

FEW, MANY = 12, 40


def grow(blog, topic, *, to: int) -> None:
    for number in range(blog.get_children().count(), to):
        make_post(blog, title=f"Rest, part {number}", slug=f"rest-{number}", topics=(topic,))


def asked(client, address: str) -> list[str]:
    client.get(address)
    touch_site()  # what was kept for everybody is asked for again
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in queries.captured_queries]


def test_lists_and_search_ask_as_often_for_many_posts_as_for_few(client, blog):
    topic = make_topic()
    addresses = ("/", "/blog/", "/blog/?page=2", "/blog/topic/relationships/", "/blog/feed/", "/search/?q=rest")
    grow(blog, topic, to=FEW)
    few = {address: len(asked(client, address)) for address in addresses}
    grow(blog, topic, to=MANY)
    many = {address: len(asked(client, address)) for address in addresses}
    assert many == few


def test_the_site_map_becomes_an_index_of_files_that_name_every_page_once(client, blog, monkeypatch):
    monkeypatch.setattr(SiteMap, "limit", 30)
    topic = make_topic()
    grow(blog, topic, to=MANY)
    index = client.get("/sitemap.xml").text
    files = re.findall("<loc>http://localhost:8000(.*?)</loc>", index)
    assert files == ["/sitemap-1.xml", "/sitemap-2.xml"]
    named = [place for file in files for place in re.findall("<loc>(.*?)</loc>", client.get(file).text)]
    assert len(named) == len(set(named))
    assert {f"http://localhost:8000/blog/rest-{number}/" for number in range(MANY)} <= set(named)
    assert "http://localhost:8000/blog/topic/relationships/" in named
    assert client.get("/sitemap-3.xml").status_code == 404
    assert len(asked(client, "/sitemap-2.xml")) < 10


def test_the_newest_posts_are_found_by_an_index_without_reading_all(blog):
    """Otherwise the home page of a site with 10,000 posts takes half a minute on SQLite."""
    if connection.vendor != "sqlite":  # PostgreSQL plans by the numbers it finds
        assert BlogPostPage.objects.published().query.order_by
        return
    grow(blog, make_topic(), to=FEW)
    sql, values = BlogPostPage.objects.published().with_cards()[:3].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        plan = [row[3] for row in cursor.fetchall()]
    assert not [step for step in plan if "TEMP B-TREE" in step], plan
    assert len([step for step in plan if step.startswith("SCAN") and "restriction" not in step]) == 1, plan


@pytest.mark.parametrize("most", [5, 500])
def test_of_a_word_in_every_post_only_the_newest_are_compared(blog, monkeypatch, most):
    monkeypatch.setattr(search_backend, "RANKED_AT_MOST", most)
    grow(blog, make_topic(), to=FEW)
    found = search_backend.best_matches(BlogPostPage.objects.live(), "rest")
    newest = list(BlogPostPage.objects.order_by("-pk").values_list("pk", flat=True))
    assert set(found) == set(newest[:most])
