"""Only Office and Owners reach any of it: every admin address whose view is intake's, found by walking them all."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import URLPattern, get_resolver, reverse
from wagtail.models import ModelLogEntry

from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS
from intake.desk.request_page import STEPS
from intake.models import ConsultationRequest
from intake.services import transitions
from tests.factories import make_user, make_user_with

from .desk_help import address, post_step
from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db
MARKER = "Zebulon Quarkwater"


def admin_patterns(patterns=None, prefix=""):
    """(route, view) of every address under /admin/."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, each.callback
        elif (prefix or route).startswith("admin/"):
            yield from admin_patterns(each.url_patterns, route)


def module_of(view) -> str:
    view = getattr(view, "view_class", None) or view
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return getattr(view, "__module__", "")


def own_addresses(reference: str) -> list[str]:
    """Every address of intake in the admin with its arguments filled in; fails on an argument it does not know."""
    known = {"reference": [reference], "step": list(STEPS)}
    found = []
    for route, view in admin_patterns():
        if not module_of(view).startswith("intake."):
            continue
        filled = [route.replace("^", "").replace("\\Z", "").replace("$", "")]
        for name in re.findall(r"<(?:\w+:)?(\w+)>", route):
            assert name in known, f"Say in this test what stands for <{name}> in {route}."
            filled = [re.sub(rf"<(?:\w+:)?{name}>", value, each) for each in filled for value in known[name]]
        found += [f"/{each}" for each in filled]
    return found


@pytest.fixture
def about(mesa, office_user):
    made = make_request(name=MARKER, note=MARKER, email="zebulon@example.com")
    appointment = {"appointment_at": OPEN_MOMENT, "office_id": mesa.pk}
    transitions.book(request_id=made.pk, version=1, user=office_user, now=OPEN_MOMENT, note=MARKER, **appointment)
    return ConsultationRequest.objects.get(pk=made.pk)


def test_the_walk_finds_the_desk(about):
    found = own_addresses(about.reference)
    assert {address("queue"), address("request", about.reference), address("erase_person", about.reference)} <= set(
        found
    )
    assert len(found) >= 20


@pytest.mark.parametrize("role", [EDITORS, REVIEWERS, "", None])
@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_else_is_turned_away_at_every_address(client, about, role, method):
    if role is not None:
        user = make_user(role or EDITORS)
        if not role:
            user.groups.set([Group.objects.get_or_create(name="Visitors")[0]])
        client.force_login(user)
    lines = ModelLogEntry.objects.count()
    for url in own_addresses(about.reference):
        response = getattr(client, method)(url, {"version": about.version, "text": MARKER, "action": "discard"})
        assert response.status_code in (302, 403, 404), (url, response.status_code)
        if response.status_code == 302:
            assert response.headers["Location"].startswith(("/admin/?", "/admin/login/")) or response.headers[
                "Location"
            ] == ("/admin/"), url
        assert MARKER not in response.content.decode(), url
    assert ModelLogEntry.objects.count() == lines
    assert ConsultationRequest.objects.get() == about
    assert ConsultationRequest.objects.get().version == about.version


@pytest.mark.parametrize("role", [OFFICE, OWNERS])
def test_the_office_and_the_owners_reach_what_can_be_looked_at(client, about, role):
    client.force_login(make_user(role))
    for name in ("request", "print", "person", "calendar_file"):
        assert client.get(address(name, about.reference)).status_code == 200
    assert client.get(address("queue")).status_code == 200


@pytest.mark.parametrize("role", [EDITORS, REVIEWERS])
def test_no_shared_screen_names_a_request(client, about, role, office_user):
    client.force_login(office_user)
    client.get(address("request", about.reference))
    client.force_login(make_user(role))
    shared = ["/admin/", "/admin/reports/site-history/", "/admin/pages/", f"/admin/pages/{about.office_id}/usage/"]
    for url in shared:
        html = client.get(url, follow=True).content.decode()
        for words in (MARKER, about.reference, "zebulon", address("queue")):
            assert words not in html, (url, words)


def test_the_address_of_the_search_holds_nothing(client, office_user, about):
    client.force_login(office_user)
    response = client.post(address("search"), {"text": MARKER})
    assert response.status_code == 200
    assert MARKER.replace(" ", "+") not in response.content.decode()


