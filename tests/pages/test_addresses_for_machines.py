"""robots.txt, security.txt, the site map, health, and what a wrong address or a fault answers."""

import pytest
from django.conf import settings
from django.db import connection
from django.middleware.common import CommonMiddleware
from django.test import Client
from django.urls import path

from innerbalance.practice.models import PracticeSettings
from innerbalance.urls import *  # noqa: F403
from innerbalance.urls import urlpatterns as site_patterns
from tests.factories import make_post, make_topic


def fault(request):
    raise RuntimeError("a fault for a test")


urlpatterns = [path("fault/", fault), *site_patterns]


@pytest.fixture
def practice(db):
    practice = PracticeSettings.load()
    practice.phone, practice.email = "+14805550100", "office@example.org"
    practice.save()
    return practice


def test_robots_txt_names_the_site_map(client, db):
    text = client.get("/robots.txt").text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_security_txt_names_a_contact_and_its_end(client, practice):
    text = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:office@example.org" in text
    assert "Expires: " in text


def test_security_txt_without_contact_is_not_there(client, db):
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_site_map_lists_posts_and_topics(client, blog):
    topic = make_topic()
    make_post(blog, title="First", slug="first", topics=(topic,))
    text = client.get("/sitemap.xml").text
    assert "/blog/first/</loc>" in text
    assert "/blog/topic/relationships/</loc>" in text


def test_an_unknown_address_helps(client, practice):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "/search/" in response.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/bad%00path/", 404),
        ("/media/a%00b.jpg", 404),
        ("/?x=%00", 200),
        ("/search/?q=%00", 200),
        ("/blog/?page=%00", 404),
        ("/admin/%00/", 302),
    ],
)
def test_a_nul_reaches_no_view(client, blog, monkeypatch, address, status):
    seen = []
    monkeypatch.setattr(CommonMiddleware, "process_request", lambda self, request: seen.append(request))
    assert client.get(address).status_code == status
    (request,) = seen
    assert "\x00" not in request.path_info + request.get_full_path() + "".join(request.GET.values())


def test_a_nul_in_a_cookie_is_no_session(client, home, monkeypatch):
    """Browsers and servers write it as an octal escape within quotes; PostgreSQL would refuse to look for it."""
    seen = []
    monkeypatch.setattr(CommonMiddleware, "process_request", lambda self, request: seen.append(request))
    name = settings.SESSION_COOKIE_NAME
    response = client.get("/", headers={"cookie": rf'{name}="abc\000def"; other=1'})
    assert response.status_code == 200
    assert seen[0].COOKIES == {"other": "1"}
    assert seen[0].session.session_key is None


@pytest.mark.urls(__name__)
def test_a_fault_answers_with_the_phone_number_though_the_database_is_down(practice, monkeypatch):
    client = Client(raise_request_exception=False)

    def refuse(*args, **kwargs):
        raise AssertionError("the error page asked the database")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        response = client.get("/fault/")
    assert response.status_code == 500
    assert "(480) 555-0100" in response.text
    assert response["Cache-Control"] == "no-store"
