"""Pages are small: HTML, styles and scripts together, as a server sends them (the promise is 30 KB, the goal 20)."""

import gzip
import io
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from innerbalance.static_files import MinifiedStaticFilesStorage
from tests.factories import make_clinician, make_image, make_post, make_topic

GOAL, PROMISE = 20 * 1024, 30 * 1024
OPEN = {"br": brotli.decompress, "gzip": gzip.decompress}
ENDING = {"br": ".br", "gzip": ".gz"}
PARAGRAPH = "Every sentence here is a little different, so that it packs as prose does: number {n}, then {m}. "
MODULE = re.compile(r'from "\./([a-z-]+\.js)"')


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Path:
    """Our own styles and scripts as `collectstatic` leaves them on a server: minified and compressed."""
    folder = tmp_path_factory.mktemp("static")
    storage = MinifiedStaticFilesStorage(location=folder, base_url="/static/")
    paths = {}
    for name, source in _own_files():
        with source.open(name) as file:
            storage.save(name, file)
        paths[name] = (source, name)
    failed = [problem for *_, problem in storage.post_process(paths) if isinstance(problem, Exception)]
    assert not failed
    return folder


def _own_files():
    for finder in finders.get_finders():
        for name, source in finder.list([]):
            if re.fullmatch(r"(css|js|img)/[a-z-]+\.(css|js|svg)", name):
                yield name, source


def weigh(client, address: str, served: Path, encoding: str) -> dict[str, int]:
    """Bytes of the page and of each file that its browser loads."""
    response = client.get(address, headers={"accept-encoding": encoding})
    assert (response.status_code, response["Content-Encoding"]) == (200, encoding)
    html = OPEN[encoding](response.content).decode()
    found = re.findall(r'<link rel="stylesheet" href="/static/([^"?]+)|<script[^>]* src="/static/([^"?]+)', html)
    names = {style or script for style, script in found}
    for script in [name for name in names if name.endswith(".js")]:
        names |= {f"js/{module}" for module in MODULE.findall((served / script).read_text())}
    assert len(names) >= 5
    sizes = {name: _size(served / name, encoding) for name in sorted(names)}
    return {"html": len(response.content), **sizes}


def _size(file: Path, encoding: str) -> int:
    compressed = file.with_name(file.name + ENDING[encoding])
    # A file of a few lines is sent as it is.
    return (compressed if compressed.exists() else file).stat().st_size


def long_body() -> list:
    """About 1,200 words, as a long article has."""
    paragraphs = [
        "<p>" + "".join(PARAGRAPH.format(n=n * 7 + part, m=n * n + part) for n in range(4)) + "</p>"
        for part in range(17)
    ]
    body = []
    for number, paragraph in enumerate(paragraphs):
        if number % 4 == 0:
            body.append(("heading", {"text": f"Section {number}", "level": "h2"}))
        body.append(("text", paragraph))
    return body


@pytest.mark.parametrize("encoding", list(OPEN))
def test_a_long_article_reaches_the_goal(client, blog, team, served, encoding):
    make_post(
        blog,
        slug="p",
        authors=(make_clinician(team),),
        topics=(make_topic(),),
        hero_image=make_image(),
        hero_alt="A path",
        body=long_body(),
    )
    sizes = weigh(client, "/blog/p/", served, encoding)
    assert sum(sizes.values()) < GOAL, sizes


def test_the_demo_keeps_the_promise_on_every_page(db, client, served, settings, tmp_path, monkeypatch):
    """Also on the article that holds a self-assessment with all its questions, its result and its scripts."""
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    settings.VAR_DIR = tmp_path
    call_command("load_demo", stdout=io.StringIO())
    from wagtail.models import Page

    addresses = [page.url for page in Page.objects.live().specific() if page.url]
    assert len(addresses) > 15
    for address in [*addresses, "/request-a-consultation/", "/self-assessment/how-do-i-relate/"]:
        for encoding in OPEN:
            sizes = weigh(client, address, served, encoding)
            assert sum(sizes.values()) < PROMISE, (address, encoding, sum(sizes.values()), sizes)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5", "br"),
        ("gzip, br;q=0", "gzip"),
        ("br;q=0.0, gzip", "gzip"),
        ("gzip", "gzip"),
        ("brotli", None),
        ("", None),
    ],
)
def test_a_page_comes_as_its_browser_can_read_it(client, home, accepted, encoding):
    plain = client.get("/")
    response = client.get("/", headers={"accept-encoding": accepted})
    assert response.get("Content-Encoding") == encoding
    assert OPEN.get(encoding, bytes)(response.content) == plain.content
    assert "Accept-Encoding" in response["Vary"]
    assert client.get("/", headers={"accept-encoding": accepted}).content == response.content
    etag = {"if-none-match": response["ETag"], "accept-encoding": accepted}
    assert client.get("/", headers=etag).status_code == 304


def test_the_admin_is_not_compressed(admin_client):
    assert "Content-Encoding" not in admin_client.get("/admin/", headers={"accept-encoding": "br"}).headers


def test_what_a_script_imports_is_named_by_its_content(served):
    """So that after an update no kept copy of one meets a new copy of the other."""
    (script,) = served.glob("js/assessment.????????????.js")
    (imported,) = re.findall(r'from "\./(assessment-scoring\.[0-9a-f]{12}\.js)"', script.read_text())
    assert (served / "js" / imported).exists()
