"""Whatever stands in an address, a query, a header, a cookie or a posted field: never a server error."""

import itertools
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tests.templates.small_site import build_small_site

NASTY = [
    "",
    "\x00",
    "a\x00b",
    "0",
    "-1",
    "12",
    "0000000012",
    "9" * 20,
    "9" * 5000,
    "9999",
    "1e400",
    "NaN",
    "٢٠٢٦",
    "²",
    "..",
    "../../etc/passwd",
    "%",
    "%00",
    "a" * 300,
    "a" * 5000,
    "\r\nSet-Cookie: a=b",
    "\ud7ff\U0010ffff",
    "\u202e\u200b",
    "é",
    "'\"<script>",
    "${7*7}{{7*7}}",
    "9999-12-31",
    "23:59",
]
VALUES = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.integers().map(str))

PATHS = [
    "/{}",
    "/{}/",
    "/{}/{}/",
    "/admin/{}/",
    "/blog/{}/",
    "/blog/{}/{}/",
    "/blog/{}/{}/{}/",
    "/blog/2026/{}/",
    "/blog/{}/12/",
    "/blog/topic/{}/",
    "/blog/author/{}/",
    "/blog/feed/{}/",
    "/documents/{}/{}",
    "/locations/{}/",
    "/locations/{}/contact-card/",
    "/media/{}",
    "/media/images/{}",
    "/newsletter/{}/",
    "/newsletter/confirm/{}/",
    "/newsletter/unsubscribe/{}/",
    "/newsletter/come-back/{}/",
    "/newsletter/preferences/{}/",
    "/newsletter/preferences/{}/export/",
    "/newsletter/preferences/{}/delete/",
    "/request-a-consultation/{}/",
    "/request-a-consultation/received/{}/",
    "/self-assessment/{}/",
    "/self-assessment/{}/started/",
    "/static/{}",
    "/team/{}/",
    "/.well-known/{}",
]
PAGES = ["/", "/blog/", "/blog/feed/", "/search/", "/sitemap.xml", "/locations/", "/team/", "/request-a-consultation/"]
PARAMETERS = ["q", "page", "topic", "year", "office", "from", "about", "p", "format", "next"]
FORMS = {
    "/request-a-consultation/": [
        "name", "pronouns", "phone", "email", "office", "contact_by", "voicemail", "message", "begun", "website",
        "office_id", "about", "assessment_summary", "assessment_answers", "step",
    ],
    "/request-a-consultation/begin/": ["assessment_summary", "assessment_answers", "about", "office"],
    "/newsletter/sign-up/": ["email", "name", "begun", "website", "next", "from"],
    "/self-assessment/how-near/": ["q1", "q2", "without"],
}  # fmt: skip
HEADERS = [
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Content-Length",
    "Content-Type",
    "Forwarded",
    "Host",
    "If-Modified-Since",
    "If-None-Match",
    "Origin",
    "Range",
    "Referer",
    "Sec-Fetch-Site",
    "Script-Name",
    "User-Agent",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Request-Id",
]
TRIES = effort(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def reader(db) -> Client:
    build_small_site()
    return Client(raise_request_exception=False)


def _no_server_error(response) -> None:
    # 503 is the honest answer while something that a page needs is down; here nothing is.
    assert response.status_code < 500, (response.status_code, response.request["PATH_INFO"])


def _filled(path: str, values: list[str]) -> str:
    return path.format(*(quote(value, safe="") for value in values))


def _as_sent(value: str) -> str:
    """As a server hands a header on: its bytes as Latin-1."""
    return value.encode("utf-8", "ignore").decode("latin-1")


def test_every_nasty_value_in_every_path(reader):
    for path, value in itertools.product(PATHS, NASTY):
        _no_server_error(reader.get(_filled(path, [value] * 3)))


@TRIES
@given(path=st.sampled_from(PATHS), values=st.lists(VALUES, min_size=3, max_size=3))
@example(path="/blog/{}/{}/", values=["9999", "12", ""])
@example(path="/blog/{}/{}/", values=["9" * 20, "1", ""])
def test_any_text_in_a_path(reader, path, values):
    _no_server_error(reader.get(_filled(path, values)))


@TRIES
@given(page=st.sampled_from(PAGES), query=st.dictionaries(st.sampled_from(PARAMETERS), VALUES, min_size=1, max_size=3))
@example(page="/blog/", query={"page": "0000000012"})
@example(page="/search/", query={"q": "a\x00b", "page": "9" * 5000})
def test_any_text_in_a_query(reader, page, query):
    _no_server_error(reader.get(f"{page}?{urlencode(query)}"))


@TRIES
@given(data=st.data(), address=st.sampled_from(sorted(FORMS)))
def test_any_text_in_a_posted_field(reader, data, address):
    fields = data.draw(st.dictionaries(st.sampled_from(FORMS[address]), VALUES, max_size=6))
    _no_server_error(reader.post(address, fields, headers={"Sec-Fetch-Site": "same-origin"}))


@TRIES
@given(
    page=st.sampled_from(PAGES),
    header=st.sampled_from(HEADERS),
    value=VALUES.filter(lambda text: "\r" not in text and "\n" not in text),
)
@example(page="/", header="Script-Name", value="/elsewhere")
def test_any_text_in_a_header(reader, page, header, value):
    _no_server_error(reader.get(page, headers={header: _as_sent(value)}))


@TRIES
@given(page=st.sampled_from([*PAGES, "/admin/"]), value=VALUES)
@example(page="/admin/", value="a\x00b")
def test_any_text_as_a_session(reader, page, value):
    _no_server_error(reader.get(page, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={_as_sent(value)}"}))
