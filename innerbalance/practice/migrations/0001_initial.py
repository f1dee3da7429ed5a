
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PracticeSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice_name', models.CharField(default='Inner Balance Counseling', max_length=120)),
                ('legal_name', models.CharField(blank=True, help_text='As registered, when it differs.', max_length=160)),
                ('tagline', models.CharField(blank=True, help_text='A few words under the name on the home page.', max_length=160)),
                ('phone', models.CharField(blank=True, help_text='The number readers call. Write it as you like; it is stored in international form.', max_length=20)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('crisis_text', models.TextField(default='In danger right now? Call 911. For support at any hour call or text 988, the Suicide & Crisis Lifeline; para español, envíe AYUDA al 988.', help_text='Stands in every footer. Keep 911 and 988 in it.')),
                ('announcement', models.CharField(blank=True, help_text='A bar at the top of every page. One sentence.', max_length=240)),
                ('announcement_until', models.DateTimeField(blank=True, help_text='Then it goes by itself.', null=True, verbose_name='show it until')),
                ('facebook', models.URLField(blank=True)),
                ('instagram', models.URLField(blank=True)),
                ('linkedin', models.URLField(blank=True)),
                ('youtube', models.URLField(blank=True)),
                ('copyright_holder', models.CharField(blank=True, help_text="Without one, the practice's name.", max_length=120)),
                ('security_contact', models.EmailField(blank=True, help_text="Who hears of a security problem (security.txt). Without one, the practice's email address.", max_length=254)),
            ],
            options={
                'verbose_name': 'practice',
            },
        ),
    ]
