"""Gives the four groups what the table of roles says; and asks what group a person is in."""

from collections.abc import Iterable

from django.apps import AppConfig, apps
from django.contrib.auth.models import AbstractUser, AnonymousUser, Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from innerbalance.security.roles import GRANTS, OWNERS, ROLES


def has_role(user: AbstractUser | AnonymousUser, *roles: str) -> bool:
    """Whether `user` is active and in one of `roles`; superusers count as Owners."""
    if not user.is_active:
        return False
    if user.is_superuser and OWNERS in roles:
        return True
    return user.groups.filter(name__in=roles).exists()


def grant_after_migrate(sender: AppConfig, **kwargs: object) -> None:
    """For Django's post_migrate: hand out what the table says, once all apps have their permissions. Only ever adds."""
    if sender is not [app for app in apps.get_app_configs() if app.models_module][-1]:
        return
    groups = {role: Group.objects.get_or_create(name=role)[0] for role in ROLES}
    for grant in GRANTS:
        for permission in named_permissions(grant.permissions):
            for role in grant.roles:
                _give(groups[role], permission, grant.on)


def named_permissions(names: Iterable[str]) -> QuerySet[Permission]:
    """The rows of permissions named "app_label.codename"; one that does not exist is left out."""
    query = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        query |= Q(content_type__app_label=app_label, codename=codename)
    return Permission.objects.filter(query).select_related("content_type")


def own_permissions() -> QuerySet[Permission]:
    """The table's permissions on our own models, for Wagtail's form of a group."""
    ours = {app.label for app in apps.get_app_configs() if app.name.split(".")[0] not in {"django", "wagtail"}}
    return named_permissions(
        name for grant in GRANTS if grant.on == "site" for name in grant.permissions if name.split(".")[0] in ours
    )


def _give(group: Group, permission: Permission, on: str) -> None:
    if on == "pages":
        root = Page.objects.filter(depth=1).first()
        if root:
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    elif on == "files":
        root = Collection.objects.filter(depth=1).first()
        if root:
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    else:
        group.permissions.add(permission)
