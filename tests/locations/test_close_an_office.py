"""The office closes for a day, and every page follows at once."""

from datetime import date, time

import pytest

from innerbalance.locations.models import Closure
from tests.factories import make_user, make_user_with
from tests.locations.factories import make_closure

ADD = "/admin/closures/new/"
WEDNESDAY = date(2026, 11, 25)


def payload(**changes):
    return {
        "location": "", "first": "2026-11-25", "last": "", "what": "closed", "opens": "", "closes": "",
        "reason": "Thanksgiving eve", **changes,
    }  # fmt: skip


@pytest.fixture
def office(client, offices):
    user = make_user("Office")
    client.force_login(user)
    return user


def errors(response) -> dict:
    assert response.status_code == 200, response.status_code
    return dict(response.context["form"].errors)


def test_close_tempe_for_tomorrow(client, tuesday, offices, office, django_assert_max_num_queries):
    response = client.post(ADD, payload(location=offices[1].pk), follow=True)
    html = response.content.decode()
    assert "Tempe will read" in html
    assert "Closed Wednesday, November 25 (Thanksgiving eve)" in html
    assert "Closed today (Thanksgiving eve). Opens tomorrow at 9 am" in html
    client.logout()
    for address in ("/locations/", "/locations/tempe/"):
        assert "Closed Wednesday, November 25 (Thanksgiving eve)" in client.get(address).content.decode()
    assert "Closed Wednesday" not in client.get("/locations/mesa/").content.decode()
    tuesday.move_to("2026-11-25T10:00:00-07:00")
    home = client.get("/").content.decode()
    assert "Closed today (Thanksgiving eve)" in home
    assert "Open now until 3 pm" in home  # Mesa


def test_a_cached_copy_is_out_of_date_at_once(client, tuesday, offices, office):
    client.logout()
    old = client.get("/locations/tempe/")
    make_closure(WEDNESDAY, reason="Thanksgiving eve")
    new = client.get("/locations/tempe/", headers={"if-none-match": old["ETag"]})
    assert new.status_code == 200


def test_special_hours_for_both(client, tuesday, offices, office):
    client.post(ADD, payload(what="special", opens="09:00", closes="12:00", reason=""))
    closure = Closure.objects.get()
    assert (closure.location, closure.opens, closure.closes) == (None, time(9), time(12))
    assert "Open 9 am to noon on Wednesday, November 25" in client.get("/locations/mesa/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first": ""}, "first"),
        ({"first": "2026-11-23"}, "first"),
        ({"first": "2026-02-30"}, "first"),
        ({"first": "9999-12-31"}, "first"),
        ({"first": "2028-11-26"}, "first"),
        ({"first": "0001-01-01"}, "first"),
        ({"last": "9999-12-31"}, "last"),
        ({"last": "2026-11-24"}, "last"),
        ({"what": "special"}, "opens"),
        ({"what": "special", "opens": "12:00", "closes": "09:00"}, "closes"),
        ({"location": "999999"}, "location"),
        ({"reason": "x" * 81}, "reason"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(client, tuesday, offices, office, changes, field):
    assert field in errors(client.post(ADD, payload(**changes)))
    assert not Closure.objects.exists()


def test_an_overlap_names_the_other_one(client, tuesday, offices, office):
    make_closure(date(2026, 11, 24), date(2026, 11, 27), reason="Thanksgiving", location=offices[1])
    found = errors(client.post(ADD, payload()))
    assert "Thanksgiving" in found["first"][0]
    # The other office is free on that day.
    assert client.post(ADD, payload(location=offices[0].pk)).status_code == 302


def test_change_and_take_back(client, tuesday, offices, office):
    closure = make_closure(WEDNESDAY, reason="a drill")
    client.post(f"/admin/closures/edit/{closure.pk}/", payload(reason="a real one"))
    assert Closure.objects.get().reason == "a real one"
    client.post(f"/admin/closures/delete/{closure.pk}/")
    assert not Closure.objects.exists()
    assert "Closed Wednesday" not in client.get("/locations/tempe/").content.decode()


def test_preview_while_typing(client, tuesday, offices, office):
    html = client.get("/admin/closures/preview/", payload()).content.decode()
    assert "Mesa will read" in html
    assert "Tempe will read" in html
    assert client.get("/admin/closures/preview/", payload(first="")).content.decode().strip() == ""
    assert not Closure.objects.exists()


def test_the_form_stands_on_the_admin_home(client, tuesday, offices, office):
    html = client.get("/admin/").content.decode()
    assert 'action="/admin/closures/new/"' in html
    assert 'value="2026-11-25"' in html
    assert "Thanksgiving Day, Thursday, November 26" in html  # not decided yet


@pytest.mark.parametrize(
    ("permission", "address"),
    [
        ("add_closure", ADD),
        ("add_closure", "/admin/closures/preview/"),
        ("add_closure", "/admin/closures/saved/1/"),
        ("change_weeklyslot", "/admin/opening_hours/"),
        ("change_weeklyslot", "/admin/opening_hours/{mesa}/"),
        ("add_holidaydecision", "/admin/holidays/"),
    ],
)
def test_each_screen_asks_for_its_own_permission(client, tuesday, offices, permission, address):
    make_closure(WEDNESDAY)
    Closure.objects.update(id=1)
    address = address.format(mesa=offices[0].pk)
    for held in ("add_closure", "change_weeklyslot", "add_holidaydecision"):
        client.force_login(make_user_with("wagtailadmin.access_admin", f"locations.{held}"))
        assert (client.get(address).status_code == 200) is (held == permission)
        if held != permission:
            assert client.post(address).status_code in (302, 403)
    assert offices[0].weekly_slots.count() == 5


def test_own_screens_are_cached_nowhere(client, tuesday, offices, office):
    for address in ("/admin/opening_hours/", "/admin/holidays/", "/admin/closures/preview/"):
        assert client.get(address)["Cache-Control"].startswith("private, no-store")
    assert client.post("/admin/closures/preview/").status_code == 405


@pytest.mark.parametrize(
    ("role", "allowed"), [("Office", True), ("Owners", True), ("Editors", False), ("Clinical reviewers", False)]
)
@pytest.mark.parametrize(
    "address",
    [ADD, "/admin/closures/preview/", "/admin/opening_hours/", "/admin/holidays/", "/admin/closures/saved/1/"],
)
def test_who_may(client, tuesday, offices, role, allowed, address):
    make_closure(WEDNESDAY)
    Closure.objects.update(id=1)
    client.force_login(make_user(role))
    response = client.get(address)
    assert (response.status_code == 200) is allowed
    assert (ADD in client.get("/admin/").content.decode()) is allowed
