"""Private words come by requests, faults, emails and sign-ins; neither the log nor a fault report has one of them."""

import json

import pytest

from tests.newsletter.mail_server import Server
from tests.operations.installation import Installation, production_environment, run
from tests.operations.private_words import PRIVATE
from tests.operations.report_server import ReportServer


@pytest.fixture(scope="module")
def told(template, tmp_path_factory):
    """(what the process printed, lines of its log, bodies of its reports), from one run with a bad mail server."""
    var = tmp_path_factory.mktemp("told") / "var"
    with Server() as mail, ReportServer() as reports:
        mail.handler.mode = "refuse"
        env = production_environment(var, mail_port=mail.port) | {
            "STATIC_ROOT": str(template / "static"),
            "SENTRY_DSN": reports.dsn,
            "PYTHONPATH": ".",
        }
        Installation(template / "var", var, env)
        done = run("-m", "tests.operations.private_words", env=env)
    return done, done.stderr.splitlines(), reports


def test_the_words_came(told):
    done, _lines, _reports = told
    for what in ("request 303", "sign-up 303", "search 200", "login 200", "host 400"):
        assert what in done.stdout, done.stdout + done.stderr


def test_every_line_of_the_log_is_json(told):
    _done, lines, _reports = told
    parsed = [json.loads(line) for line in lines if line.startswith("{")]
    assert len(parsed) >= 8
    assert lines[: len(parsed)] == [line for line in lines if line.startswith("{")]
    for line in parsed:
        assert {"time", "level", "logger", "request_id", "message"} <= set(line)
    of_requests = [line for line in parsed if line["logger"] == "django.request"]
    assert len(of_requests) == 3
    assert all(line["request_id"] for line in of_requests)
    assert of_requests[0]["message"] == "POST /fault/<token>/ answered 500"


def test_no_line_has_a_private_word(told):
    done, _lines, _reports = told
    for word in PRIVATE:
        assert word.casefold() not in (done.stderr + done.stdout).casefold(), word


def test_faults_are_reported_by_type_and_place(told):
    _done, _lines, reports = told
    text = b"\n".join(reports.bodies).decode()
    events = [json.loads(line) for line in text.splitlines() if line.startswith("{") and '"event_id"' in line]
    events = [event for event in events if "exception" in event or "logentry" in event]
    assert len(events) >= 5
    types = [value["type"] for event in events for value in event.get("exception", {}).get("values", [])]
    assert {"ValueError", "RuntimeError", "OperationalError", "OSError"} <= set(types)
    one = next(event for event in events if event.get("transaction") == "fault/<token>/")
    assert one["tags"]["request_id"]
    frames = one["exception"]["values"][-1]["stacktrace"]["frames"]
    assert frames[-1]["function"] == "fault"
    assert frames[-1]["lineno"] > 0


def test_no_report_has_a_private_word(told):
    _done, _lines, reports = told
    everything = (b"\n".join(reports.bodies).decode() + "\n".join(reports.headers)).casefold()
    for word in PRIVATE:
        for form in (word, json.dumps(word)[1:-1]):
            assert form.casefold() not in everything, word
    for name in ("breadcrumbs", '"request"', '"user"', '"vars"', "cookie", "ip_address", "context_line"):
        assert name not in everything, name
