import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS
from newsletter import confirmation_mail, suppression
from newsletter.models import NewsletterTopic, Subscriber
from newsletter.subscriber_states import SubscriberState, SuppressionReason
from tests.factories import make_user
from tests.newsletter.factories import NOW, make_subscriber

pytestmark = pytest.mark.django_db

SCREENS = ("index", "add", "import", "export", "history")


def _url(name, *args):
    return reverse(f"newsletter_subscribers:{name}", args=args)


@pytest.fixture
def office(client):
    user = make_user(OFFICE)
    client.force_login(user)
    return user


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    ("role", "may"), [(EDITORS, False), (REVIEWERS, False), (OFFICE, True), (OWNERS, True), (None, False)]
)
def test_who_may_do_what(client, screen, role, may):
    reader = make_subscriber("ana@example.org")
    if role:
        client.force_login(make_user(role))
    url = _url(screen, *([reader.pk] if screen == "history" else []))
    answer = client.post(url) if screen == "export" else client.get(url)
    assert (answer.status_code == 200) is may
    if not may:
        assert b"ana@example.org" not in answer.content
    if role:
        assert (_url("index") in client.get(reverse("wagtailadmin_home")).content.decode()) is may


@pytest.mark.parametrize(("role", "may"), [(EDITORS, False), (REVIEWERS, False), (OFFICE, True), (OWNERS, True)])
def test_who_may_make_topics(client, role, may):
    client.force_login(make_user(role))
    url = reverse("wagtailsnippets_newsletter_newslettertopic:add")
    client.post(url, {"name": "Sleep", "description": "Resting well"})
    assert NewsletterTopic.objects.exists() is may


def test_the_list_shows_state_since_when_and_topics(client, office):
    reader = make_subscriber("ana@example.org", confirmed_at=NOW)
    reader.topics.add(NewsletterTopic.objects.create(name="Sleep"))
    make_subscriber("waits@example.org", state=SubscriberState.PENDING)
    page = client.get(_url("index")).content.decode()
    for words in ("ana@example.org", "Confirmed", "Sleep", "waits@example.org", "May 6, 2026"):
        assert words in page
    page = client.get(_url("index"), {"state": "pending"}).content.decode()
    assert "waits@example.org" in page
    assert "ana@example.org" not in page


def test_an_empty_list_says_so(client, office):
    assert "Nobody is here yet" in client.get(_url("index")).content.decode()


def test_one_is_found_by_the_whole_address_in_any_spelling(client, office):
    make_subscriber("ana@example.org")
    make_subscriber("anabel@example.org")
    page = client.post(_url("index"), {"address": "ANA@Example.org"}).content.decode()
    assert ">ana@example.org<" in page
    assert "anabel" not in page
    assert "Nobody with this address" in client.post(_url("index"), {"address": "an@example.org"}).content.decode()
    assert "looks like name@example.com" in client.post(_url("index"), {"address": "ana"}).content.decode()


def test_a_list_of_many_has_pages(client, office):
    for number in range(60):
        make_subscriber(f"r{number}@example.org")
    assert "Page 1 of 2" in client.get(_url("index")).content.decode()
    assert client.get(_url("index"), {"p": 2}).content.decode().count("@example.org</a>") == 10


def _added(**kwargs):
    return {"address": "ana@example.org", "consent_note": "By phone on May 4", "consent": "on", **kwargs}


def test_added_by_hand_still_confirms(client, office):
    client.post(_url("add"), _added())
    reader = Subscriber.objects.get()
    assert (reader.state, reader.consent_note) == (SubscriberState.PENDING, "By phone on May 4")
    event = reader.events.get()
    assert (event.kind, event.user) == ("added_by_hand", office)
    confirmation_mail.send_due(now=timezone.now())
    assert mail.outbox[0].to == ["ana@example.org"]
    assert "By phone on May 4" in client.get(_url("history", reader.pk)).content.decode()


@pytest.mark.parametrize("missing", ["address", "consent_note", "consent"])
def test_nobody_is_added_without_consent(client, office, missing):
    answer = client.post(_url("add"), {name: value for name, value in _added().items() if name != missing})
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()


