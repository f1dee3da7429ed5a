"""Who may do what with consultation requests: Office and Owners alone, and the export for Owners."""

from django.db import migrations

from innerbalance.security.roles import OFFICE, OWNERS, grant

DESK = (
    "intake.view_consultationrequest",
    "intake.change_consultationrequest",
    "intake.delete_consultationrequest",
    "intake.change_intakesettings",
)


def give(apps, schema_editor):
    grant(apps, OFFICE, *DESK)
    grant(apps, OWNERS, *DESK, "intake.export_consultationrequest")


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("pages", "0002_home_and_roles"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
