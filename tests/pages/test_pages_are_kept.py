"""A page that nothing happened to is not rendered again, and what reaches the reader is the same either way."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from blog.models import BlogPostPage
from blog.models.post_counts import count_posts
from innerbalance.caching import common, touch_site
from innerbalance.caching.recording import recorded, unchanged
from innerbalance.pages.models import HomePage
from tests.factories import make_clinician, make_image, make_post, make_topic, make_user
from tests.locations.conftest import offices, tuesday

__all__ = ["offices", "tuesday"]

ADDRESSES = ["/", "/blog/", "/blog/p/", "/team/", "/team/ada-sample/", "/locations/", "/locations/mesa/"]


def badge(response) -> str:
    return re.search(r'data-opening="mesa"[^>]*>([^<]+)<', response.text)[1]


def small_image():
    return make_image(width=200, height=150)


@pytest.fixture
def site(home, blog, team, offices):
    """Each page read twice: the first time makes the sizes of pictures, and what writes is not kept."""
    ada, topic = make_clinician(team, portrait=small_image()), make_topic()
    picture = {"image": small_image(), "alt": "A path", "decorative": False, "caption": "", "credit": ""}
    for _ in range(2):
        make_post(blog, authors=(ada,), topics=(topic,), hero_image=small_image(), hero_decorative=True)
    body = [("text", "<p>Words.</p>"), ("image", picture)]
    make_post(blog, slug="p", authors=(ada,), topics=(topic,), hero_image=small_image(), hero_alt="A path", body=body)
    count_posts()


@pytest.fixture
def read(client, site, tuesday):
    def read(address: str, **headers):
        return client.get(address, headers=headers)

    for address in ADDRESSES:
        read(address)
    touch_site()
    for address in ADDRESSES:
        read(address)
    return read


@pytest.fixture
def rendered():
    """The names of the templates that are rendered from now on."""
    names = []

    def note(sender, template, **kwargs):
        names.append(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


class TestAPageThatNothingHappenedTo:
    def test_costs_one_query(self, read, rendered, django_assert_num_queries):
        for address in ADDRESSES:
            with django_assert_num_queries(1):
                read(address)
        assert rendered == []

    def test_is_not_rendered_again_after_a_change_elsewhere(self, read, rendered):
        touch_site()
        assert [read(address).status_code for address in ADDRESSES] == [200] * len(ADDRESSES)
        assert rendered == []


@pytest.mark.parametrize(("address", "number"), [("/blog/p/", 20), ("/", 22), ("/blog/", 25), ("/locations/mesa/", 15)])
def test_a_change_elsewhere_costs_a_look_at_each_thing_the_page_shows(
    read, address, number, django_assert_max_num_queries
):
    touch_site()
    with django_assert_max_num_queries(number):
        read(address)


@pytest.mark.parametrize(("first", "number"), [("/blog/other/", 9), ("/team/", 10)])
def test_what_pages_share_is_looked_at_once_after_a_change(read, blog, first, number, django_assert_max_num_queries):
    make_post(blog, slug="other", published=datetime(2020, 1, 1, tzinfo=UTC))
    for _ in range(3):
        read(first), read("/blog/p/")
    touch_site()
    read(first)
    with django_assert_max_num_queries(number):
        read("/blog/p/")


@pytest.mark.parametrize(("first", "number"), [("/blog/p/", 25), ("/team/", 15)])
def test_a_page_that_changed_asks_for_the_rest_only_if_nobody_did(read, first, number, django_assert_num_queries):
    post = BlogPostPage.objects.get(slug="p")
    post.title = "Another title"
    post.save_revision().publish()
    if first != "/blog/p/":
        read(first)
    with django_assert_num_queries(number):
        assert "Another title" in read("/blog/p/").text


@pytest.mark.parametrize(("address", "number"), [("/blog/p/", 9), ("/", 6), ("/blog/", 8), ("/locations/mesa/", 5)])
def test_who_changes_something_asks_again_for_what_pages_share(
    read, address, number, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    with django_capture_on_commit_callbacks(execute=True):
        touch_site()
    with django_assert_max_num_queries(number):
        assert read(address).status_code == 200


def test_what_pages_share_is_new_for_all_when_it_changed(read, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = HomePage.objects.get().get_children().get(slug="team").specific
        page.title = "The people"
        page.save_revision().publish()
    assert all("The people" in read(address).text for address in ADDRESSES)


def test_a_fault_while_asking_again_costs_nobody_anything(read, monkeypatch, django_capture_on_commit_callbacks):
    def fail(*args):
        raise DatabaseError("gone")

    monkeypatch.setattr(common, "look_up", fail)
    with django_capture_on_commit_callbacks(execute=True):
        touch_site()
    monkeypatch.undo()
    assert [read(address).status_code for address in ADDRESSES] == [200] * len(ADDRESSES)


def test_more_posts_and_pictures_cost_no_more_queries(read, blog):
    for _ in range(8):
        make_post(blog, hero_image=small_image(), hero_decorative=True)
    for _ in range(3):
        read("/blog/p/")
    touch_site()
    with CaptureQueriesContext(connection) as queries:
        read("/blog/p/")
    assert len(queries) <= 20


def test_is_kept_no_longer_than_what_it_says_holds(read, tuesday):
    """The front office closes at 3 pm; the page that came from the cache says so like the one that was rendered."""
    assert badge(read("/locations/mesa/")) == "Open now until 3 pm"
    tuesday.shift(timedelta(hours=4, minutes=59, seconds=30))
    assert badge(read("/locations/mesa/")) == "Open now until 3 pm"
    tuesday.shift(timedelta(seconds=30))
    assert badge(read("/locations/mesa/")) == "Opens tomorrow at 9 am"


def test_dates_change_at_midnight(read, tuesday):
    tuesday.move_to("2026-12-31T23:59:30-07:00")
    assert "© 2026" in read("/team/").text
    assert "© 2026" in read("/team/").text
    tuesday.move_to("2027-01-01T00:00:00-07:00")
    assert "© 2027" in read("/team/").text


def test_a_form_in_it_is_of_today(read, tuesday):
    """The stamp of the sign-up form changes at midnight UTC, 5 pm in Arizona."""

    def stamp() -> str:
        return re.search(r'name="made" value="([^"]+)"', read("/team/").text)[1]

    before = stamp()
    tuesday.move_to("2026-11-24T17:00:00-07:00")
    assert stamp() != before


def test_is_rendered_anew_after_an_hour_at_the_latest(read, rendered, tuesday):
    read("/team/")
    tuesday.shift(timedelta(minutes=59))
    read("/team/")
    assert rendered == []
    tuesday.shift(timedelta(minutes=1))
    read("/team/")
    assert "pages/team_index_page.html" in rendered


class TestNotKept:
    def test_what_staff_see(self, read, client):
        user = make_user("Owners")
        client.force_login(user)
        assert "wagtail-userbar" in read("/team/").text
        client.logout()
        assert "wagtail-userbar" not in read("/team/").text

    def test_the_question_for_a_password(self, read, client, team):
        PageViewRestriction.objects.create(page=team, restriction_type=PageViewRestriction.PASSWORD, password="x")
        tokens = {re.search(r'csrfmiddlewaretoken" value="([^"]+)"', read("/team/").text)[1] for _ in range(2)}
        assert len(tokens) == 2

    def test_an_address_that_somebody_makes_up(self, read, rendered):
        for _ in range(2):
            read("/team/?anything=else")
        assert rendered.count("pages/team_index_page.html") == 2

    def test_what_is_not_there(self, read):
        for _ in range(2):
            assert read("/team/nobody/").status_code == 404

    def test_a_page_of_the_list_is_another_than_the_first(self, read, blog):
        for _ in range(10):
            make_post(blog)
        assert read("/blog/").content != read("/blog/?page=2").content
        assert read("/blog/").content != read("/blog/?page=2").content

    def test_a_page_of_another_host(self, read, settings):
        settings.ALLOWED_HOSTS = ["*"]
        assert 'href="http://localhost' in read("/team/", host="localhost").text
        assert read("/team/", host="localhost").status_code == read("/team/", host="other.example").status_code == 200


class TestRecording:
    def test_sees_a_row_that_changed(self, home):
        with recorded() as recording:
            HomePage.objects.get()
        assert unchanged(recording.seen)
        HomePage.objects.update(lead="Other words.")
        assert not unchanged(recording.seen)

    def test_sees_a_row_that_is_new(self, home, blog):
        with recorded() as recording:
            list(home.get_children())
        assert unchanged(recording.seen)
        make_clinician(home)
        assert not unchanged(recording.seen)

    def test_is_not_complete_once_something_was_written(self, home):
        with recorded() as recording:
            HomePage.objects.update(lead="Other words.")
        assert not recording.complete

    def test_asks_each_statement_once_and_leaves_its_rows_as_they_are(self, home, django_assert_num_queries):
        def ask() -> list:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 UNION SELECT 2 UNION SELECT 3")
                rows = [cursor.fetchone(), *cursor.fetchmany(1), *cursor, cursor.fetchone()]
                cursor.execute("SELECT 4")
                return [*rows, *cursor.fetchall(), *list(HomePage.objects.values_list("slug"))]

        plain = ask()
        with django_assert_num_queries(3), recorded() as outer, recorded() as inner:
            assert ask() == plain == [(1,), (2,), (3,), None, (4,), ("home",)]
        assert inner.complete
        assert len(inner.seen) == 3
        assert inner.seen == outer.seen

    def test_sees_a_row_that_changed_while_it_was_made(self, home):
        with recorded() as recording:
            HomePage.objects.get()
            connection.execute_wrappers.pop()  # somebody else's
            HomePage.objects.update(lead="Other words.")
            connection.execute_wrappers.append(recording)
            HomePage.objects.get()
        assert not recording.complete
