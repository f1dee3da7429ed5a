"""Each role has the permissions of its work, and no others."""

import pytest
from django.contrib.auth.models import Group

from innerbalance.security.roles import ROLES, has_role
from tests.factories import make_standard_page, make_user


def test_the_four_roles_exist_and_wagtails_own_are_gone(db):
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


@pytest.mark.parametrize(
    ("role", "address", "allowed"),
    [
        ("Owners", "/admin/users/", True),
        ("Editors", "/admin/users/", False),
        ("Office", "/admin/users/", False),
        ("Owners", "/admin/settings/pages/practicesettings/{practice}/", True),
        ("Office", "/admin/settings/pages/practicesettings/{practice}/", True),
        ("Editors", "/admin/settings/pages/practicesettings/{practice}/", False),
        ("Clinical reviewers", "/admin/settings/pages/practicesettings/{practice}/", False),
        ("Editors", "/admin/snippets/blog/topic/", True),
        ("Office", "/admin/snippets/blog/topic/", False),
        ("Editors", "/admin/images/", True),
        ("Office", "/admin/images/", False),
    ],
)
def test_who_reaches_what(client, home, role, address, allowed):
    from innerbalance.pages.models import PracticeSettings

    practice = PracticeSettings.load()
    client.force_login(make_user(role))
    response = client.get(address.format(practice=practice.pk), follow=True)
    reached = response.status_code == 200 and not response.redirect_chain
    assert reached is allowed


def test_who_edits_pages(home):
    page = make_standard_page(home)
    may_edit = {role: page.permissions_for_user(make_user(role)).can_edit() for role in ROLES}
    assert may_edit == {"Editors": True, "Clinical reviewers": True, "Office": False, "Owners": True}


def test_everybody_of_the_four_reaches_the_admins_home(client, home):
    for role in ROLES:
        client.force_login(make_user(role))
        assert client.get("/admin/").status_code == 200


def test_has_role(db):
    assert has_role(make_user("Office"), "Office", "Owners")
    assert not has_role(make_user("Office"), "Owners")


def test_djangos_admin_is_not_mounted(client, home):
    assert client.get("/django-admin/").status_code == 404
