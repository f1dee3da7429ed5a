"""A public page: the same bytes for everyone, no cookie, a strict policy, headers that let it be kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from innerbalance import caching
from innerbalance.caching.middleware import FinishedPagesMiddleware, PublicResponseMiddleware
from innerbalance.caching.models import SiteVersion
from innerbalance.practice.models import PracticeSettings
from tests.factories import make_clinician, make_post, make_standard_page, make_user

PUBLIC = ["/", "/services/", "/team/", "/team/ada-sample/", "/blog/", "/blog/first/", "/search/?q=words", "/blog/feed/"]


@pytest.fixture
def site(home, blog, team):
    make_standard_page(home)
    ada = make_clinician(team)
    make_post(blog, title="First", slug="first", authors=(ada,))


@pytest.mark.parametrize("address", PUBLIC)
class TestEveryPublicPage:
    def test_sets_no_cookie_and_does_not_vary_by_one(self, client, site, address):
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")

    def test_may_be_kept_and_is_asked_for_each_time(self, client, site, address):
        response = client.get(address)
        assert response["Cache-Control"] == "public, no-cache"
        assert "Last-Modified" not in response  # seconds can't tell two publications apart

    def test_has_the_same_bytes_twice(self, client, site, address):
        assert client.get(address).content == client.get(address).content

    def test_answers_304_to_who_has_it(self, client, site, address):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert not again.content

    def test_writes_nothing_to_the_database(self, client, site, address):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert queries.captured_queries
        written = [
            q["sql"] for q in queries.captured_queries if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))
        ]
        assert written == []

    def test_has_the_strict_policy(self, client, site, address):
        policy = client.get(address)["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy

    def test_is_private_for_staff(self, client, site, address):
        client.force_login(make_user("Editors"))
        assert client.get(address)["Cache-Control"] == "private, no-store"


def test_a_form_result_is_never_kept(client, home):
    assert client.post("/search/")["Cache-Control"] == "private, no-store"


def answer_with(response: HttpResponse) -> HttpResponse:
    """What our middleware makes of a view's response."""
    return FinishedPagesMiddleware(PublicResponseMiddleware(lambda request: response))(RequestFactory().get("/"))


def test_a_page_that_sets_a_cookie_is_for_one_person(db):
    response = HttpResponse("hello")
    response.set_cookie("seen", "1")
    assert answer_with(response)["Cache-Control"] == "private, no-store"


def test_what_is_kept_nowhere_has_no_etag(db):
    assert "ETag" in answer_with(HttpResponse("hello"))
    response = answer_with(HttpResponse("hello", headers={"Cache-Control": "private, no-store"}))
    assert "ETag" not in response
    assert response["Cache-Control"] == "private, no-store"


def test_a_database_made_anew_does_not_show_what_the_old_one_kept(rf, home):
    """Its version counts from 1 again: the moment tells the two apart."""
    caching.touch_site(timezone.now() - timedelta(days=2))
    assert caching.cached_until_change(rf.get("/"), "thing", lambda: "old") == "old"
    assert caching.cached_until_change(rf.get("/"), "thing", lambda: "new") == "old"
    SiteVersion.objects.update(changed_at=timezone.now() - timedelta(days=1))
    assert caching.cached_until_change(rf.get("/"), "thing", lambda: "new") == "new"


def test_a_page_that_speaks_of_a_moment_is_kept_no_longer():
    now = timezone.now()
    request = RequestFactory().get("/")
    caching.limit(request, until=now + timedelta(seconds=30))
    caching.limit(request, until=now + timedelta(seconds=12))
    caching.limit(request, until=now + timedelta(seconds=20))
    caching.limit(request, until=None)
    assert request.public_until == now + timedelta(seconds=12)


def test_an_announcement_goes_by_itself(client, home, kept):
    practice = PracticeSettings.load()
    practice.announcement = "Closed on Friday."
    practice.announcement_until = end = timezone.now() + timedelta(minutes=20)
    practice.save()
    assert "Closed on Friday." in client.get("/").text
    assert kept.serves(end.timestamp() - 60)
    assert not kept.serves(end.timestamp())
    practice.announcement_until = timezone.now() - timedelta(seconds=1)
    practice.save()
    assert "Closed on Friday." not in client.get("/").text


def test_the_admin_has_its_own_policy(client, db):
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'unsafe-inline'" in policy


def test_staff_see_the_userbar_and_readers_never_do(client, site):
    assert "wagtail-userbar" not in client.get("/").text
    client.force_login(make_user("Owners"))
    assert "wagtail-userbar" in client.get("/").text
