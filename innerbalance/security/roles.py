"""The four groups of people who sign in, and how a migration gives them permissions."""

EDITORS = "Editors"
REVIEWERS = "Clinical reviewers"
OFFICE = "Office"
OWNERS = "Owners"
ROLES = (EDITORS, REVIEWERS, OFFICE, OWNERS)


def grant(apps, role: str, *permissions: str) -> None:
    """Give `role` permissions named "app_label.codename", inside a migration.

    Django makes permissions after all migrations ran, too late for a migration that hands them out: so each is made
    here when it is missing, with the name Django would give it. The model is what follows the codename's first "_".
    """
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    group, _ = Group.objects.get_or_create(name=role)
    for dotted in permissions:
        app_label, codename = dotted.split(".")
        action, _, model = codename.partition("_")
        content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": f"Can {action} {model}"}
        )
        group.permissions.add(permission)


def has_role(user, *roles: str) -> bool:
    """Whether `user` is active and in one of `roles`; superusers count as Owners."""
    if not user.is_active:
        return False
    if user.is_superuser and OWNERS in roles:
        return True
    return user.groups.filter(name__in=roles).exists()
