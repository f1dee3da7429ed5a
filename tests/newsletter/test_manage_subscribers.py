import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS
from newsletter.desk.urls import subscriber_urls
from newsletter.models import NewsletterTopic, Subscriber, SubscriberImport
from newsletter.rules.address_lists import read_list
from newsletter.rules.subscriber_states import SubscriberState, SuppressionReason
from newsletter.services import confirmation_email, importing, suppression
from tests.factories import make_user
from tests.newsletter.factories import NOW, make_subscriber

pytestmark = pytest.mark.django_db

IMPORT_STEPS = ("import_one", "import_start", "import_go_on", "import_discard")
SCREENS = (
    ("get", "index"),
    ("post", "index"),
    ("get", "add"),
    ("post", "add"),
    ("get", "history"),
    ("get", "import"),
    ("post", "import"),
    ("get", "import_one"),
    ("post", "import_start"),
    ("post", "import_go_on"),
    ("post", "import_discard"),
    ("post", "export"),
    ("get", "suppression"),
    ("post", "suppression"),
    ("post", "suppress"),
    ("post", "lift"),
)


def _url(name, *args):
    return reverse(f"newsletter_subscribers:{name}", args=args)


@pytest.fixture
def office(client):
    user = make_user(OFFICE)
    client.force_login(user)
    return user


@pytest.mark.parametrize(("method", "screen"), SCREENS)
@pytest.mark.parametrize(
    ("role", "may"), [(EDITORS, False), (REVIEWERS, False), (OFFICE, True), (OWNERS, True), (None, False)]
)
def test_who_may_do_what(client, method, screen, role, may):
    reader = make_subscriber("ana@example.org")
    listed = read_list("address\nben@example.org\n")
    job = importing.look(listed=listed, confirmed=True, consent_note="", file_name="", user=None, now=NOW)
    if role:
        client.force_login(make_user(role))
    about = {"history": [reader.pk]} | {name: [job.pk] for name in IMPORT_STEPS}
    answer = getattr(client, method)(_url(screen, *about.get(screen, [])))
    if may:
        assert answer.status_code in (200, 302)
        assert answer.headers.get("Location") != reverse("wagtailadmin_home")
    else:
        # Wagtail sends those it refuses to the admin's home, and strangers to the door.
        assert answer.status_code == 302
        assert answer.url.partition("?")[0] == reverse("wagtailadmin_home" if role else "wagtailadmin_login")
        assert b"@example.org" not in answer.content
        assert Subscriber.objects.count() == 1
        assert SubscriberImport.objects.get().state == "checked"


@pytest.mark.parametrize(("role", "may"), [(EDITORS, False), (REVIEWERS, False), (OFFICE, True), (OWNERS, True)])
def test_who_finds_it_in_the_menu(client, role, may):
    client.force_login(make_user(role))
    assert (f'"{_url("index")}"' in client.get(reverse("wagtailadmin_home")).content.decode()) is may


def test_every_screen_is_asked_about():
    """A new address must say who may open it."""
    named = {pattern.name for pattern in subscriber_urls}
    assert named == {screen for _, screen in SCREENS} | {"growth"}


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
    assert "Nobody is on the list yet" in client.get(_url("index")).content.decode()


def test_one_is_found_by_the_whole_address_in_any_spelling(client, office):
    make_subscriber("ana@example.org")
    make_subscriber("anabel@example.org")
    page = client.post(_url("index"), {"address": "ANA@Example.org"}).content.decode()
    assert ">ana@example.org<" in page
    assert "anabel" not in page
    assert "Nobody has this address" in client.post(_url("index"), {"address": "an@example.org"}).content.decode()
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
    confirmation_email.send_due(now=timezone.now())
    assert mail.outbox[0].to == ["ana@example.org"]
    assert "By phone on May 4" in client.get(_url("history", reader.pk)).content.decode()


@pytest.mark.parametrize("missing", ["address", "consent_note", "consent"])
def test_nobody_is_added_without_consent(client, office, missing):
    answer = client.post(_url("add"), {name: value for name, value in _added().items() if name != missing})
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()


def test_adding_tells_when_no_mail_leaves(client, office):
    suppression.suppress(address_key="ana@example.org", reason=SuppressionReason.COMPLAINT, now=NOW)
    assert "No email was sent" in client.post(_url("add"), _added(), follow=True).content.decode()
    assert not Subscriber.objects.exists()


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


@pytest.mark.parametrize("state", ["\x00", "nobody", "confirmed\x00", "\ud800"])
def test_a_filter_that_is_no_status_exports_everybody_and_is_not_logged(client, office, state):
    make_subscriber("ben@example.org", state=SubscriberState.UNSUBSCRIBED)
    answer = client.post(_url("export"), {"state": state.encode("utf-8", "replace")})
    assert b"ben@example.org" in answer.content
    assert ModelLogEntry.objects.get(action="newsletter.export").data == {"rows": 1, "state": ""}
    assert client.get(_url("index"), {"state": state.encode("utf-8", "replace")}).status_code == 200
