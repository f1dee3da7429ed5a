"""Which answers are kept as finished bytes: complete public pages, asked for by nobody in particular."""

import gzip
import io

import brotli
import pytest
from wagtail.models import PageViewRestriction

from innerbalance.caching import generations, touch_site
from innerbalance.caching.door import with_kept_pages_first
from tests.factories import make_post, make_standard_page, make_user


@pytest.fixture
def site(home, blog, kept):
    make_standard_page(home, slug="services")
    make_post(blog, title="First", slug="first")
    return kept


def files(kept) -> set[str]:
    """Kept files of all generations, without the compressed ones."""
    found = kept.root.glob("generations/*/pages/**/*")
    names = {str(file).partition("/pages/")[2] for file in found if file.is_file()}
    return {name for name in names if not name.endswith((".gz", ".br"))}


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/services/", "services/index.html"),
        ("/blog/first/", "blog/first/index.html"),
        ("/blog/feed/", "blog/feed/index.atom"),
        ("/blog/feed/rss/", "blog/feed/rss/index.rss"),
        ("/robots.txt", "robots.txt"),
        ("/sitemap.xml", "sitemap.xml"),
    ],
)
def test_a_public_page_is_kept_in_three_forms(client, site, address, file):
    page = client.get(address).content
    kept = next(site.root.glob(f"generations/*/pages/{file}"))
    assert kept.read_bytes() == page
    if len(page) >= 200:
        assert brotli.decompress(kept.with_name(f"{kept.name}.br").read_bytes()) == page
        assert gzip.decompress(kept.with_name(f"{kept.name}.gz").read_bytes()) == page


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "session=x"},
        {"cookie": "theme=dark"},
        {"authorization": "Basic eDp4"},
        {"range": "bytes=0-10"},
        {"host": "elsewhere.example"},
        {"host": "testserver:81"},
    ],
)
def test_who_says_more_than_an_address_leaves_nothing(client, site, settings, headers):
    settings.ALLOWED_HOSTS = ["*"]
    client.get("/", headers=headers)
    assert files(site) == set()


@pytest.mark.parametrize(
    "address",
    ["/?utm_source=letter", "/?page=2", "/search/", "/search/?q=rest", "/nothing/", "/blog/nothing/", "/admin/login/"],
)
def test_an_address_with_a_query_a_fault_and_the_admin_leave_nothing(client, site, address):
    client.get(address)
    assert files(site) <= {"search/index.html"}


@pytest.mark.parametrize("method", ["post", "put", "head", "options", "delete"])
def test_only_a_get_is_kept(client, site, method):
    getattr(client, method)("/services/")
    assert files(site) == set()


def test_what_somebody_signed_in_sees_is_not_kept(client, site):
    client.force_login(make_user("Editors"))
    client.get("/blog/first/")
    assert files(site) == set()


def test_a_restricted_page_and_a_draft_are_not_kept(client, home, site):
    secret = make_standard_page(home, slug="secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="password", password="x")
    make_standard_page(home, slug="draft", live=False)
    client.get("/secret/")
    client.get("/draft/")
    assert files(site) == set()


def test_a_page_from_before_a_change_is_not_kept(client, site, monkeypatch):
    """The site changes while the page is rendered: nobody is ever served that page."""
    from innerbalance.caching import middleware

    whether = middleware.file_to_keep

    def change_meanwhile(request, response):
        touch_site()
        return whether(request, response)

    monkeypatch.setattr(middleware, "file_to_keep", change_meanwhile)
    client.get("/services/")
    assert files(site) == set()


def test_a_full_disk_is_no_readers_trouble(client, site, monkeypatch, caplog):
    from innerbalance.kept_pages import folder

    def refuse(file, variant):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "_write", refuse)
    monkeypatch.setattr(generations, "_refusal_logged", float("-inf"))
    for _ in range(3):
        assert client.get("/services/").status_code == 200
    said = [record.message for record in caplog.records if "can't be kept" in record.message]
    assert said == ["Finished pages can't be kept: No space left on device"]  # each page is refused, and said once


class TestTheDoor:
    """Without nginx the application serves the same bytes, before anything of Django's runs."""

    def ask(self, kept, path="/services/", method="GET", **environ):
        asked = []

        def django(environ, start_response):
            asked.append(environ["PATH_INFO"])
            start_response("200 OK", [])
            return [b"from Django"]

        answered = {}

        def start_response(status, headers, exc_info=None):
            answered.update(status=status, headers=dict(headers))

        given = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), **environ,
        }  # fmt: skip
        body = b"".join(with_kept_pages_first(django)(given, start_response))
        return body, answered["status"], answered["headers"], bool(asked)

    def test_the_bytes_and_headers_are_those_of_the_application(self, client, site):
        page = client.get("/services/", headers={"accept-encoding": "br"})
        body, status, headers, asked = self.ask(site, HTTP_ACCEPT_ENCODING="gzip, br")
        assert (body, status, asked) == (page.content, "200 OK", False)
        assert headers == dict(page.items())

    def test_no_database_is_asked(self, client, site, django_assert_num_queries):
        client.get("/services/")
        with django_assert_num_queries(0):
            assert not self.ask(site)[3]

    def test_who_has_it_gets_no_bytes(self, client, site):
        tag = client.get("/services/")["ETag"]
        body, status, headers, asked = self.ask(site, HTTP_IF_NONE_MATCH=tag)
        assert (body, status, asked) == (b"", "304 Not Modified", False)
        assert "Content-Length" not in headers

    def test_a_head_has_the_headers_alone(self, client, site):
        client.get("/services/")
        whole, head = self.ask(site), self.ask(site, method="HEAD")
        assert head[0] == b""
        assert head[1:] == whole[1:]

    @pytest.mark.parametrize(
        "environ",
        [
            {"method": "POST"},
            {"QUERY_STRING": "a=b"},
            {"HTTP_HOST": "elsewhere.example"},
            {"HTTP_HOST": "testserver:81"},
            {"HTTP_COOKIE": "sessionid=x"},
            {"HTTP_COOKIE": "a=b; sessionid=x"},
            {"wsgi.url_scheme": "https"},
            {"path": "/services"},
            {"path": "/SERVICES/"},
            {"path": "/services/index.html"},
            {"path": "/services/../services/"},
            {"path": "//services/"},
            {"path": "/\x00/"},
        ],
    )
    def test_everything_else_is_asked_of_the_application(self, client, site, environ):
        client.get("/services/")
        assert self.ask(site, **environ)[3]

    def test_a_change_is_seen_by_the_next_request(self, client, site):
        client.get("/services/")
        assert not self.ask(site)[3]
        touch_site()
        assert self.ask(site)[3]

    def test_a_form_that_is_refused_is_not_sent(self, client, site):
        client.get("/services/")
        assert "Content-Encoding" not in self.ask(site, HTTP_ACCEPT_ENCODING="br;q=0, gzip;q=0.0")[2]
        assert self.ask(site, HTTP_ACCEPT_ENCODING="br;q=0, gzip")[2]["Content-Encoding"] == "gzip"
