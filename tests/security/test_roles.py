"""Each role has the permissions of its work, as the table of roles says, and no others."""

from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.management import call_command
from django.test import Client
from wagtail.models import GroupPagePermission

from innerbalance.security.grants import has_role, named_permissions, own_permissions
from innerbalance.security.roles import EDITORS, GRANTS, OFFICE, OWNERS, REVIEWERS, ROLES, as_markdown, permissions_of
from tests.factories import make_standard_page, make_user

DOCS = Path(__file__).parent.parent.parent / "docs"


def _given(role: str) -> set[str]:
    rows = Permission.objects.filter(group__name=role).values_list("content_type__app_label", "codename")
    return {f"{app_label}.{codename}" for app_label, codename in rows}


def test_the_four_roles_exist_and_wagtails_own_are_gone(db):
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_group_has_what_the_table_gives_it(db, role):
    assert _given(role) == permissions_of(role)


@pytest.mark.parametrize("role", ROLES)
def test_a_group_has_the_table_s_permissions_on_pages_and_files(db, role):
    group = Group.objects.get(name=role)
    pages = {f"wagtailcore.{row.permission.codename}" for row in group.page_permissions.all()}
    files = {
        f"{row.permission.content_type.app_label}.{row.permission.codename}"
        for row in group.collection_permissions.select_related("permission__content_type")
    }
    assert pages == permissions_of(role, on="pages")
    assert files == permissions_of(role, on="files")


@pytest.mark.parametrize("grant", GRANTS, ids=lambda grant: grant.action)
def test_every_line_of_the_table_names_permissions_that_exist(db, grant):
    assert named_permissions(grant.permissions).count() == len(grant.permissions)
    assert set(grant.roles) <= set(ROLES)


def test_what_an_owner_gave_by_hand_stays(db):
    office = Group.objects.get(name=OFFICE)
    more = Permission.objects.get(codename="export_consultationrequest")
    office.permissions.add(more)
    call_command("migrate", verbosity=0)
    assert more in office.permissions.all()


def test_what_is_missing_comes_back_with_the_next_migrate(db):
    Group.objects.get(name=OFFICE).permissions.clear()
    GroupPagePermission.objects.filter(group__name=EDITORS).delete()
    call_command("migrate", verbosity=0)
    assert _given(OFFICE) == permissions_of(OFFICE)
    assert GroupPagePermission.objects.filter(group__name=EDITORS).count() == len(permissions_of(EDITORS, on="pages"))


def test_the_docs_print_the_table():
    assert as_markdown() in (DOCS / "roles.md").read_text(encoding="utf-8")


def test_no_permission_stands_twice_for_the_same_place():
    names = [(grant.on, name) for grant in GRANTS for name in grant.permissions]
    assert len(names) == len(set(names))


def test_an_owner_gives_our_own_permissions_in_wagtails_form_of_a_group(client, home):
    client.force_login(make_user(OWNERS))
    page = client.get(f"/admin/groups/edit/{Group.objects.get(name=OFFICE).pk}/").content.decode()
    wanted = own_permissions()
    assert {"export_consultationrequest", "send_campaign"} <= set(wanted.values_list("codename", flat=True))
    for permission in wanted:
        assert f'value="{permission.pk}"' in page, permission


@pytest.mark.parametrize(
    ("role", "address", "allowed"),
    [
        (OWNERS, "/admin/users/", True),
        (EDITORS, "/admin/users/", False),
        (OFFICE, "/admin/users/", False),
        (OWNERS, "/admin/settings/practice/practicesettings/{practice}/", True),
        (OFFICE, "/admin/settings/practice/practicesettings/{practice}/", True),
        (EDITORS, "/admin/settings/practice/practicesettings/{practice}/", False),
        (REVIEWERS, "/admin/settings/practice/practicesettings/{practice}/", False),
        (EDITORS, "/admin/snippets/blog/topic/", True),
        (OFFICE, "/admin/snippets/blog/topic/", False),
        *((role, address, role != OFFICE) for role in ROLES for address in ("/admin/images/", "/admin/images/add/")),
        *((role, address, role != OFFICE) for role in ROLES for address in ("/admin/documents/",)),
    ],
)
def test_who_reaches_what(client, home, role, address, allowed):
    from innerbalance.practice.models import PracticeSettings

    practice = PracticeSettings.load()
    client.force_login(make_user(role))
    response = client.get(address.format(practice=practice.pk), follow=True)
    reached = response.status_code == 200 and not response.redirect_chain
    assert reached is allowed


def test_only_owners_delete_the_pictures_of_others(home):
    from tests.factories import make_image

    image = make_image()
    image.uploaded_by_user = make_user(OWNERS)
    image.save()
    for role in (EDITORS, REVIEWERS):
        client = Client()
        client.force_login(make_user(role))
        assert client.post(f"/admin/images/{image.pk}/delete/").status_code in {302, 403}
        assert type(image).objects.filter(pk=image.pk).exists()
    client = Client()
    client.force_login(make_user(OWNERS))
    client.post(f"/admin/images/{image.pk}/delete/")
    assert not type(image).objects.filter(pk=image.pk).exists()


def test_who_edits_pages(home):
    page = make_standard_page(home)
    may_edit = {role: page.permissions_for_user(make_user(role)).can_edit() for role in ROLES}
    assert may_edit == {EDITORS: True, REVIEWERS: True, OFFICE: False, OWNERS: True}


def test_everybody_of_the_four_reaches_the_admins_home(client, home):
    for role in ROLES:
        client.force_login(make_user(role))
        assert client.get("/admin/").status_code == 200


def test_has_role(db):
    assert has_role(make_user(OFFICE), OFFICE, OWNERS)
    assert not has_role(make_user(OFFICE), OWNERS)


def test_who_left_has_no_role(db):
    """Also not the superuser who left."""
    user = make_user(OFFICE)
    user.is_active = False
    assert not has_role(user, OFFICE)
    user.is_superuser = True
    assert not has_role(user, OWNERS)
    assert not has_role(AnonymousUser(), *ROLES)


def test_a_superuser_counts_as_an_owner_alone(db):
    user = make_user(OFFICE)
    user.groups.clear()
    user.is_superuser = True
    assert has_role(user, OWNERS)
    assert not has_role(user, OFFICE)


def test_djangos_admin_is_not_mounted(client, home):
    assert client.get("/django-admin/").status_code == 404


def test_migrations_import_no_code_of_ours():
    """What they say must hold for ever, whatever the code becomes."""
    ours = {"blog", "intake", "newsletter", "assessment", "innerbalance"}
    for app in apps.get_app_configs():
        if app.name.split(".")[0] not in ours:
            continue
        for file in (Path(app.path) / "migrations").glob("0*.py"):
            text = file.read_text(encoding="utf-8")
            for name in ours:
                assert f"import {name}" not in text, file
                assert f"from {name}" not in text, file
