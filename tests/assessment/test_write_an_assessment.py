"""A clinician writes an assessment in the admin: drafts freely, publishes only what is sound."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.models import WorkflowState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from assessment.models import Assessment, NotPublishable
from assessment.rules.validation import publishing_problems
from innerbalance.caching import version
from tests.assessment.draft_data import draft_with, valid_draft
from tests.assessment.factories import BLOCKS, make_assessment
from tests.factories import make_blog, make_post, make_user

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_assessment_assessment:add"
EDIT = "wagtailsnippets_assessment_assessment:edit"


def _listed(values):
    rows = {
        f"{number}": {"value": value, "order": str(number), "id": "", "deleted": ""}
        for number, value in enumerate(values)
    }
    return {"count": str(len(values)), **rows}


def _block_value(value):
    """A block as the admin's form posts it."""
    posted = {}
    for name, each in value.items():
        if name in ("ranges", "expected"):
            posted[name] = _listed([_block_value(one) for one in each])
        elif name == "text" and "low" in value:
            posted[name] = rich_text(each)
        elif isinstance(each, bool):
            if each:
                posted[name] = "on"
        else:
            posted[name] = "" if each is None else str(each)
    return posted


def _payload(draft=None, **kwargs):
    draft = draft or valid_draft()
    for scale in draft["scales"]:
        for each in scale["ranges"]:
            each.setdefault("text", "<p>Words.</p>")
    for pair in draft["pairs"]:
        pair["text"] = rich_text("<p>Words.</p>")
    streams = {
        name: streamfield([(block, _block_value(value)) for value in draft[name]]) for name, block in BLOCKS.items()
    }
    form = {
        "title": draft["title"],
        "slug": "where-i-stand",
        "introduction": rich_text("<p>Hello.</p>"),
        "minutes": "2",
        "layout": "page",
        "next_steps": rich_text("<p>Breathe.</p>"),
        "limits": rich_text("<p>Much.</p>"),
        "references": streamfield([]),
        "origin": "own",
        "counts_runs": "on",
        **streams,
        **kwargs,
    }
    return nested_form_data(form)


def _add(client, *, action="action-publish", **kwargs):
    payload = _payload(**kwargs)
    if action:
        payload[action] = "1"
    return client.post(reverse(ADD), payload)


@pytest.fixture
def reviewer(client):
    user = make_user("Clinical reviewers")
    client.force_login(user)
    return user


def _errors(response):
    return response.context["form"].errors


def test_a_new_assessment_is_written_and_published(client, reviewer):
    assert client.get(reverse(ADD)).status_code == 200
    response = _add(client)
    assert response.status_code == 302, _errors(response)
    made = Assessment.objects.get()
    assert made.live
    assert client.get("/self-assessment/where-i-stand/").status_code == 200


def test_a_draft_may_be_saved_half_written(client, reviewer):
    response = _add(client, action=None, draft=valid_draft() | {"labels": [], "examples": []}, origin="")
    assert response.status_code == 302, _errors(response)
    assert not Assessment.objects.get().live


def test_a_gap_is_told_at_its_field_and_mended(client, reviewer):
    response = _add(client, draft=draft_with("scales", 0, "ranges", 1, "low", to=Decimal(3)))
    assert response.status_code == 200
    assert not Assessment.objects.exists()
    place = _errors(response).as_data()["scales"][0]
    for step in (0, "ranges", 1, "low"):
        place = place.block_errors[step]
    assert place.messages == [
        "There is a gap after “A little”: a score of 2 isn't in any range. Start this range at 2."
    ]
    assert "There is a gap after" in response.content.decode()
    assert _add(client).status_code == 302
    assert Assessment.objects.get().live


def test_all_faults_are_told_at_once(client, reviewer):
    draft = draft_with("labels", 1, "text", to="")
    draft["scales"][0]["name"] = ""
    draft["items"][0]["scale"] = ""
    response = _add(client, draft=draft, origin="")
    assert set(_errors(response)) >= {"labels", "scales", "items", "origin"}


