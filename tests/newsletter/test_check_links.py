"""Before an issue is sent, its links are followed: ours in-process, others over the wire."""

import http.server
import threading

import pytest
from django.urls import reverse

from innerbalance.security.roles import OFFICE
from newsletter.models import Campaign
from newsletter.services.link_check import foreign_problems, own_problems
from tests.factories import make_post, make_user
from tests.newsletter.factories import make_issue

pytestmark = pytest.mark.django_db

BASE = "http://localhost:8000"


class Site(http.server.BaseHTTPRequestHandler):
    """Answers as its path says."""

    def do_GET(self):
        name = self.path.strip("/")
        if name == "cut":
            return  # the line is closed without an answer
        self.send_response(301 if name in {"moved", "circle"} else int(name))
        if name in {"moved", "circle"}:
            self.send_header("Location", "/200" if name == "moved" else "/circle")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def other_site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["/", "/blog/", "/blog/first/", "/blog/first", "/newsletter/", "/healthz"])
def test_our_page_is_there(blog, archive, path):
    make_post(blog, title="First", slug="first")
    assert own_problems([BASE + path]) == {}


@pytest.mark.parametrize("path", ["/nowhere/", "/blog/draft/", "/blog/caf%C3%A9/"])
def test_our_page_is_not_there_for_readers(blog, path):
    make_post(blog, title="Draft", slug="draft", live=False)
    assert own_problems([BASE + path]) == {BASE + path: "there is no such page"}


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("200", ""), ("moved", ""), ("403", ""), ("405", ""), ("429", ""),
        ("404", "there is no such page"), ("410", "there is no such page"), ("503", "answers with an error (503)"),
        ("circle", "leads in a circle"), ("cut", "did not answer"),
    ],
)  # fmt: skip
def test_another_site_answers(other_site, name, problem):
    link = f"{other_site}/{name}"
    assert foreign_problems([link], only_public=False) == ({link: problem} if problem else {})


def test_a_closed_port_did_not_answer():
    assert foreign_problems(["http://127.0.0.1:9/"], only_public=False) == {"http://127.0.0.1:9/": "did not answer"}


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]"])
def test_nothing_inside_the_network_is_asked(host):
    link = f"http://{host}/200"
    assert foreign_problems([link]) == {link: "leads into a private network"}


def test_a_link_to_a_page_that_is_not_there_holds_the_issue_back(client, archive, monkeypatch):
    from newsletter.desk import campaigns as desk

    client.force_login(make_user(OFFICE))
    monkeypatch.setattr(desk, "foreign_problems", lambda links: dict.fromkeys(links, "did not answer"))
    body = [
        ("text", f'<p><a href="{BASE}/nowhere/">Gone</a> <a href="https://away.example/x?a=1&amp;b=2">Away</a></p>')
    ]
    issue = make_issue(archive, body=body)
    url = reverse("newsletter_desk:prepare", args=[issue.pk])
    page = client.get(url).content.decode()
    assert "http://localhost:8000/nowhere/: there is no such page" in page
    assert "https://away.example/x?a=1&amp;b=2: did not answer" in page
    revision = issue.get_latest_revision()
    client.post(url, {"revision_id": revision.pk, "content_hash": revision.as_object().edition(), "scheduled_at": ""})
    assert not Campaign.objects.exists()
