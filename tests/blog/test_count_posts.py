"""The numbers of the lists are counted when posts change; whatever happens to posts, they say what counting would."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from blog.jobs import count_changed_posts
from blog.models import BlogPostPage, PostCounts
from blog.models.post_counts import Numbers, count_posts, numbers_for
from tests.factories import make_clinician, make_post, make_team, make_topic

NOON = datetime(2026, 6, 15, 12, tzinfo=ZoneInfo("America/Phoenix"))


def truth(blog) -> Numbers:
    return Numbers.counted(blog.posts())


def kept(blog) -> Numbers | None:
    """What stands in the row, or None while it does not hold."""
    blog.refresh_from_db()
    row = PostCounts.objects.filter(pk=blog.pk).first()
    return Numbers.from_json(row.numbers) if row and row.holds_for(blog) else None


@pytest.fixture
def counted(django_capture_on_commit_callbacks):
    """A block after which its transaction is over."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_to_posts(blog, home, counted, seed):
    chance = random.Random(seed)
    topics = [make_topic(f"Topic {number}") for number in range(3)]
    team = make_team(home)
    people = [make_clinician(team, f"Ada {number}") for number in range(3)]

    def some(of: list) -> list:
        return chance.sample(of, chance.randint(0, len(of)))

    def publish():
        moment = NOON - timedelta(days=chance.randint(0, 400))
        authors = some(people)
        make_post(blog, topics=some(topics), authors=authors, published=moment)

    def one() -> BlogPostPage | None:
        return BlogPostPage.objects.order_by("?").first()

    def unpublish():
        if post := one():
            post.unpublish()

    def unpublish_as_a_page():
        if post := one():
            Page.objects.get(pk=post.pk).unpublish()

    def delete():
        if post := one():
            chance.choice([post, Page.objects.get(pk=post.pk)]).delete()

    def other_topics():
        if post := one():
            post.topics = some(topics)
            post.save_revision().publish()

    def restrict():
        page = one() if chance.random() < 0.8 else blog
        if page:
            PageViewRestriction.objects.create(page_id=page.pk, restriction_type="login")

    def allow():
        if found := PageViewRestriction.objects.first():
            found.delete()

    def topic_goes():
        if len(topics) > 1:
            topics.pop().delete()

    def author_goes():
        if len(people) > 1:
            people.pop().delete()

    acts = [publish] * 6 + [unpublish, unpublish_as_a_page, delete, other_topics, restrict, allow, allow]
    for act in [publish, publish, *chance.choices([*acts, topic_goes, author_goes], k=25)]:
        with counted():
            act()
        assert kept(blog) == truth(blog), act.__name__


def test_until_they_are_counted_readers_get_the_truth(blog, client):
    """The program may die between the change and the counting."""
    make_post(blog, title="Counted")
    count_posts()
    make_post(blog, title="Not yet")
    assert kept(blog) is None
    assert numbers_for(blog).everywhere == 2
    assert "Not yet" in client.get("/blog/").text


def test_housekeeping_counts_what_nobody_counted(blog):
    make_post(blog)
    assert count_changed_posts(NOON) == "counted the posts of 1 blogs"
    assert kept(blog) == truth(blog)
    assert count_changed_posts(NOON) == ""


def test_a_change_while_it_is_counted_is_not_lost(blog, monkeypatch):
    make_post(blog)
    count = Numbers.counted.__func__

    def slow(cls, posts):
        numbers = count(cls, posts)
        monkeypatch.undo()
        make_post(blog)  # somebody else publishes at this very moment
        return numbers

    monkeypatch.setattr(Numbers, "counted", classmethod(slow))
    count_posts()
    assert kept(blog) is None
    assert numbers_for(blog).everywhere == 2


def test_posts_written_past_the_signals_are_noticed(blog):
    """As when rows are loaded by hand: the number of the blog's children tells."""
    post = make_post(blog)
    count_posts()
    BlogPostPage.objects.filter(pk=post.pk).update(live=False)
    Page.objects.filter(pk=blog.pk).update(numchild=2)
    blog.refresh_from_db()
    assert numbers_for(blog).everywhere == 0


def test_a_draft_is_saved_without_counting(blog, counted):
    post = make_post(blog)
    count_posts()
    with counted():
        post.title = "Later"
        post.save_revision()
    assert kept(blog) == truth(blog)


def test_the_last_page_of_many_is_found_by_its_month(client, blog):
    for number in range(25):
        make_post(blog, title=f"Number {number}", published=NOON - timedelta(days=20 * number))
    count_posts()
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/blog/?page=3")
    assert [f"Number {number}<" in page.text for number in (20, 21, 22, 23, 24)] == [True] * 5
    assert "Number 19<" not in page.text
    assert not [one["sql"] for one in asked if "OFFSET 20" in one["sql"]]