def test_an_instrument_is_not_published_without_proof(client, reviewer):
    response = _add(client, origin="instrument")
    assert set(_errors(response)) == {"instrument", "citation", "license", "permission_document"}
    assert not Assessment.objects.exists()


def test_an_unsound_revision_can_not_be_published_past_the_form():
    assessment = make_assessment(live=False, draft=valid_draft() | {"examples": []})
    assert publishing_problems(assessment.draft())
    with pytest.raises(NotPublishable, match="No worked example"):
        assessment.latest_revision.publish()
    assessment.refresh_from_db()
    assert not assessment.live


def test_an_editor_writes_but_does_not_publish(client):
    client.force_login(make_user("Editors"))
    assert client.get(reverse(ADD)).status_code == 200
    _add(client)
    assert not Assessment.objects.filter(live=True).exists()


def test_an_editors_assessment_goes_through_the_review(client):
    client.force_login(make_user("Editors"))
    assert _add(client, action="action-submit").status_code == 302
    made = Assessment.objects.get()
    state = made.current_workflow_state
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    reviewer = make_user("Clinical reviewers")
    state.current_task_state.approve(user=reviewer)
    made.refresh_from_db()
    assert made.live


def test_an_unsound_assessment_is_not_submitted_either(client):
    client.force_login(make_user("Editors"))
    response = _add(client, action="action-submit", draft=valid_draft() | {"examples": []})
    assert "scales" in _errors(response)


def test_the_office_writes_no_assessments(client):
    client.force_login(make_user("Office"))
    assert client.get(reverse(ADD)).status_code == 302
    _add(client)
    assert not Assessment.objects.exists()


def test_the_preview_shows_the_result_of_typed_answers(client, reviewer):
    preview = reverse("wagtailsnippets_assessment_assessment:preview_on_add")
    sent = client.post(preview, _payload(trial_answers="2 0 2"))
    assert sent.json()["is_valid"]
    html = client.get(preview, {"mode": "result"}).content.decode()
    assert "4, on a line from 0 (on my own feet) to 4 (held up by us)" in html
    assert "isn’t sound" not in html


def test_the_preview_says_what_keeps_it_from_publication(client, reviewer):
    preview = reverse("wagtailsnippets_assessment_assessment:preview_on_add")
    client.post(preview, _payload(valid_draft() | {"examples": []}, trial_answers="2 0"))
    html = client.get(preview, {"mode": "result"}).content.decode()
    assert "No worked example ends in “A little”" in html
    assert "The number of answers here (2) doesn&#x27;t match the number of questions (3)." in html


def test_publishing_refreshes_the_pages_that_embed_it(home):
    post = make_post(make_blog(home), body=[("assessment", make_assessment())])
    assert post.live
    before = version.read(None)
    Assessment.objects.get().save_revision().publish()
    assert version.read(None) != before


def test_usage_names_the_article_that_embeds_it(client, reviewer, home):
    assessment = make_assessment()
    post = make_post(make_blog(home), title="Nearness and distance", body=[("assessment", assessment)])
    html = client.get(reverse("wagtailsnippets_assessment_assessment:usage", args=[assessment.pk])).content.decode()
    assert post.title in html


def test_a_slug_is_used_once(client, reviewer):
    make_assessment()
    assert "slug" in _errors(_add(client))


def test_help_is_there_for_every_part(client, reviewer):
    html = client.get(reverse(ADD)).content.decode()
    assert re.search("Answers with the result you expect", html)


@pytest.mark.parametrize(("address", "by_itself"), [("add/", False), ("edit/{pk}/", True)])
def test_a_new_one_is_saved_by_its_buttons_alone(client, home, address, by_itself):
    """Or Publish and autosave would each make one; an existing one is saved while it is written."""
    assessment = make_assessment()
    client.force_login(make_user("Owners"))
    response = client.get(f"/admin/snippets/assessment/assessment/{address.format(pk=assessment.pk)}")
    assert response.context["autosave_enabled"] is by_itself
    assert ("data-w-autosave-interval-value" in response.text) is by_itself
