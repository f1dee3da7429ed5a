"""Only Office and Owners reach any of it: every admin address whose view is intake's, found by walking them all."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import URLPattern, get_resolver
from wagtail.models import ModelLogEntry

from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS
from intake.desk.request_page import STEPS
from intake.models import ConsultationRequest
from intake.services import transitions
from tests.factories import make_user

from .desk_help import address
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
