"""A cache is no dependency: one that fails is a miss, and one that can't be used at all is refused at start."""

import logging
import os
import subprocess
import sys

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.exceptions import ImproperlyConfigured

from innerbalance.caching.backend import PAUSE_SECONDS, CacheThatMayFail
from tests.factories import make_post

PASSWORD = "the password of the cache"


class FailingCache(LocMemCache):
    """A cache whose server does not answer."""

    asked = 0

    def _fail(self, *args, **kwargs):
        type(self).asked += 1
        raise ConnectionError(f"redis://:{PASSWORD}@cache/ does not answer")

    add = get = set = touch = delete = incr = clear = _fail


def setting(backend: str) -> dict:
    return {"default": {"BACKEND": "innerbalance.caching.backend.CacheThatMayFail", "OPTIONS": {"behind": backend}}}


@pytest.fixture
def failing(settings):
    settings.CACHES = setting({"BACKEND": f"{__name__}.FailingCache"})
    FailingCache.asked = 0
    return caches["default"]


@pytest.fixture
def working(settings):
    settings.CACHES = setting({"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "working"})
    yield caches["default"]
    caches["default"].clear()


def test_a_cache_that_works_is_used_as_it_is(working):
    assert working.get("a", "nothing") == "nothing"
    assert working.add("a", 1)
    assert not working.add("a", 2)
    assert working.get("a") == 1
    assert working.incr("a", 4) == 5
    assert working.touch("a")
    assert working.delete("a")
    assert not working.touch("a")
    working.set("b", "x", timeout=0)
    assert working.get("b") is None
    working.set("c", "one", version=1)
    assert working.get("c", version=2) is None
    with pytest.raises(ValueError, match="not found"):
        working.incr("missing")
    working.set("d", 1)
    working.clear()
    assert working.get("d") is None
    assert working.works()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (lambda cache: cache.get("a", "nothing"), "nothing"),
        (lambda cache: cache.set("a", 1), None),
        (lambda cache: cache.add("a", 1), True),
        (lambda cache: cache.touch("a"), False),
        (lambda cache: cache.delete("a"), False),
        (lambda cache: cache.clear(), None),
        (lambda cache: cache.get_or_set("a", lambda: "made"), "made"),
        (lambda cache: cache.get_many(["a", "b"]), {}),
        (lambda cache: cache.works(), False),
    ],
)
def test_one_that_fails_is_a_miss(failing, question, answer):
    assert question(failing) == answer
    assert FailingCache.asked


def test_counting_in_one_that_fails_is_as_with_a_missing_key(failing):
    with pytest.raises(ValueError, match="not found"):
        failing.incr("a")


def test_one_that_fails_is_left_alone_for_a_while(failing, monkeypatch):
    moment = 1000.0
    monkeypatch.setattr("innerbalance.caching.backend.time.monotonic", lambda: moment)
    failing.get("a")
    failing.get("a")
    assert FailingCache.asked == 1
    moment += PAUSE_SECONDS
    failing.get("a")
    assert FailingCache.asked == 2


def test_a_failure_is_logged_without_the_servers_address(failing, caplog):
    with caplog.at_level(logging.ERROR):
        failing.get("a")
    assert "ConnectionError" in caplog.text
    assert PASSWORD not in caplog.text


def test_public_pages_answer_all_the_same(failing, client, blog):
    make_post(blog, title="First", slug="first")
    for address in ("/", "/blog/first/", "/request-a-consultation/", "/search/?q=first"):
        assert client.get(address).status_code == 200
    assert FailingCache.asked


@pytest.mark.parametrize("backend", ["no.such.Cache", "django.core.cache.backends.memcached.PyMemcacheCache"])
def test_one_that_cannot_be_imported_cannot_be_made(backend):
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL"):
        CacheThatMayFail("", {"OPTIONS": {"behind": {"BACKEND": backend, "LOCATION": "cache:11211"}}})


def test_the_site_does_not_start_with_one_that_cannot_be_imported():
    environment = os.environ | {"CACHE_URL": "pymemcache://127.0.0.1:11211"}
    code = "import django; django.setup()"
    start = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert start.returncode != 0
    assert "CACHE_URL names a cache that can't be used" in start.stderr
