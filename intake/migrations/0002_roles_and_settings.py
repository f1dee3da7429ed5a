"""Who may do what with consultation requests (Office and Owners alone, the export for Owners); the form's settings."""

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


def make_settings(apps, schema_editor):
    """Here, so that no reader's GET has to write them."""
    IntakeSettings = apps.get_model("intake", "IntakeSettings")
    if not IntakeSettings.objects.exists():
        IntakeSettings.objects.create()


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("pages", "0002_home_and_roles"),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
        migrations.RunPython(make_settings, migrations.RunPython.noop),
    ]
