"""Before an issue is sent, its links are followed: ours in-process, others over the wire."""

import http.server
import socket
import threading

import pytest
from django.urls import reverse

from innerbalance.security.roles import OFFICE
from newsletter.models import Campaign
from newsletter.rules.checklist import LinkFault, LinkProblem
from newsletter.services import link_check
from newsletter.services.link_check import NO_ANSWER, foreign_problems, own_problems
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
    assert own_problems([BASE + path]) == {BASE + path: LinkProblem(LinkFault.NO_SUCH_PAGE)}


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("200", None), ("moved", None), ("403", None), ("405", None), ("429", None),
        ("404", LinkProblem(LinkFault.NO_SUCH_PAGE)), ("410", LinkProblem(LinkFault.NO_SUCH_PAGE)),
        ("500", LinkProblem(LinkFault.ERROR, 500)), ("503", LinkProblem(LinkFault.ERROR, 503)),
        ("circle", LinkProblem(LinkFault.CIRCLE)), ("cut", NO_ANSWER),
    ],
)  # fmt: skip
def test_another_site_answers(other_site, name, problem):
    link = f"{other_site}/{name}"
    assert foreign_problems([link], only_public=False) == ({link: problem} if problem else {})


def test_a_closed_port_did_not_answer():
    assert foreign_problems(["http://127.0.0.1:9/"], only_public=False) == {"http://127.0.0.1:9/": NO_ANSWER}


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "[::1]",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "[::127.0.0.1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
    ],
)
def test_nothing_inside_the_network_is_asked(host):
    link = f"http://{host}/200"
    assert foreign_problems([link]) == {link: LinkProblem(LinkFault.PRIVATE_NETWORK)}


@pytest.fixture
def slow_site():
    """Begins to answer at once and sends a byte of a header now and then, for as long as it is listened to."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def answer():
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not stop.wait(0.02):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=answer)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    stop.set()
    thread.join()
    listener.close()


def test_a_site_that_answers_a_byte_at_a_time_is_given_up_at_the_deadline(slow_site, monkeypatch):
    # Each byte comes well within the time that one link has; without a deadline for all of it this would never end.
    monkeypatch.setattr(link_check, "SECONDS", 0.3)
    assert foreign_problems([slow_site], only_public=False) == {slow_site: NO_ANSWER}


def test_links_that_nobody_could_ask_in_time_did_not_answer(monkeypatch):
    stop = threading.Event()
    monkeypatch.setattr(link_check, "ALTOGETHER", 0.1)
    # A name server that does not answer can't be hurried.
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: stop.wait(30) and [])
    links = [f"https://{number}.example/" for number in range(20)]
    try:
        assert foreign_problems(links) == dict.fromkeys(links, NO_ANSWER)
    finally:
        stop.set()


def test_a_redirect_into_the_network_is_not_followed(other_site, monkeypatch):
    link = f"{other_site}/moved"
    asked = iter([True, False])
    monkeypatch.setattr(link_check, "is_public", lambda address: next(asked))
    assert foreign_problems([link]) == {link: LinkProblem(LinkFault.PRIVATE_NETWORK)}


def test_a_link_to_a_page_that_is_not_there_holds_the_issue_back(client, archive, monkeypatch):
    from newsletter.desk import campaigns as desk

    client.force_login(make_user(OFFICE))
    monkeypatch.setattr(desk, "foreign_problems", lambda links: dict.fromkeys(links, NO_ANSWER))
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
