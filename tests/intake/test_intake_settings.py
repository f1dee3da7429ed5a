"""The office settles how requests are asked, answered, told and kept."""

import pytest
from django.urls import reverse

from innerbalance.practice.models import PracticeSettings
from intake.models import IntakeSettings
from intake.models.settings import NotifiedPerson, OfficeAnswerTime
from intake.rules.questions import OPTIONAL_QUESTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return reverse("wagtailsettings:edit", args=["intake", "intakesettings", IntakeSettings.load().pk])


@pytest.fixture
def at_work(client, office_user):
    client.force_login(office_user)
    return client


def _payload(*, offices=(), people=(), **changes):
    """What the browser sends for the settings as they are."""
    settings = IntakeSettings.load()
    skipped = {"id", "question_modes"}
    values = {field.name: getattr(settings, field.name) for field in settings._meta.fields if field.name not in skipped}
    values |= {f"ask_{each.name}": settings.modes().mode(each.name).value for each in OPTIONAL_QUESTIONS}
    values["auto_reply_enabled"] = "on" if values["auto_reply_enabled"] else ""
    for prefix, rows in (("office_answer_times", offices), ("notified_people", people)):
        values |= {
            f"{prefix}-TOTAL_FORMS": len(rows),
            f"{prefix}-INITIAL_FORMS": 0,
            f"{prefix}-MIN_NUM_FORMS": 0,
            f"{prefix}-MAX_NUM_FORMS": 1000,
        }
        for number, row in enumerate(rows):
            values |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return values | changes


def _errors(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_the_office_saves_what_it_decides(at_work, address, mesa, office_user):
    response = at_work.post(
        address,
        _payload(
            ask_pronouns="hidden",
            answer_open_hours="4",
            keep_others_months="6",
            notice_subject="Somebody is waiting",
            offices=[{"office": mesa.pk, "open_hours": "2"}],
            people=[{"user": office_user.pk, "office": "", "notice": "on", "digest": ""}],
        ),
    )
    assert response.status_code == 302
    saved = IntakeSettings.load()
    assert not saved.modes().shows("pronouns")
    assert saved.open_hours_for(mesa.pk).total_seconds() == 2 * 3600
    assert saved.open_hours_for(None).total_seconds() == 4 * 3600
    assert saved.periods().others_months == 6
    assert saved.notice_subject == "Somebody is waiting"
    told = NotifiedPerson.objects.get()
    assert (told.user, told.notice, told.digest) == (office_user, True, False)


def test_what_is_safe_cannot_be_turned_off(at_work, address):
    page = at_work.get(address).content.decode()
    assert "are always asked" in page
    for question in ("voicemail", "text_safe", "email_safe", "practice_named", "best_times", "phone", "name"):
        assert f'name="ask_{question}"' not in page


def test_only_offices_and_people_of_the_desk_are_offered(at_work, address, mesa, editor, owner, home):
    page = at_work.get(address).content.decode()
    assert f'<option value="{mesa.pk}">Mesa</option>' in page
    assert f">{home.title}</option>" not in page
    assert ">owen</option>" in page
    assert ">edith</option>" not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quiet_days", "0"),
        ("quiet_days", "9999"),
        ("keep_clients_months", "32000"),
        ("keep_quarantine_days", "-1"),
        ("answer_open_hours", "0"),
        ("answer_open_hours", "never"),
        ("attempts_before_close", "21"),
        ("ask_note", "perhaps"),
        ("reasons", "x" * 81),
        ("reasons", "\n".join(f"reason {number}" for number in range(21))),
        ("privacy_notice", ""),
        ("auto_reply_subject", "Your therapy session"),
        ("auto_reply_subject", "Consultation request received"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(at_work, address, field, value):
    assert field in _errors(at_work.post(address, _payload(**{field: value})))


def test_the_automatic_reply_may_not_name_the_practice(at_work, address):
    PracticeSettings.objects.update_or_create(defaults={"practice_name": "Quiet Water"})
    assert "auto_reply_subject" in _errors(at_work.post(address, _payload(auto_reply_subject="quiet water says hello")))


def test_a_page_that_is_no_office_is_refused(at_work, address, home):
    response = at_work.post(address, _payload(offices=[{"office": home.pk, "open_hours": "2"}]))
    assert response.status_code == 200
    assert not OfficeAnswerTime.objects.exists()
    assert "Choose one of the practice&#x27;s offices." in response.content.decode()


def test_nobody_outside_the_desk_is_told(at_work, address, editor):
    response = at_work.post(address, _payload(people=[{"user": editor.pk, "notice": "on"}]))
    assert response.status_code == 200
    assert not NotifiedPerson.objects.exists()
    assert "nobody else may read requests" in response.content.decode()


def test_who_has_no_address_cannot_be_told(at_work, address, owner):
    type(owner).objects.filter(pk=owner.pk).update(email="")
    response = at_work.post(address, _payload(people=[{"user": owner.pk, "notice": "on"}]))
    assert response.status_code == 200
    assert "has no email address yet" in response.content.decode()


def test_the_same_office_or_person_twice_is_told_and_no_error_page(at_work, address, mesa, office_user):
    twice = [{"office": mesa.pk, "open_hours": "2"}, {"office": mesa.pk, "open_hours": "3"}]
    assert at_work.post(address, _payload(offices=twice)).status_code == 200
    people = [{"user": office_user.pk, "notice": "on"}, {"user": office_user.pk, "digest": "on"}]
    assert at_work.post(address, _payload(people=people)).status_code == 200
    assert not OfficeAnswerTime.objects.exists()
    assert not NotifiedPerson.objects.exists()


def test_an_editor_does_not_reach_them(client, editor, address):
    client.force_login(editor)
    assert client.get(address, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    assert client.post(address, _payload(quiet_days="9")).status_code in (302, 403)
    assert IntakeSettings.load().quiet_days == 5
