import re
from datetime import timedelta

import pytest
import time_machine
from wagtail.models import ModelLogEntry

from intake.models import ConsultationRequest
from intake.services import corrections, records

from .desk_help import address, post_step
from .factories import OPEN_MOMENT, answers, make_request

pytestmark = pytest.mark.django_db
WHY = "heard on the phone"


@pytest.fixture(autouse=True)
def at_eleven():
    with time_machine.travel(OPEN_MOMENT + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def about(mesa):
    return make_request(phone="+14805550134", email="ana@example.com")


@pytest.fixture
def desk(client, office_user):
    client.force_login(office_user)
    return client


def screen(about) -> dict:
    """The form as the screen shows it, with what it showed beside each field."""
    said = {name: value for name, value in vars(answers()).items() if isinstance(value, str)}
    names = ("pronouns", "email", "voicemail_safe", "text_safe", "email_safe", "practice_named", "who_for")
    shown = {name: said[name] for name in names} | {
        "name": said["name"],
        "phone": "(480) 555-0134",
        "payment": "",
        "insurer": "",
        "returning": "",
    }
    return {**shown, **{f"{name}-before": value for name, value in shown.items()}, "note": WHY}


def post(desk, about, *, version=None, **changes):
    fields = screen(about) | changes
    before = {
        f"initial-correct-{key.removesuffix('-before')}": fields.pop(key) for key in list(fields) if "-before" in key
    }
    data = {f"correct-{name}": value for name, value in fields.items()} | before
    return desk.post(address("step", about.reference, "correct"), {**data, "version": version or about.version})


def said(about):
    return records.answers_of(ConsultationRequest.objects.get(pk=about.pk))


def test_the_screen_shows_what_was_said(desk, about):
    html = desk.get(address("request", about.reference)).content.decode()
    assert "Correct an answer" in html
    assert 'name="correct-phone" value="(480) 555-0134"' in html
    assert re.search(r'name="initial-correct-phone" value="\(480\) 555-0134"', html)


def test_a_misheard_number_is_put_right(desk, about, office_user):
    response = post(desk, about, phone="480 555 0199")
    assert (response.status_code, response.headers["Location"]) == (303, address("request", about.reference))
    assert said(about) == answers(phone="+14805550199")
    assert [each.pk for each in records.find(text="480 555 0199", user=office_user)] == [about.pk]
    assert not records.find(text="480 555 0134", user=office_user)
    html = desk.get(address("request", about.reference)).content.decode()
    assert "Corrected: phone" in html
    assert WHY in html


def test_the_log_knows_who_and_which_request_but_no_content(desk, about, office_user):
    post(desk, about, phone="480 555 0199", name="Anna Ruiz")
    line = ModelLogEntry.objects.get(action="intake.move")
    assert (line.user, line.label, line.data) == (office_user, about.reference, {"step": "corrected"})
    event = ConsultationRequest.objects.get().events.get(kind="corrected")
    assert event.data == {"questions": ["name", "phone"]}
    assert WHY.encode() not in bytes(event.sealed)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"phone": "12"}, "Enter a phone number like (480) 555-0134."),
        ({"email": "ana at example"}, "Enter an email address like name@example.com."),
        ({"name": ""}, "Enter the name we should use for you."),
        ({"phone": "", "email": ""}, "Enter a phone number or an email address"),
        ({"text_safe": ""}, "Say whether we may send a text message."),
        ({"text_safe": "perhaps"}, "Select a valid choice."),
        ({"phone": "480 555 0199", "note": ""}, "Say how you know what is right."),
        ({"insurer": "a" * 101}, "at most 100 characters"),
        ({}, "Nothing has changed yet."),
    ],
)
def test_what_the_public_form_refuses_is_refused_here_and_nothing_is_lost(desk, about, changes, words):
    response = post(desk, about, **{"pronouns": "they/them", **changes} if changes else {})
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert said(about) == answers()
    assert not changes or 'value="they/them"' in html


def test_two_people_correct_at_the_same_time_and_neither_undoes_the_other(desk, about, owner):
    number = answers(phone="+14805550177")
    corrections.correct(request_id=about.pk, version=1, answers=number, user=owner, now=OPEN_MOMENT)
    response = post(desk, about, name="Anna Ruiz")
    html = response.content.decode()
    assert response.status_code == 409
    assert "owen" in html
    assert said(about) == number
    assert 'name="correct-name" value="Anna Ruiz"' in html
    for name in ("correct-phone", "initial-correct-phone"):
        assert f'name="{name}" value="(480) 555-0177"' in html
    # Sent again from the screen as it is now: the colleague's number stays.
    again = {"phone": "(480) 555-0177", "phone-before": "(480) 555-0177"}
    assert post(desk, about, version=2, name="Anna Ruiz", **again).status_code == 303
    assert said(about) == answers(phone="+14805550177", name="Anna Ruiz")


def test_what_is_held_is_released_first(desk):
    held = make_request(held=True)
    assert "Correct an answer" not in desk.get(address("request", held.reference)).content.decode()


def test_an_editor_reaches_none_of_it(client, editor, about):
    client.force_login(editor)
    assert post(client, about, phone="480 555 0199").status_code in (302, 403)
    assert said(about) == answers()


def test_a_screen_without_a_version_changes_nothing(desk, about):
    assert post_step(desk, about, "correct", version=0, phone="480 555 0199", note=WHY).status_code in (409, 422)
    assert said(about) == answers()
