"""A reader follows the posts in a feed reader."""

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime

import pytest

from blog.feeds import absolute
from tests.factories import make_clinician, make_post

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client) -> list[ElementTree.Element]:
    response = client.get("/blog/feed/")
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def test_an_entry_carries_the_whole_post_with_absolute_addresses(client, blog, team):
    body = [("text", '<p>The <a href="/services/">services</a>.</p>'), ("quote", {"text": "Rest.", "source": ""})]
    make_post(blog, title="P", authors=(make_clinician(team),), body=body)
    (entry,) = entries(client)
    content = entry.find(f"{ATOM}content").text
    assert "Rest." in content
    assert 'href="http://localhost:8000/services/"' in content or 'href="http://testserver/services/"' in content
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "Ada Sample, LPC"


def test_a_new_title_and_address_is_no_new_post(client, blog):
    post = make_post(blog, title="Before", slug="before")
    (first,) = entries(client)
    post.title, post.slug = "After", "after"
    post.save_revision().publish()
    (second,) = entries(client)
    assert first.find(f"{ATOM}id").text == second.find(f"{ATOM}id").text
    assert second.find(f"{ATOM}title").text == "After"


def test_rss_is_there_for_who_wants_it(client, blog):
    make_post(blog, title="P")
    response = client.get("/blog/feed/rss/")
    assert response["Content-Type"].startswith("application/rss+xml")
    (item,) = ElementTree.fromstring(response.content).findall("channel/item")
    assert "Some words." in item.find("{http://purl.org/rss/1.0/modules/content/}encoded").text


@pytest.mark.parametrize("host", ["localhost:1234", "testserver:8443", "testserver"])
@pytest.mark.parametrize("address", ["/blog/feed/", "/blog/feed/rss/"])
def test_no_address_in_a_feed_repeats_the_host_of_the_request(client, blog, address, host):
    make_post(blog, title="P")
    text = client.get(address, HTTP_HOST=host).text
    assert host not in text
    assert f"http://localhost:8000{address}" in text


def test_an_entrys_time_is_that_of_its_publication(client, blog):
    make_post(blog, published=datetime(2026, 3, 4, 16, 0, 1, 123456, tzinfo=UTC))
    (entry,) = entries(client)
    assert entry.find(f"{ATOM}published").text.startswith("2026-03-04T16:00:01")


def test_every_path_in_a_source_set_is_made_absolute():
    html = '<img src="/a.jpg" srcset="/a.jpg 400w, /b.jpg 800w"><a href="https://x.org/">x</a><a href="#here">h</a>'
    assert absolute(html, "https://p.org") == (
        '<img src="https://p.org/a.jpg" srcset="https://p.org/a.jpg 400w, https://p.org/b.jpg 800w">'
        '<a href="https://x.org/">x</a><a href="#here">h</a>'
    )