VIEW, CHANGE, DELETE, EXPORT = (
    f"intake.{action}_consultationrequest" for action in ("view", "change", "delete", "export")
)


@pytest.fixture
def spam(mesa):
    return make_request(held=True)


def sign_in_with(client, *permissions):
    client.force_login(make_user_with("wagtailadmin.access_admin", *permissions))


def refused(response) -> bool:
    return response.status_code == 404 or (response.status_code == 302 and response.headers["Location"] == "/admin/")


def discard_one(client, about):
    return post_step(client, about, "discard")


def discard_many(client, about):
    data = {"action": "discard", "confirmed": "yes", "chosen": [f"{about.pk}:{about.version}"]}
    return client.post(address("bulk"), data)


def erase(client, about):
    return client.post(address("erase_person", about.reference))


@pytest.mark.parametrize("way", [discard_one, discard_many, erase])
@pytest.mark.parametrize("permissions", [(VIEW,), (VIEW, CHANGE), (VIEW, CHANGE, EXPORT), (DELETE,)])
def test_nothing_is_deleted_without_the_permission_to_delete(client, spam, way, permissions):
    sign_in_with(client, *permissions)
    way(client, spam)
    deletes_alone = way is erase and permissions == (DELETE,)
    assert ConsultationRequest.objects.exists() is not deletes_alone


@pytest.mark.parametrize("way", [discard_one, discard_many, erase])
def test_the_permission_to_delete_is_all_that_deleting_needs(client, spam, way):
    sign_in_with(client, CHANGE, DELETE)
    way(client, spam)
    assert not ConsultationRequest.objects.exists()


def test_no_button_deletes_for_whom_may_not(client, spam):
    sign_in_with(client, VIEW, CHANGE)
    for url in (address("request", spam.reference), address("queue") + "?show=held"):
        html = client.get(url).content.decode()
        assert "Not spam" in html
        assert "Delete permanently" not in html
    assert "Erase permanently" not in client.get(address("person", spam.reference)).content.decode()


@pytest.mark.parametrize("permissions", [(DELETE,), (CHANGE,), (EXPORT,)])
def test_looking_needs_the_permission_to_view(client, about, permissions):
    sign_in_with(client, *permissions)
    for name in ("request", "print", "calendar_file"):
        assert refused(client.get(address(name, about.reference))), name
    assert refused(client.get(address("queue")))
    assert refused(client.post(address("search"), {"text": MARKER}))
    for name in ("intake_statistics", "intake_access_log", "intake_export"):
        assert refused(client.get(reverse(name))), name


@pytest.mark.parametrize("permissions", [(VIEW,), (DELETE,), (EXPORT,), (VIEW, EXPORT)])
def test_changing_needs_the_permission_to_change(client, about, permissions):
    sign_in_with(client, *permissions)
    assert refused(post_step(client, about, "note", note="mine"))
    assert refused(client.post(address("bulk"), {"action": "assign", "chosen": [f"{about.pk}:{about.version}"]}))
    assert refused(client.get(address("person", about.reference)))
    assert refused(client.post(address("export_person", about.reference)))
    assert not about.events.filter(kind="note").exists()


def test_who_only_looks_is_offered_no_step(client, about):
    sign_in_with(client, VIEW)
    html = client.get(address("request", about.reference)).content.decode()
    assert MARKER in html
    assert "Next step" not in html.replace("Next step planned", "")
    assert address("person", about.reference) not in html


@pytest.mark.parametrize("permissions", [(VIEW,), (EXPORT,), (VIEW, CHANGE, DELETE)])
def test_the_list_is_exported_with_both_permissions_alone(client, about, permissions):
    sign_in_with(client, *permissions)
    assert refused(client.get(reverse("intake_export")))
    assert refused(client.post(reverse("intake_export") + "?show=all", {"file_format": "csv"}))


def test_to_view_and_to_export_is_enough_for_the_list(client, about):
    sign_in_with(client, VIEW, EXPORT)
    response = client.post(reverse("intake_export") + "?show=all", {"file_format": "csv"})
    assert about.reference in b"".join(response.streaming_content).decode()


def test_somebody_who_has_left_reaches_nothing(client, about):
    client.force_login(make_user_with("wagtailadmin.access_admin", VIEW, is_active=False))
    assert client.get(address("queue")).status_code == 302
