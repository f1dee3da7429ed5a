"""The office counts its requests: how many, how soon answered, where from, how they ended."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innerbalance.security.roles import REVIEWERS
from intake.models import ConsultationRequest
from intake.rules.status import Attempt, Outcome
from intake.services import transitions
from intake.services.receive import Preferences
from intake.services.statistics import request_statistics

from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db
LATER = OPEN_MOMENT + timedelta(hours=2)


@pytest.fixture
def at_work(client, office_user):
    client.force_login(office_user)
    return client


def _answer(request, user, *, now=LATER):
    return transitions.log_attempt(
        request_id=request.pk, version=request.version, attempt=Attempt.SPOKE, user=user, now=now
    )


def _many(count, office, *, step=timedelta(minutes=7)):
    """Bare rows: nothing here reads what is sealed."""
    ConsultationRequest.objects.bulk_create(
        [
            ConsultationRequest(
                reference=f"C-{number:08d}",
                office=office if number % 2 else None,
                received_at=OPEN_MOMENT - number * step,
                last_step_at=OPEN_MOMENT - number * step,
                first_answered_at=OPEN_MOMENT,
                open_time_to_answer=timedelta(hours=number % 9),
                sealed=b"",
            )
            for number in range(count)
        ]
    )


def test_counts_weeks_answers_offices_sources_and_outcomes(mesa, tempe, office_user):
    first = make_request(preferences=Preferences(office_id=mesa.pk, source="post", source_page_id=tempe.pk))
    make_request(preferences=Preferences(office_id=tempe.pk), now=OPEN_MOMENT - timedelta(weeks=1))
    make_request(preferences=Preferences(telehealth=True))
    make_request(held=True)
    answered = _answer(first, office_user)
    transitions.close(
        request_id=first.pk,
        version=answered.version,
        outcome=Outcome.BECAME_CLIENT,
        user=office_user,
        now=LATER,
    )
    counted = request_statistics(weeks=4, now=LATER)
    assert counted.total == 3
    assert counted.unanswered == 2
    assert [week.received for week in counted.weeks] == [0, 0, 1, 2]
    assert (counted.times.median, counted.times.ninetieth) == (2.0, 2.0)
    assert counted.weeks[-1].times.answered == 1
    assert {line.label: line.count for line in counted.offices} == {"Mesa": 1, "Tempe": 1, "Telehealth": 1}
    assert {line.label: line.times.median for line in counted.offices}["Mesa"] == 2.0
    assert {line.label: line.count for line in counted.sources} == {"A post: Tempe": 1, "The form itself": 2}
    assert {line.label: line.count for line in counted.outcomes} == {"Became a client": 1, "New": 2}
    assert counted.now.held == 1
    assert counted.now.waiting == 2


def test_one_office_alone(mesa, tempe):
    make_request(preferences=Preferences(office_id=mesa.pk))
    make_request(preferences=Preferences(office_id=tempe.pk))
    assert request_statistics(weeks=4, now=LATER, office_id=mesa.pk).total == 1


def test_the_week_is_the_practices(mesa):
    """Sunday 11 pm in Phoenix is Monday in UTC, and still last week."""
    sunday = OPEN_MOMENT.replace(day=23, hour=6)
    make_request(now=sunday)
    assert [week.received for week in request_statistics(weeks=4, now=LATER).weeks] == [0, 0, 1, 0]


@time_machine.travel(LATER, tick=False)
def test_ten_thousand_requests_take_few_queries(at_work, mesa):
    _many(10_000, mesa)
    address = reverse("intake_statistics")
    at_work.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = at_work.get(address, {"weeks": 52})
    assert response.context["statistics"].total == 10_000
    assert len(queries) < 15


@time_machine.travel(LATER, tick=False)
def test_charts_stand_beside_tables_and_need_no_style(at_work, mesa, office_user):
    _answer(make_request(preferences=Preferences(office_id=mesa.pk)), office_user)
    response = at_work.get(reverse("intake_statistics"))
    page = response.content.decode()
    report = page[page.index('id="now-heading"') :]
    assert report.count('role="img"') == 5
    assert report.count("<table>") == 5
    assert " style=" not in report
    assert "nan" not in report.lower()
    assert "no-store" in response["Cache-Control"]


@time_machine.travel(LATER, tick=False)
def test_nothing_a_person_wrote_is_on_it(at_work, mesa):
    request = make_request(name="Zebedee Quill", note="Marmalade", preferences=Preferences(office_id=mesa.pk))
    page = at_work.get(reverse("intake_statistics")).content.decode()
    for marker in ("Zebedee", "Marmalade", request.reference):
        assert marker not in page


@time_machine.travel(LATER, tick=False)
def test_without_requests_it_says_so(at_work):
    page = at_work.get(reverse("intake_statistics")).content.decode()
    assert "No request arrived in these weeks" in page
    assert '<svg class="chart' not in page


@time_machine.travel(LATER, tick=False)
@pytest.mark.parametrize("query", ["weeks=9999", "weeks=x&office=y", "office=999999", "weeks=&office="])
def test_nonsense_in_the_address_shows_the_usual(at_work, mesa, query):
    response = at_work.get(f"{reverse('intake_statistics')}?{query}")
    assert response.status_code == 200
    assert len(response.context["statistics"].weeks) == 12


ADDRESSES = ["intake_statistics", "intake_access_log", "intake_access_log_results", "intake_export"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_editor_and_a_reviewer_reach_none_of_it(client, editor, django_user_model, name):
    reviewer = django_user_model.objects.create_user("rita", "rita@practice.example", "a long password of words")
    reviewer.groups.add(Group.objects.get(name=REVIEWERS))
    for person in (editor, reviewer):
        client.force_login(person)
        for method in (client.get, client.post):
            response = method(reverse(name), headers={"x-requested-with": "XMLHttpRequest"})
            assert response.status_code == 403
            assert method(reverse(name)).status_code in (302, 403)


@pytest.mark.parametrize("name", ADDRESSES)
def test_nobody_unknown_reaches_any_of_it(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response["Location"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_owner_reaches_all_of_it(client, owner, name):
    client.force_login(owner)
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_the_menu_shows_each_person_what_they_may_open(client, editor, office_user, owner):
    def shown(person):
        client.force_login(person)
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        return [name for name in ADDRESSES if reverse(name) in page]

    assert shown(editor) == []
    assert shown(office_user) == ["intake_statistics", "intake_access_log"]
    assert shown(owner) == ["intake_statistics", "intake_access_log", "intake_export"]
