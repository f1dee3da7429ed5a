"""The office and the owners manage hours; everybody else may read them on the site."""

from django.db import migrations

from innerbalance.security.roles import OFFICE, OWNERS, grant

PERMISSIONS = [
    f"locations.{action}_{model}"
    for model in ("closure", "weeklyslot", "holidaydecision")
    for action in ("add", "change", "delete", "view")
]


def give(apps, schema_editor):
    for role in (OFFICE, OWNERS):
        grant(apps, role, *PERMISSIONS)


class Migration(migrations.Migration):
    dependencies = [
        ("locations", "0001_initial"),
        ("pages", "0002_home_and_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
