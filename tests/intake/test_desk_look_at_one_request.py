import pytest
from wagtail.models import ModelLogEntry

from innerbalance.security.models import RecordKey
from intake.models import ConsultationRequest

from .desk_help import address
from .factories import make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(mesa):
    return make_request(name="Ana Ruiz", note="Please call after lunch.", practice_named="no", email_safe="no")


@pytest.fixture
def desk(client, office_user):
    client.force_login(office_user)
    return client


def test_the_warnings_come_before_everything_else(desk, about):
    html = desk.get(address("request", about.reference)).content.decode()
    main = html[html.index("<main") :]
    order = [
        "Do not say the name of the practice",
        "Do not leave a voicemail.",
        "Do not send an email.",
        "Ana Ruiz",
        "Answer ",
        "Please call after lunch.",
    ]
    places = [main.index(words) for words in order]
    assert places == sorted(places)


def test_an_address_that_is_not_safe_is_no_link(desk, about):
    assert "mailto:" not in desk.get(address("request", about.reference)).content.decode()


def test_a_look_is_logged_without_content(desk, about, office_user):
    desk.get(address("request", about.reference))
    entry = ModelLogEntry.objects.get(action="intake.view")
    assert (entry.user, entry.label, entry.data) == (office_user, about.reference, {})


@pytest.mark.parametrize("name", ["request", "print", "person"])
def test_nothing_is_kept_by_a_browser_or_named_to_another_site(desk, about, name):
    response = desk.get(address(name, about.reference))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_what_the_person_shared_is_text_and_never_markup(desk, mesa):
    about = make_request(note="<b>bold</b>", assessment_summary="Mood: 12 of 27", assessment_answers="1. Often")
    html = desk.get(address("request", about.reference)).content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert "Mood: 12 of 27" in html
    assert "1. Often" in html


def test_without_its_key_it_says_so_and_shows_nothing(desk, about, settings):
    settings.INTAKE_KEYS = ["b3RoZXItdGVzdHMta2V5LTAxMjM0NTY3ODktYWJjZGU="]
    for name in ("request", "print", "person", "referral_letter"):
        response = desk.get(address(name, about.reference))
        assert response.status_code == 503
        assert "no-store" in response.headers["Cache-Control"]
        html = response.content.decode()
        assert "INTAKE_KEYS" in html
        assert "Ana Ruiz" not in html
    assert ModelLogEntry.objects.filter(action="intake.decrypt_failed", label=about.reference).exists()


def test_an_erased_key_and_a_damaged_value_are_told_apart(desk, about):
    ConsultationRequest.objects.update(sealed=b"\x01" + b"0" * 60)
    assert "does not fit its key" in desk.get(address("request", about.reference)).content.decode()
    RecordKey.objects.all().delete()
    assert "key was destroyed" in desk.get(address("request", about.reference)).content.decode()


def test_no_such_request(desk, mesa):
    assert desk.get(address("request", "C-2222-2222")).status_code == 404


def test_the_print_view_begins_with_the_warnings(desk, about):
    html = desk.get(address("print", about.reference)).content.decode()
    assert html.index("Do not leave a voicemail.") < html.index("Ana Ruiz") < html.index("Please call after lunch.")
    assert ModelLogEntry.objects.get(action="intake.export").data == {"what": "print"}


def test_somebody_who_asked_before_is_linked(desk, about):
    again = make_request(phone="+14805551000")
    assert address("request", about.reference) in desk.get(address("request", again.reference)).content.decode()
