
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='RateLimitHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('count', models.PositiveIntegerField(default=0)),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RecordKey',
            fields=[
                ('record', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('key_name', models.CharField(db_index=True, max_length=16)),
                ('wrapped', models.BinaryField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
    ]
