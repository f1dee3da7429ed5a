"""A reader without JavaScript: one page, one POST, nothing kept."""

import logging
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innerbalance.demo.content.assessment import EXAMPLES, create_assessment
from tests.assessment.factories import make_assessment
from tests.factories import make_clinician, make_team

pytestmark = pytest.mark.django_db
ADDRESS = "/self-assessment/where-i-stand/"
OURS = {"headers": {"Sec-Fetch-Site": "same-origin"}}


def _answers(**changes):
    return {"q1": "2", "q2": "0", "q3": "2", **changes}


def _take(client, **changes):
    return client.post(ADDRESS, _answers(**changes), **OURS)


def test_the_page_asks_every_question_with_nothing_preselected(client):
    make_assessment()
    html = client.get(ADDRESS).content.decode()
    assert html.count('<fieldset class="assessment-question"') == 3
    assert html.count("<legend>") == 3 + 1  # the fourth is for sharing, inside the result's template
    assert 'type="radio"' in html
    assert " checked" not in html
    assert "not a test or a diagnosis" in html


def test_the_page_is_public_and_sets_no_cookie(client):
    make_assessment()
    response = client.get(ADDRESS)
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_answers_are_scored_on_the_server(client):
    make_assessment()
    response = _take(client)
    assert response.status_code == 200
    html = response.content.decode()
    assert "Words about A lot." in html
    assert "Words about Away." in html
    assert "Words about A little." not in html
    assert "4, on a line from 0 (on my own feet) to 4 (held up by us)" in html


def test_a_pair_has_its_own_words(client):
    make_assessment()
    assert "Words about both." in _take(client, q1="0", q2="2", q3="0").content.decode()
    assert "Words about both." not in _take(client).content.decode()


def test_the_crisis_line_is_there_whenever_a_safety_item_asks_for_it(client):
    make_assessment()
    with_crisis = _take(client, q3="2").content.decode()
    assert "data-crisis" in with_crisis
    assert "988" in with_crisis
    assert "data-crisis" not in _take(client, q3="1").content.decode()


def test_the_result_is_never_stored_by_a_cache(client):
    make_assessment()
    assert "no-store" in _take(client)["Cache-Control"]


def test_the_list_of_unanswered_questions_is_never_stored_by_a_cache(client):
    make_assessment()
    assert "no-store" in _take(client, q3="")["Cache-Control"]


def test_nothing_is_written_and_nothing_is_logged(client, caplog):
    make_assessment()
    client.get(ADDRESS)
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        caplog.at_level(logging.DEBUG, logger="django.request"),
    ):
        response = _take(client)
    assert response.status_code == 200
    assert not [each["sql"] for each in queries if each["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert "q1" not in caplog.text
    assert not response.cookies


def test_an_unanswered_question_is_named_and_linked_and_the_others_kept(client):
    assessment = make_assessment()
    response = _take(client, q2="")
    assert response.status_code == 422
    html = response.content.decode()
    assert f'<a href="#sa{assessment.pk}-q2">Question 2: I stand</a>' in html
    assert f'<a href="#sa{assessment.pk}-q1">' not in html
    assert html.count(" checked") == 2


def test_the_result_can_be_had_without_the_missing_answers(client):
    make_assessment()
    html = _take(client, q2="", without="1").content.decode()
    assert "Not enough answers for a result." in html
    assert "Words about Away." in html


@pytest.mark.parametrize("forged", ["9", "-1", "x", "1.0", "٢", "1" * 5000])
def test_a_forged_answer_counts_as_none(client, forged):
    make_assessment()
    assert _take(client, q2=forged).status_code == 422


def test_a_foreign_page_can_not_post():
    make_assessment()
    response = Client(enforce_csrf_checks=True).post(ADDRESS, _answers(), headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


def test_sharing_is_off_until_checked_and_travels_only_in_checked_boxes(client):
    make_assessment()
    html = _take(client).content.decode()
    share = html[html.index("data-share") :]
    share = share[: share.index("</form>")]
    assert "checked" not in share
    assert 'type="hidden"' not in share
    assert 'action="/request-a-consultation/begin/"' in html
    assert 'name="assessment_summary" value="Where I stand\nLeaning: A lot' in share
    assert 'name="assessment_answers" value="1. I lean — Always' in share


def test_a_draft_is_not_public(client):
    make_assessment(live=False)
    assert client.get(ADDRESS).status_code == 404
    assert _take(client).status_code == 404


def test_the_demo_scores_as_its_examples_say(client):
    demo = create_assessment()
    assert create_assessment().pk == demo.pk
    assert demo.live
    assert demo.publishing_problems() == []
    for answers, *expected in EXAMPLES:
        data = {f"q{n}": answer for n, answer in enumerate(answers.split(), 1)}
        html = client.post(f"/self-assessment/{demo.slug}/", data, **OURS).content.decode()
        for name, score in expected:
            assert f'<p class="assessment-name">{name}</p>' in html
            assert f"data-score>{score}, on a line" in html


def test_the_result_says_who_wrote_it_and_when_it_was_last_reviewed(client, home):
    author = make_clinician(make_team(home))
    make_assessment(author=author, reviewed_on=date(2026, 3, 4))
    html = _take(client).content.decode()
    assert f"By {author.name_with_credential}." in html
    assert "Last reviewed March 4, 2026." in html
