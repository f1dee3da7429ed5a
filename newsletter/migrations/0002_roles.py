"""Editors write issues and see numbers; Office and Owners also see addresses and send."""

from django.db import migrations

from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS, grant


def make_roles(apps, schema_editor):
    for role in (EDITORS, REVIEWERS, OFFICE, OWNERS):
        grant(apps, role, "newsletter.view_campaign", "newsletter.view_newslettertopic")
    for role in (OFFICE, OWNERS):
        grant(
            apps,
            role,
            "newsletter.send_campaign",
            "newsletter.view_delivery",
            "newsletter.view_subscriber",
            "newsletter.add_subscriber",
            "newsletter.change_subscriber",
            "newsletter.delete_subscriber",
            "newsletter.export_subscriber",
            "newsletter.add_newslettertopic",
            "newsletter.change_newslettertopic",
            "newsletter.delete_newslettertopic",
            "newsletter.view_suppression",
            "newsletter.add_suppression",
            "newsletter.delete_suppression",
        )


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0001_initial"), ("pages", "0002_home_and_roles")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
