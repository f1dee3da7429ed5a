"""Each screen of the newsletter asks for one permission of its own: it alone opens it, and all the others do not."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from newsletter.desk.urls import campaign_urls, subscriber_urls
from newsletter.models import Delivery, Suppression
from newsletter.rules.address_lists import read_list
from newsletter.rules.delivery_states import DeliveryState
from newsletter.rules.subscriber_states import SuppressionReason
from newsletter.services import importing, suppression, worker
from tests.factories import make_user_with
from tests.newsletter.factories import NOW, make_subscriber, plan

pytestmark = pytest.mark.django_db
ADMIN = "wagtailadmin.access_admin"
ANA = "ana@example.org"

# (method, screen): the permission
CAMPAIGN_SCREENS = {
    ("get", "index"): "view_campaign",
    ("get", "prepare"): "send_campaign",
    ("post", "prepare"): "send_campaign",
    ("post", "send_test"): "send_campaign",
    ("get", "results"): "view_campaign",
    ("get", "progress"): "view_campaign",
    ("post", "decide"): "send_campaign",
}
SUBSCRIBER_SCREENS = {
    ("get", "index"): "view_subscriber",
    ("post", "index"): "view_subscriber",
    ("get", "history"): "view_subscriber",
    ("get", "add"): "add_subscriber",
    ("post", "add"): "add_subscriber",
    ("get", "import"): "add_subscriber",
    ("post", "import"): "add_subscriber",
    ("get", "import_one"): "add_subscriber",
    ("post", "import_start"): "add_subscriber",
    ("post", "import_go_on"): "add_subscriber",
    ("post", "import_discard"): "add_subscriber",
    ("post", "export"): "export_subscriber",
    ("get", "growth"): "view_campaign",
    ("get", "suppression"): "view_suppression",
    ("post", "suppression"): "view_suppression",
    ("post", "suppress"): "add_suppression",
    ("post", "lift"): "delete_suppression",
}
SCREENS = [
    *(("newsletter_desk", *screen, permission) for screen, permission in CAMPAIGN_SCREENS.items()),
    *(("newsletter_subscribers", *screen, permission) for screen, permission in SUBSCRIBER_SCREENS.items()),
]


@pytest.fixture
def address_of(issue):
    """The address of a screen, about an issue, a campaign, a subscriber or an import that exists."""
    reader = make_subscriber(ANA)
    listed = read_list("address\nben@example.org\n")
    job = importing.look(listed=listed, confirmed=True, consent_note="", file_name="", user=None, now=NOW)

    def address(namespace: str, screen: str) -> str:
        about = {
            "prepare": lambda: [issue.pk],
            "send_test": lambda: [issue.pk],
            "results": lambda: [plan(issue).pk],
            "progress": lambda: [plan(issue).pk],
            "decide": lambda: [plan(issue).pk],
            "history": lambda: [reader.pk],
        } | {name: lambda: [job.pk] for name in ("import_one", "import_start", "import_go_on", "import_discard")}
        return reverse(f"{namespace}:{screen}", args=about.get(screen, list)())

    return address


def others_than(permission: str) -> list[str]:
    found = Permission.objects.filter(content_type__app_label="newsletter").exclude(codename=permission)
    return [f"newsletter.{other.codename}" for other in found]


def asked(client, user, method: str, url: str):
    client.force_login(user)
    return getattr(client, method)(url, {"decision": "pause"} if url.endswith("/decide/") else {})


@pytest.mark.parametrize(("namespace", "method", "screen", "permission"), SCREENS)
def test_its_permission_alone_opens_a_screen(client, address_of, namespace, method, screen, permission):
    answer = asked(client, make_user_with(ADMIN, f"newsletter.{permission}"), method, address_of(namespace, screen))
    assert answer.status_code in (200, 302)
    assert answer.headers.get("Location") != reverse("wagtailadmin_home")
    assert answer["Cache-Control"].startswith("private, no-store")


@pytest.mark.parametrize(("namespace", "method", "screen", "permission"), SCREENS)
def test_all_the_others_together_do_not(client, address_of, namespace, method, screen, permission):
    answer = asked(client, make_user_with(ADMIN, *others_than(permission)), method, address_of(namespace, screen))
    assert answer["Location"] == reverse("wagtailadmin_home")


def test_a_new_screen_must_say_who_may_open_it():
    assert {pattern.name for pattern in campaign_urls} == {screen for _, screen in CAMPAIGN_SCREENS}
    assert {pattern.name for pattern in subscriber_urls} == {screen for _, screen in SUBSCRIBER_SCREENS}


@pytest.mark.parametrize(
    ("namespace", "screens"), [("newsletter_desk", CAMPAIGN_SCREENS), ("newsletter_subscribers", SUBSCRIBER_SCREENS)]
)
def test_what_changes_something_is_no_link(client, address_of, namespace, screens):
    client.force_login(make_user_with(ADMIN, *others_than("")))
    for screen in {name for _, name in screens}:
        if ("get", screen) not in screens:
            assert client.get(address_of(namespace, screen)).status_code == 405


@pytest.fixture
def uncertain(issue, mail_server) -> Delivery:
    make_subscriber(ANA)
    mail_server.mode = "drop"
    plan(issue)
    worker.run(clock=lambda: NOW, seconds=60)
    return Delivery.objects.get()


def resend(client, uncertain, *permissions):
    client.force_login(make_user_with(ADMIN, *permissions))
    data = {"decision": "resend", "delivery": [uncertain.pk]}
    client.post(reverse("newsletter_desk:decide", args=[uncertain.campaign_id]), data)
    uncertain.refresh_from_db()
    return uncertain.state


def test_who_may_not_see_addresses_can_not_resend(client, uncertain):
    assert resend(client, uncertain, "newsletter.send_campaign") == DeliveryState.UNCERTAIN


def test_who_may_send_and_see_addresses_resends(client, uncertain):
    assert resend(client, uncertain, "newsletter.send_campaign", "newsletter.view_delivery") == DeliveryState.QUEUED


def test_only_looking_lifts_nothing_and_exports_nothing(client):
    suppression.suppress(address_key=ANA, reason=SuppressionReason.BY_HAND, now=NOW)
    make_subscriber("ben@example.org")
    client.force_login(make_user_with(ADMIN, *(p for p in others_than("") if ".view_" in p)))
    lifted = {"address": ANA, "reason": "by_hand", "why": "They called"}
    client.post(reverse("newsletter_subscribers:lift"), lifted)
    assert Suppression.objects.count() == 1
    exported = client.post(reverse("newsletter_subscribers:export"))
    assert b"ben@example.org" not in exported.content
