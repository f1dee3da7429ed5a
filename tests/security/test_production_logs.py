"""A production log has one line for each fault and each refused sign-in, and nobody's words in it."""

import io
import json
import logging
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from innerbalance.security.encryption import new_key_text
from innerbalance.security.logs import JsonLinesFormatter, where
from innerbalance.settings.logs import LOGGING
from innerbalance.urls import *  # noqa: F403
from innerbalance.urls import urlpatterns as site_patterns
from tests.factories import make_user

WORDS = "something said in confidence"


def fault(request, token):
    try:
        raise KeyError(WORDS)
    except KeyError as error:
        raise ValueError(request.POST.get("message", WORDS)) from error


def warn(request):
    logging.getLogger("somebody.else").warning("cannot send to %s", WORDS)
    logging.getLogger("somebody.else").error(f"cannot send to {WORDS}")
    logging.getLogger("intake.services").warning("two\nlines of %s", "ours")
    return HttpResponse("ok")


urlpatterns = [path("fault/<token>/", fault), path("warn/", warn), *site_patterns]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def log():
    """The lines that a production site writes; logging is put back afterwards."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLinesFormatter())
    before = {}
    for name, settings in {"": LOGGING["root"], **LOGGING["loggers"]}.items():
        target = logging.getLogger(name)
        before[target] = (list(target.handlers), target.level, target.propagate)
        target.handlers = [handler] if "handlers" in settings else []
        target.setLevel(settings["level"])
        target.propagate = settings.get("propagate", True)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for target, (target.handlers, level, target.propagate) in before.items():
        target.setLevel(level)


def test_a_production_site_starts_and_writes_its_log_so():
    secret = "{}-is-of-no-use-elsewhere-but-long-and-of-many-letters-0123456789".format
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "innerbalance.settings.production",
        "SECRET_KEY": secret("one"),
        "HASH_KEYS": secret("another"),
        "INTAKE_KEYS": new_key_text(),
        "ALLOWED_HOSTS": "www.example.org",
    }
    code = "import django, logging; django.setup(); logging.getLogger('somebody.else').error('sent %s', 'private')"
    start = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert start.returncode == 0, start.stderr
    line = json.loads(start.stderr)
    moment = datetime.fromisoformat(line.pop("time"))
    assert moment.tzinfo == UTC
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)
    assert line == {"level": "ERROR", "logger": "somebody.else", "request_id": None, "message": "sent %s"}


def test_a_fault_is_one_line_of_types_and_places(db, log):
    response = Client(raise_request_exception=False).post(
        "/fault/secret-token/", {"message": WORDS}, headers={"x-request-id": "abcdef-123456"}
    )
    (line,) = log()
    assert response.status_code == 500
    assert (line["level"], line["logger"], line["request_id"]) == ("ERROR", "django.request", "abcdef-123456")
    assert line["message"] == "POST /fault/<token>/ answered 500"
    assert line["error"].startswith("ValueError from KeyError at tests/security/test_production_logs.py:")
    assert WORDS not in str(line)
    assert "secret-token" not in str(line)


def test_the_answer_to_a_fault_says_its_id(db, log):
    response = Client(raise_request_exception=False).get("/fault/x/", headers={"x-request-id": "no id\u2028"})
    made = response["X-Request-ID"]
    assert len(made) == 32
    assert log()[0]["request_id"] == made
    assert "X-Request-ID" not in Client().get("/warn/")


def test_other_peoples_messages_lose_their_arguments(db, log):
    Client().get("/warn/")
    first, second, third = (line["message"] for line in log())
    assert first == "cannot send to %s"
    assert second.startswith("event at test_production_logs:")
    assert third == "two\nlines of ours"
    assert WORDS not in str(log())


def test_a_refused_sign_in_is_logged_without_its_name(home, log):
    make_user("Owners", username="owner")
    client = Client(REMOTE_ADDR="192.0.2.7")
    client.post("/admin/login/", {"username": "owner", "password": "wrong"})
    (line,) = log()
    assert line["message"] == "Refused sign-in from network 192.0.2.0/24"
    assert "owner" not in str(line)


def test_a_wrong_address_is_no_event(home, log):
    assert Client().get("/no/such/page/").status_code == 404
    assert log() == []


def test_a_foreign_host_is(home, log):
    assert Client(headers={"host": "evil.example"}).get("/").status_code == 400
    assert "django.security.DisallowedHost" in [line["logger"] for line in log()]
    assert "evil" not in str(log())


def test_a_cause_that_was_hidden_on_purpose_is_not_named():
    def hide():
        try:
            raise KeyError(WORDS)
        except KeyError:
            raise DisallowedHost(WORDS) from None

    with pytest.raises(DisallowedHost) as caught:
        hide()
    assert where(caught.value).startswith("DisallowedHost at tests/security/test_production_logs.py:")
    assert where(ValueError(WORDS)) == "ValueError"
