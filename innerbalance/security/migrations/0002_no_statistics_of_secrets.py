"""PostgreSQL takes no samples of the column that holds wrapped keys: a key that was destroyed must not stand in
pg_statistic until the next ANALYZE. SQLite's statistics hold no values of columns without an index."""

from django.db import migrations


def take_no_samples(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE security_recordkey ALTER COLUMN wrapped SET STATISTICS 0")


class Migration(migrations.Migration):
    dependencies = [("security", "0001_initial")]

    operations = [migrations.RunPython(take_no_samples, migrations.RunPython.noop)]
