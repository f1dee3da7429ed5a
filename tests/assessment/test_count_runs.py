"""Two totals a day, and nothing else."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from assessment.models import Assessment, AssessmentDay
from assessment.services import Reached, count_run
from assessment.views import COUNTED, COUNTED_IN
from innerbalance.security.models import RateLimitHit
from tests.assessment.factories import make_assessment
from tests.factories import make_user

pytestmark = pytest.mark.django_db
OURS = {"headers": {"Sec-Fetch-Site": "same-origin"}}


def _totals():
    return [(row.day, row.started, row.finished) for row in AssessmentDay.objects.all()]


def test_whoever_finished_has_started_as_well():
    assessment = make_assessment()
    now = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)
    count_run(assessment=assessment, reached=Reached.STARTED, now=now)
    count_run(assessment=assessment, reached=Reached.FINISHED, now=now)
    assert _totals() == [(date(2026, 3, 4), 2, 1)]


def test_a_day_is_the_practices_day():
    count_run(assessment=make_assessment(), reached=Reached.STARTED, now=datetime(2026, 3, 5, 6, 59, tzinfo=UTC))
    assert _totals() == [(date(2026, 3, 4), 1, 0)]


@pytest.mark.parametrize("reached", ["started", "finished"])
def test_a_beacon_adds_one_and_answers_nothing(client, reached):
    make_assessment()
    response = client.post(f"/self-assessment/where-i-stand/{reached}/", **OURS)
    assert response.status_code == 204
    assert response.content == b""
    assert not response.cookies
    assert [row[1:] for row in _totals()] == [(1, int(reached == "finished"))]


def test_a_script_can_not_blow_up_the_totals_and_is_answered_like_anybody(client):
    make_assessment()
    address = "/self-assessment/where-i-stand/finished/"
    with time_machine.travel(datetime(2026, 3, 4, 20, 0, tzinfo=UTC), tick=False) as clock:
        answers = {
            (each.status_code, each.content) for each in (client.post(address, **OURS) for _ in range(COUNTED + 20))
        }
        assert answers == {(204, b"")}
        assert _totals() == [(date(2026, 3, 4), COUNTED, COUNTED)]
        client.post(address, REMOTE_ADDR="198.51.100.7", **OURS)
        clock.shift(COUNTED_IN)
        client.post(address, **OURS)
    assert _totals() == [(date(2026, 3, 4), COUNTED + 2, COUNTED + 2)]


def test_the_limit_keeps_no_address_and_nothing_where_counting_is_off(client):
    assessment = make_assessment()
    client.post("/self-assessment/where-i-stand/started/", REMOTE_ADDR="198.51.100.7", **OURS)
    row = RateLimitHit.objects.values().get()
    assert "198.51" not in str(row)
    RateLimitHit.objects.all().delete()
    Assessment.objects.filter(pk=assessment.pk).update(counts_runs=False)
    client.post("/self-assessment/where-i-stand/started/", **OURS)
    assert not RateLimitHit.objects.exists()


def test_what_a_beacon_carries_is_not_kept(client):
    make_assessment()
    client.post("/self-assessment/where-i-stand/started/", {"q1": "2", "email": "a@example.org"}, **OURS)
    assert {field.name for field in AssessmentDay._meta.get_fields()} == {
        "id",
        "assessment",
        "day",
        "started",
        "finished",
    }


def test_counting_can_be_turned_off(client):
    make_assessment(counts_runs=False)
    assert "data-started" not in client.get("/self-assessment/where-i-stand/").content.decode()
    assert client.post("/self-assessment/where-i-stand/started/", **OURS).status_code == 204
    assert _totals() == []


def test_a_foreign_page_and_a_plain_link_count_nothing(client):
    make_assessment()
    address = "/self-assessment/where-i-stand/started/"
    assert Client(enforce_csrf_checks=True).post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get(address).status_code == 405
    assert _totals() == []


def test_staff_who_write_see_the_totals(client):
    count_run(assessment=make_assessment(), reached=Reached.FINISHED, now=datetime(2026, 3, 4, 20, 0, tzinfo=UTC))
    client.force_login(make_user("Editors"))
    response = client.get("/admin/reports/self-assessments/")
    assert response.status_code == 200
    assert "Where I stand" in response.content.decode()


def test_the_report_says_when_there_is_nothing(client):
    client.force_login(make_user("Owners"))
    assert "Nobody has taken" in client.get("/admin/reports/self-assessments/").content.decode()


def test_the_office_does_not_see_the_totals(client):
    client.force_login(make_user("Office"))
    assert client.get("/admin/reports/self-assessments/").status_code == 302
