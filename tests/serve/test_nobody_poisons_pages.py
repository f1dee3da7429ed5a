"""Whatever a visitor sends, what others get stays what the application renders for somebody who says nothing."""

import contextlib
import re
import socket

import pytest

from .readers import ask, plain
from .stack import wait_for

PAGES = ("/", "/blog/", "/services/", "/team/", "/locations/mesa/", "/privacy/", "/blog/feed/", "/robots.txt")
BAD = "evil.example"
ODD_HEADERS = (
    {"X-Forwarded-Host": BAD},
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-For": f"1.2.3.4, {BAD}"},
    {"X-Forwarded-Port": "666"},
    {"Forwarded": f"host={BAD};proto=https"},
    {"X_Forwarded_Host": BAD},
    {"X-Original-URL": "/admin/"},
    {"X-Rewrite-URL": "/admin/"},
    {"Accept": "application/json"},
    {"Accept": "image/avif"},
    {"Accept-Encoding": "br;q=0, gzip;q=0"},
    {"Accept-Encoding": "*"},
    {"Accept-Encoding": "gzip;q=0.5, br;q=0.000, zstd"},
    {"Accept-Language": "es-MX"},
    {"Cookie": "session=not-one; csrf=x"},
    {"Cookie": "language=es"},
    {"Authorization": "Basic b3duZXI6eA=="},
    {"Range": "bytes=0-10"},
    {"If-None-Match": "*"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Save-Data": "on"},
    {"Sec-Purpose": "prefetch"},
)
ODD_TARGETS = (
    "{0}?", "{0}?utm_source=x", "{0}%3Futm=x", "/{0}", "{0}./", "{0}/", "{0}%2e/", "{0}%2e%2e/", "{0}index.html",
    "{0}index.html.gz", "{0}index.html.br", "{0}index.atom", "{0};x=1", "{0}%00", "{0}%0d%0aX-Y:1", "{0}#x", "{0}\\",
    "http://localhost:{port}{0}", "http://evil.example{0}", "/..{0}", "/open/at{0}", "/away.html", "/lease",
)  # fmt: skip


@pytest.fixture
def warm(stack):
    """The pages are kept."""
    for path in PAGES:
        wait_for(lambda path=path: _file_of(path) in _kept_after_asking(stack, path), what=f"{path} to be kept")
    return stack


def _kept_after_asking(stack, path):
    ask(stack.port, path)
    return stack.kept_files()


def _file_of(path):
    if path == "/robots.txt":
        return "robots.txt"
    return f"{path[1:]}index.{'atom' if path.endswith('/feed/') else 'html'}"


def _raw(port, text: str) -> bytes:
    """What comes back for these very bytes, until the other side closes or has nothing to say."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.settimeout(2)
        client.sendall(text.encode("latin-1"))
        got = b""
        with contextlib.suppress(OSError):
            while part := client.recv(65536):
                got += part
        return got


def _assert_clean(stack):
    """Each kept file is what the application renders now, in each of its forms, and its name is a page's."""
    wait_for(lambda: _file_of("/") in _kept_after_asking(stack, "/"), what="the home page to be kept")
    files = {name: file.read_bytes() for name, file in stack.kept_files().items()}
    stack.do("from innerbalance.caching import touch_site; touch_site()")
    names = [name for name in files if not name.endswith((".br", ".gz"))]
    assert names
    for name in names:
        path = "/" + re.sub(r"index\.(html|atom|rss)$", "", name)
        path += "rss/" if name.endswith(".rss") and not path.endswith("rss/") else ""
        kept = {ending: files.get(name + ending) for ending in ("", ".br", ".gz")}
        status, _, fresh = ask(stack.app_port, f"{path}?fresh=1", host=stack.host, Accept_Encoding="identity")
        assert status == 200, path
        fresh = _without_query(fresh)
        for ending, encoding in (("", ""), (".br", "br"), (".gz", "gzip")):
            if kept[ending] is not None:
                content = plain(kept[ending], encoding)
                assert _without_query(content) == fresh, path
                assert BAD.encode() not in content
                assert b"https://localhost" not in content


def _without_query(content: bytes) -> bytes:
    """And without the minute that the hours were looked up at: a page that holds is given again as it was."""
    return re.sub(rb"as of [^<]*", b"", content.replace(b"?fresh=1", b""))


def test_headers(warm):
    for port in (warm.port, warm.app_port):
        for headers in ODD_HEADERS:
            warm.do("from innerbalance.caching import touch_site; touch_site()")
            for path in ("/", "/blog/", "/locations/mesa/"):
                # The first one meets a cold page and might leave its own; the second gets what was left.
                ask(port, path, host=warm.host, **headers)
                status, got, content = ask(warm.port, path, Accept_Encoding="identity")
                assert status == 200, (path, headers)
                assert BAD.encode() not in content, (path, headers)
                assert "set-cookie" not in got
                assert b"</html>" in content, (path, headers)
    _assert_clean(warm)


def test_addresses(warm):
    known = set(warm.kept_files())
    for port in (warm.port, warm.app_port):
        for target in ODD_TARGETS:
            for path in ("/", "/blog/"):
                line = target.format(path, port=warm.port)
                _raw(port, f"GET {line} HTTP/1.1\r\nHost: {warm.host}\r\nConnection: close\r\n\r\n")
                _raw(port, f"HEAD {line} HTTP/1.1\r\nHost: {warm.host}\r\nConnection: close\r\n\r\n")
        for hosts in ((BAD,), (warm.host, BAD), (BAD, warm.host), (warm.host.upper(),), ("localhost",), ("127.0.0.1",)):
            lines = "".join(f"Host: {host}\r\n" for host in hosts)
            got = _raw(port, f"GET /team/ HTTP/1.1\r\n{lines}Connection: close\r\n\r\n")
            assert BAD.encode() not in got
        _raw(port, "GET /BLOG/ HTTP/1.1\r\nHost: " + warm.host + "\r\nConnection: close\r\n\r\n")
    # Pages that other tests read may have been warmed meanwhile; nothing else came, and each is what its name says.
    added = set(warm.kept_files()) - known
    assert all(re.fullmatch(r"[a-z0-9/-]*index\.(html|atom|rss)(\.br|\.gz)?", name) for name in added), added
    _assert_clean(warm)


def test_addresses_meet_no_files_of_ours(warm):
    """Nobody reads the folder beside the pages by a clever address."""
    for target in ("/open/at/", "/lease", "/asked.json", "/generations/", "/../env", "/%2e%2e/env", "/none/x"):
        got = _raw(warm.port, f"GET {target} HTTP/1.1\r\nHost: {warm.host}\r\nConnection: close\r\n\r\n")
        assert got.split(b" ")[1] in {b"400", b"404", b"301", b"302"}, target
        assert b"SECRET_KEY" not in got


def test_a_flood_of_missing_pages_leaves_nothing(warm):
    known = set(warm.kept_files())  # the companion may add a page that exists meanwhile
    for number in range(150):
        port = (warm.port, warm.app_port)[number % 2]
        assert ask(port, f"/blog/nothing-{number}/", host=warm.host)[0] == 404
        assert ask(port, f"/{number}/", host=warm.host)[0] == 404
    added = set(warm.kept_files()) - known
    assert not [file for file in added if "nothing" in file or file.split("/")[0].isdigit() or "404" in file]
    assert len(added) < 30  # of ten real pages at most


def test_a_session_neither_gets_nor_leaves_a_kept_page(warm):
    name = "session"
    for port in (warm.port, warm.app_port):
        for cookie in (f"{name}=abc", f"a=b; {name}=abc", f"a=b;{name}=abc"):
            warm.do("from innerbalance.caching import touch_site; touch_site()")
            before = set(warm.kept_files())
            _, headers, _ = ask(port, "/services/fees/", host=warm.host, Cookie=cookie)
            assert "no-store" in headers["cache-control"]
            assert "services/fees/index.html" not in set(warm.kept_files()) - before
            ask(warm.port, "/services/fees/")
            _, headers, _ = ask(port, "/services/fees/", host=warm.host, Cookie=cookie)
            assert "no-store" in headers["cache-control"]


def test_drafts_and_restricted_pages_are_not_kept(warm):
    slugs = warm.do("""
from wagtail.models import Page, PageViewRestriction as R
from innerbalance.pages.models import HomePage, StandardPage
home = HomePage.objects.get()
draft = home.add_child(instance=StandardPage(title='A draft', slug='a-draft', live=False))
draft.save_revision()
closed = home.add_child(instance=StandardPage(title='For few', slug='for-few'))
R.objects.create(page=closed, restriction_type=R.PASSWORD, password='open sesame')
result = ['a-draft', 'for-few']
""")
    for slug in slugs:
        for port in (warm.port, warm.app_port):
            status, _, content = ask(port, f"/{slug}/", host=warm.host)
            assert status in {302, 401, 403, 404, 200}
            assert b"<h1>For few" not in content
        assert not [name for name in warm.kept_files() if name.startswith(slug)]
    _assert_clean(warm)
