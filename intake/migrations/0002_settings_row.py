"""The settings exist from the start, so that no reader's GET has to write them."""

from django.db import migrations


def make_settings(apps, schema_editor):
    settings_model = apps.get_model("intake", "IntakeSettings")
    if not settings_model.objects.exists():
        settings_model.objects.create()


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [migrations.RunPython(make_settings, migrations.RunPython.noop)]
