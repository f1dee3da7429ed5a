"""An error report tells where it went wrong, never what somebody wrote; with DEBUG too."""

import io
import sys

import pytest
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from innerbalance.security.error_reports import NoContentFilter

WORDS, PHONE = "something said in confidence", "480-555-0199"


@pytest.fixture(params=[False, True], ids=["production", "DEBUG"])
def report(request, settings) -> str:
    settings.DEBUG = request.param
    posted = RequestFactory().post("/request-a-consultation/", {"message": WORDS, "phone": PHONE})
    try:
        fail(posted.POST["message"])
    except LookupError:
        reporter = ExceptionReporter(posted, *sys.exc_info())
    return reporter.get_traceback_text() + reporter.get_traceback_html()


def fail(message: str) -> None:
    answers = {"message": message}
    raise LookupError("a fault of ours", len(answers))


def test_nothing_that_was_posted(report):
    assert WORDS not in report
    assert PHONE not in report
    assert "not reported" in report


def test_but_where_and_which_fields(report):
    assert "a fault of ours" in report
    assert "test_error_reports" in report
    assert "message" in report
    assert "answers" in report


def test_a_body_that_cannot_be_read_hides_no_fault():
    class BrokenOff(io.BytesIO):
        def read(self, *args):
            raise OSError("the upload broke off")

    posted = RequestFactory().post("/", **{"wsgi.input": BrokenOff()})
    assert NoContentFilter().get_post_parameters(posted) == {}


def test_a_fault_without_a_request():
    try:
        fail(WORDS)
    except LookupError:
        text = ExceptionReporter(None, *sys.exc_info()).get_traceback_text()
    assert WORDS not in text
