"""Two totals a day, and nothing else."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from assessment.models import AssessmentDay
from assessment.services import Reached, count_run
from tests.assessment.factories import make_assessment
from tests.factories import make_user

pytestmark = pytest.mark.django_db
OURS = {"headers": {"Sec-Fetch-Site": "same-origin"}}


def _totals():
    return [(row.day, row.begun, row.finished) for row in AssessmentDay.objects.all()]


def test_who_finished_has_begun_as_well():
    assessment = make_assessment()
    now = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)
    count_run(assessment=assessment, reached=Reached.BEGUN, now=now)
    count_run(assessment=assessment, reached=Reached.FINISHED, now=now)
    assert _totals() == [(date(2026, 3, 4), 2, 1)]


def test_a_day_is_the_practices_day():
    count_run(assessment=make_assessment(), reached=Reached.BEGUN, now=datetime(2026, 3, 5, 6, 59, tzinfo=UTC))
    assert _totals() == [(date(2026, 3, 4), 1, 0)]


@pytest.mark.parametrize("reached", ["begun", "finished"])
def test_a_beacon_adds_one_and_answers_nothing(client, reached):
    make_assessment()
    response = client.post(f"/self-assessment/where-i-stand/{reached}/", **OURS)
    assert response.status_code == 204
    assert response.content == b""
    assert not response.cookies
    assert [row[1:] for row in _totals()] == [(1, int(reached == "finished"))]


def test_what_a_beacon_carries_is_not_kept(client):
    make_assessment()
    client.post("/self-assessment/where-i-stand/begun/", {"q1": "2", "email": "a@example.org"}, **OURS)
    assert {field.name for field in AssessmentDay._meta.get_fields()} == {
        "id",
        "assessment",
        "day",
        "begun",
        "finished",
    }


def test_counting_can_be_turned_off(client):
    make_assessment(counts_runs=False)
    assert "data-begun" not in client.get("/self-assessment/where-i-stand/").content.decode()
    assert client.post("/self-assessment/where-i-stand/begun/", **OURS).status_code == 204
    assert _totals() == []


def test_a_foreign_page_and_a_plain_link_count_nothing(client):
    make_assessment()
    address = "/self-assessment/where-i-stand/begun/"
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
