"""A page for some people only is nowhere in what everybody gets: no title, no summary, no text."""

from datetime import UTC, datetime

import pytest
from wagtail.models import PageViewRestriction

from blog.models import BlogPostPage
from blog.services.posts import live_post_id, posts_since
from tests.factories import make_clinician, make_post, make_topic

KINDS = [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS]
ADDRESSES = [
    "/", "/blog/", "/blog/topic/grief/", "/blog/author/ada-sample/", "/blog/2026/3/", "/blog/feed/", "/blog/feed/rss/",
    "/team/ada-sample/", "/blog/open/", "/search/?q=quincunx", "/sitemap.xml", "/blog/topic/secret/", "/blog/2025/1/",
]  # fmt: skip
SECRETS = ["quincunx", "A restricted title", "restricted-slug", "Secret topic"]


def restrict(page, kind: str = PageViewRestriction.LOGIN) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")


@pytest.fixture
def posts(blog, team):
    ada, grief, secret = make_clinician(team), make_topic("Grief"), make_topic("Secret topic")
    secret.slug = "secret"
    secret.save()
    make_post(blog, title="Open", slug="open", authors=(ada,), topics=(grief,))
    return make_post(
        blog,
        title="A restricted title",
        slug="restricted-slug",
        summary="The quincunx in the summary.",
        body=[("text", "<p>The quincunx in the text.</p>")],
        authors=(ada,),
        topics=(grief, secret),
        published=datetime(2025, 1, 10, tzinfo=UTC),
    )


@pytest.fixture
def answers(client):
    def read() -> dict[str, str]:
        return {address: client.get(address).text for address in ADDRESSES}

    return read


def test_an_open_post_is_in_all_of_them(posts, answers):
    without = {"/search/?q=quincunx", "/sitemap.xml", "/blog/2026/3/"}
    for address, text in answers().items():
        if address not in without:
            assert "A restricted title" in text, address
    assert live_post_id("restricted-slug") == posts.pk
    assert [post["title"] for post in posts_since(None)] == ["Open", "A restricted title"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_restricted_post_is_in_none(posts, answers, kind):
    restrict(posts, kind)
    for address, text in answers().items():
        repeated = {"quincunx"} if address.startswith("/search/") else set()  # what was searched for
        assert {secret for secret in SECRETS if secret in text} <= repeated, address
    assert live_post_id("restricted-slug") is None
    assert [post["title"] for post in posts_since(None)] == ["Open"]


def test_a_restricted_blog_takes_its_posts_along(client, blog, posts):
    restrict(blog)
    for address in ("/", "/team/ada-sample/", "/sitemap.xml", "/search/?q=quincunx"):
        text = client.get(address).text
        assert "A restricted title" not in text, address
        assert "/blog/open/" not in text, address
    assert posts_since(None) == []
    assert not BlogPostPage.objects.published().exists()


def test_pages_beside_a_restricted_one_stay_open(blog, posts):
    restrict(posts)
    assert [post.slug for post in BlogPostPage.objects.published()] == ["open"]


@pytest.mark.parametrize("what", ["restricted", "not live"])
def test_of_an_author_whose_page_is_not_for_readers_a_post_says_the_name_alone(client, blog, team, what):
    ada = make_clinician(team, summary="Ada walks two old dogs.")
    make_post(blog, slug="p", authors=(ada,))
    assert "two old dogs" in client.get("/blog/p/").text
    if what == "restricted":
        restrict(ada)
    else:
        ada.unpublish()
    text = client.get("/blog/p/").text
    assert "Ada Sample, LPC" in text
    assert "two old dogs" not in text
    assert "/team/ada-sample/" not in text


def test_a_draft_knows_as_well_whose_page_is_not_for_readers(blog, team):
    ada, bo = make_clinician(team), make_clinician(team, "Bo Other", "LCSW")
    post = make_post(blog, authors=(ada, bo))
    restrict(ada)
    draft = post.get_latest_revision_as_object()
    assert [author.title for author in draft.authors] == ["Ada Sample", "Bo Other"]
    assert [author.title for author in draft.linked_authors] == ["Bo Other"]
