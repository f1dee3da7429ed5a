"""A reader looks through the posts: all, by topic, by author, by month."""

from datetime import UTC, datetime

import pytest

from tests.factories import make_clinician, make_post, make_topic


def titles(response) -> list[str]:
    return [post.title for post in response.context["posts"]]


def test_pages_of_ten_newest_first(client, blog):
    for day in range(1, 13):
        make_post(blog, title=f"Day {day}", published=datetime(2026, 5, day, 18, tzinfo=UTC))
    assert titles(client.get("/blog/")) == [f"Day {day}" for day in range(12, 2, -1)]
    assert titles(client.get("/blog/?page=2")) == ["Day 2", "Day 1"]


@pytest.mark.parametrize(
    "page", ["0", "3", "x", "-1", "1.5", "９", "²", "9" * 500, "0000000001", "0000000012", "01", "%00"]
)
def test_a_page_that_does_not_exist_is_404(client, blog, page):
    make_post(blog)
    assert client.get(f"/blog/?page={page}").status_code == 404


def test_by_topic(client, blog):
    topic = make_topic("Sleep")
    make_post(blog, title="Rest", topics=(topic,))
    make_post(blog, title="Other")
    assert titles(client.get("/blog/topic/sleep/")) == ["Rest"]
    assert client.get("/blog/topic/no-such/").status_code == 404
    make_topic("Empty")
    assert client.get("/blog/topic/empty/").status_code == 404


def test_by_author(client, blog, team):
    ada = make_clinician(team)
    make_post(blog, title="Mine", authors=(ada,))
    make_post(blog, title="Other")
    assert titles(client.get("/blog/author/ada-sample/")) == ["Mine"]
    assert client.get("/blog/author/nobody/").status_code == 404


def test_by_month_in_the_practices_zone(client, blog):
    # 1 June, 3 am UTC is still 31 May in Phoenix.
    make_post(blog, title="May", published=datetime(2026, 6, 1, 3, tzinfo=UTC))
    assert titles(client.get("/blog/2026/5/")) == ["May"]
    assert titles(client.get("/blog/2026/6/")) == []
    assert "<h1>May 2026</h1>" in client.get("/blog/2026/5/").text


@pytest.mark.parametrize(
    "address",
    [
        "/blog/2026/13/", "/blog/2026/0/", "/blog/0/1/", "/blog/9999/12/", "/blog/1/1/", "/blog/10000/1/",
        "/blog/99999999999999999999/1/", "/blog/2026/99999999999999999999/", "/blog/topic/%00/", "/blog/%00/",
        "/blog/author/%00/", "/blog/2026/5/?page=2", "/blog/2026/5/?page=0000000012",
    ],
)  # fmt: skip
def test_an_address_of_no_list_is_404(client, blog, address):
    make_post(blog)
    assert client.get(address).status_code == 404


def test_an_empty_blog_says_so(client, blog):
    assert client.get("/blog/").status_code == 200


@pytest.mark.parametrize("posts", [3, 10])
def test_costs_the_same_for_3_and_for_10_posts(client, blog, team, posts, django_assert_max_num_queries):
    ada, topic = make_clinician(team), make_topic()
    for _ in range(posts):
        make_post(blog, authors=(ada,), topics=(topic,))
    client.get("/blog/")
    client.get("/blog/")
    with django_assert_max_num_queries(15):
        client.get("/blog/")
