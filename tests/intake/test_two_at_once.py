"""What happens at the same moment: real threads, real connections, on whichever database the tests run."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from wagtail.models import Locale, Page

from innerbalance.security.models import RecordKey
from intake.models import ConsultationRequest
from intake.rules.status import Attempt
from intake.services import transitions
from intake.services.receive import Preferences, receive_request
from intake.services.transitions import Stale

from .factories import OPEN_MOMENT, answers, make_request, signals

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 10


@pytest.fixture(autouse=True)
def tree(transactional_db):
    Locale.objects.get_or_create(language_code="en")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title="Root", slug="root")


def _at_once(*calls):
    """Run every call in its own thread and connection, started together; results or what was raised."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait(timeout=30)
        try:
            return call()
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_ten_identical_posts_make_one_row():
    def post():
        return receive_request(answers=answers(), preferences=Preferences(), signals=signals(), now=OPEN_MOMENT)

    received = _at_once(*[post] * AT_ONCE)
    assert {type(each).__name__ for each in received} == {"Received"}
    assert len({each.request.reference for each in received}) == 1
    assert [each.repeated for each in received].count(False) == 1
    request = ConsultationRequest.objects.get()
    assert not request.quarantined
    assert RecordKey.objects.count() == 1


def test_ten_different_posts_make_ten():
    calls = [
        lambda n=n: receive_request(
            answers=answers(note=str(n), phone=f"+1480555{2000 + n}", email="", email_safe=""),
            preferences=Preferences(),
            signals=signals(network=f"203.0.{n}.0/24"),
            now=OPEN_MOMENT,
        )
        for n in range(AT_ONCE)
    ]
    assert {type(each).__name__ for each in _at_once(*calls)} == {"Received"}
    assert ConsultationRequest.objects.count() == AT_ONCE


def test_two_people_at_the_desk_move_one_request():
    request = make_request()
    people = [User.objects.create_user(name) for name in ("olga", "owen")]
    calls = [
        lambda user=user: transitions.log_attempt(
            request_id=request.pk, version=1, attempt=Attempt.SPOKE, user=user, now=OPEN_MOMENT
        )
        for user in people
    ]
    outcomes = _at_once(*calls)
    (stale,) = [each for each in outcomes if isinstance(each, Stale)]
    (moved,) = [each for each in outcomes if isinstance(each, ConsultationRequest)]
    assert moved.version == 2
    assert [event.kind for event in stale.since] == ["attempt"]
    assert moved.events.filter(kind="attempt").count() == 1
