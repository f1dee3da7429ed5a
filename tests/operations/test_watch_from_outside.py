"""/healthz, /readyz and /metrics: what monitors read, and what strangers don't."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from innerbalance.caching import touch_site
from innerbalance.housekeeping.models import HousekeepingRun
from innerbalance.operations import views
from innerbalance.operations.installation import data
from innerbalance.security.models import RecordKey
from intake.models import OutgoingEmail
from tests.factories import make_post

pytestmark = pytest.mark.django_db
TOKEN = "a-token-for-tests-alone-0123456789"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def ran(monkeypatch):
    monkeypatch.setattr(views, "_tables_right_until", 0.0)
    return HousekeepingRun.objects.create(job="publish-scheduled", started_at=timezone.now())


def test_a_process_that_answers_is_healthy(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert "no-store" in response["Cache-Control"]


def test_ready(client, ran):
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert not response.cookies


def late(ran, settings, monkeypatch):
    HousekeepingRun.objects.update(started_at=timezone.now() - timedelta(minutes=6))


def never(ran, settings, monkeypatch):
    HousekeepingRun.objects.all().delete()


def other_tables(ran, settings, monkeypatch):
    monkeypatch.setattr(data, "pending_migrations", lambda: 3)


def lost_key(ran, settings, monkeypatch):
    RecordKey.objects.create(record="00000000-0000-0000-0000-000000000001", key_name="gone", wrapped=b"0")


def no_key(ran, settings, monkeypatch):
    settings.INTAKE_KEYS = []


def no_cache(ran, settings, monkeypatch):
    monkeypatch.setattr(type(cache), "get", lambda *args, **kwargs: None, raising=False)
    monkeypatch.setattr("innerbalance.operations.installation.data.cache_works", lambda: False)


@pytest.mark.parametrize(
    ("breaking", "words"),
    [
        (late, "housekeeping is late"),
        (never, "housekeeping is late"),
        (other_tables, "3 migrations are not applied"),
        (lost_key, "its key is missing from INTAKE_KEYS"),
        (no_key, "INTAKE_KEYS is empty"),
        (no_cache, "the cache does not answer"),
    ],
)
def test_not_ready(client, ran, settings, monkeypatch, breaking, words):
    settings.METRICS_TOKEN = TOKEN
    breaking(ran, settings, monkeypatch)
    for stranger in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}):
        response = client.get("/readyz", headers=stranger)
        assert (response.status_code, response.text) == (503, "not ready\n")
    assert words in client.get("/readyz", headers=BEARER).text


def test_the_tables_are_not_looked_at_for_each_request(client, ran, monkeypatch):
    asked = []

    def look() -> int:
        asked.append("asked")
        return 0

    monkeypatch.setattr(data, "pending_migrations", look)
    assert [client.get("/readyz").status_code for _ in range(3)] == [200] * 3
    assert asked == ["asked"]


def test_just_in_time(client, ran):
    HousekeepingRun.objects.update(started_at=timezone.now() - timedelta(minutes=4, seconds=50))
    assert client.get("/readyz").status_code == 200


def test_a_blank_token_opens_nothing(client, settings):
    settings.METRICS_TOKEN = ""
    for given in ("", "Bearer", "Bearer "):
        assert client.get("/metrics", headers={"Authorization": given}).status_code == 404
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer wrong", f"Bearer {TOKEN}x", f"bearer {TOKEN}", "Bearer é", TOKEN]
)
def test_a_wrong_token_is_an_address_that_is_not_there(client, settings, given):
    settings.METRICS_TOKEN = TOKEN
    response = client.get("/metrics", headers={"Authorization": given} if given else {})
    assert response.status_code == 404
    assert response.templates[0].name == "404.html"
    assert "innerbalance_" not in response.text


def sample(text: str, name: str) -> float:
    (value,) = re.findall(rf"^{re.escape(name)} (\S+)$", text, flags=re.MULTILINE)
    return float(value)


@pytest.fixture
def metered(settings, tmp_path):
    settings.METRICS_TOKEN, settings.VAR_DIR = TOKEN, tmp_path
    return Client(raise_request_exception=False)


def test_metrics(metered, blog, ran):
    make_post(blog, title="A private title", slug="a-private-title")
    metered.get("/blog/a-private-title/", {"q": "private-words"})
    metered.get("/newsletter/confirm/a-private-token/")
    metered.get("/no/such-private-page/")
    OutgoingEmail.objects.create(kind="digest", made_at=timezone.now(), due_at=timezone.now(), state="failed")
    response = metered.get("/metrics", headers=BEARER)
    text = response.text
    assert response["Content-Type"].startswith("text/plain")
    assert "no-store" in response["Cache-Control"]
    assert "private" not in text
    assert sample(text, 'innerbalance_requests_total{route="wagtail_serve",status="2xx"}') >= 1
    assert sample(text, 'innerbalance_requests_total{route="wagtail_serve",status="4xx"}') >= 1
    assert sample(text, 'innerbalance_request_seconds_count{route="newsletter:confirm"}') >= 1
    assert sample(text, 'innerbalance_mails{queue="office",state="failed"}') == 1
    assert sample(text, 'innerbalance_mails{queue="newsletter",state="sent"}') == 0
    assert sample(text, "innerbalance_housekeeping_age_seconds") < 60
    assert sample(text, 'innerbalance_disk_free_bytes{disk="1"}') > 0
    assert sample(text, "innerbalance_database_up") == 1


def test_kept_pages_are_counted(metered, kept, home):
    touch_site()
    metered.get("/", headers={"host": "testserver"})
    text = metered.get("/metrics", headers=BEARER).text
    assert sample(text, "innerbalance_kept_pages") == 1
    assert sample(text, "innerbalance_kept_pages_open") == 1


def test_without_a_token_nothing_is_counted_nor_loaded(client, settings, home):
    assert not settings.METRICS_TOKEN
    client.get("/")
    names = [type(part).__name__ for part in _chain(client.handler)]
    assert "RequestMetricsMiddleware" not in names


def _chain(handler):
    part = handler._middleware_chain
    while part is not None:
        part = getattr(part, "__wrapped__", part)
        yield part
        part = getattr(part, "get_response", None)