def test_adding_tells_when_no_mail_leaves(client, office):
    suppression.suppress(address_key="ana@example.org", reason=SuppressionReason.COMPLAINT, now=NOW)
    assert "No mail was sent" in client.post(_url("add"), _added(), follow=True).content.decode()
    assert not Subscriber.objects.exists()


LIST = """Name;Address
Ana;Ana@example.org
Ben;ben@example.org
Twice;ana@EXAMPLE.org
Wrong;ben@
;
Known;known@example.org
Gone;gone@example.org
"""


def _file(text=LIST):
    content = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile("list.csv", content, "text/csv")


def _import(client, *, step="", **kwargs):
    data = {"consent_note": "Paper list of 2025", "consent": "on", "step": step, **kwargs}
    return client.post(_url("import"), data).content.decode()


@pytest.fixture
def known_and_gone():
    suppression.suppress(address_key="gone@example.org", reason=SuppressionReason.ERASED, now=NOW)
    return make_subscriber("known@example.org", state=SubscriberState.UNSUBSCRIBED)


def test_the_dry_run_changes_nothing_and_names_the_lines(client, office, known_and_gone):
    page = _import(client, file=_file(), step="import")
    assert "Dry run" in page
    assert "Line 5: " in page
    assert "Import 2 addresses" in page
    assert Subscriber.objects.count() == 1


@pytest.mark.parametrize(("confirmed", "state"), [("on", SubscriberState.CONFIRMED), ("", SubscriberState.PENDING)])
def test_the_import_brings_the_good_lines_and_nobody_back(client, office, known_and_gone, confirmed, state):
    page = _import(client, text=LIST, step="import", confirmed=confirmed)
    assert "Imported" in page
    new = Subscriber.objects.exclude(pk=known_and_gone.pk)
    assert {(each.address, each.state) for each in new} == {("Ana@example.org", state), ("ben@example.org", state)}
    assert all(each.consent_note == "Paper list of 2025" for each in new)
    assert all(each.events.get().user == office for each in new)
    known_and_gone.refresh_from_db()
    assert known_and_gone.state == SubscriberState.UNSUBSCRIBED
    sent, _ = confirmation_mail.send_due(now=timezone.now())
    assert sent == (0 if confirmed else 2)
    assert ModelLogEntry.objects.get(action="newsletter.import").data == {"new": 2}
    assert "New" in _import(client, text=LIST)
    _import(client, text=LIST, step="import", confirmed=confirmed)
    assert Subscriber.objects.count() == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        ("ana@example.org\nben@example.org\n", "must name the columns"),
        ("", "empty"),
        ('address\n"ana@example.org\n', "Line"),
        ("address\n" + "x" * 200_000, "Line 2"),
    ],
)
def test_a_file_that_is_none_says_why(client, office, content, words):
    assert words in _import(client, file=_file(content))
    assert not Subscriber.objects.exists()


def test_without_a_file_or_consent_nothing_happens(client, office):
    assert "Choose a file" in _import(client)
    assert "Dry run" not in _import(client, file=_file(), consent="")
    assert not Subscriber.objects.exists()


def test_a_list_that_is_too_long_is_cut_and_said(client, office, monkeypatch):
    monkeypatch.setattr("newsletter.address_lists.LONGEST_LIST", 2)
    page = _import(client, file=_file("address\na@example.org\nb@example.org\nc@example.org\n"))
    assert "Line 4: Only 2 addresses" in page


def test_the_export_is_logged_and_no_cell_is_run(client, office):
    make_subscriber("=1+1@example.org", source="@SUM(A1)")
    make_subscriber("ben@example.org", state=SubscriberState.UNSUBSCRIBED)
    answer = client.post(_url("export"), {"state": "confirmed"})
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    assert "'=1+1@example.org" in text
    assert "'@SUM(A1)" in text
    assert "ben@" not in text
    entry = ModelLogEntry.objects.get(action="newsletter.export")
    assert entry.user == office
    assert entry.data == {"rows": 1, "state": "confirmed"}
    assert client.get(_url("export")).status_code == 405
