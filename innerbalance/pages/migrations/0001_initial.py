
import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('images', '0001_initial'),
        ('locations', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClinicianPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('credential', models.CharField(blank=True, help_text='As on the license, for example LPC.', max_length=60)),
                ('license_number', models.CharField(blank=True, max_length=40)),
                ('license_state', models.CharField(blank=True, default='Arizona', max_length=40)),
                ('pronouns', models.CharField(blank=True, max_length=40)),
                ('summary', models.TextField(blank=True, help_text='Two sentences for lists and under articles.')),
                ('focus_areas', wagtail.fields.StreamField([], blank=True, block_lookup={})),
                ('accepts_new_clients', models.BooleanField(default=True)),
                ('body', wagtail.fields.StreamField([], blank=True, block_lookup={})),
                ('offices', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='clinicians', to='locations.locationpage')),
                ('portrait', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage')),
                ('share_image', models.ForeignKey(blank=True, help_text="Shown when someone shares the page. Without one, the page's own picture is used.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture for sharing')),
                ('user', models.OneToOneField(blank=True, help_text="Who signs in as this person; reviews are then shown with this page's name.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='clinician_page', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'clinician',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('heading', models.CharField(blank=True, help_text='The first words a reader sees.', max_length=160)),
                ('lead', models.TextField(blank=True, help_text='Two or three sentences under the heading.')),
                ('body', wagtail.fields.StreamField([], blank=True, block_lookup={})),
                ('hero_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture')),
                ('share_image', models.ForeignKey(blank=True, help_text="Shown when someone shares the page. Without one, the page's own picture is used.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture for sharing')),
            ],
            options={
                'verbose_name': 'home page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='StandardPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', models.TextField(blank=True, help_text='What this page is about, in a sentence or two.')),
                ('body', wagtail.fields.StreamField([], blank=True, block_lookup={})),
                ('share_image', models.ForeignKey(blank=True, help_text="Shown when someone shares the page. Without one, the page's own picture is used.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture for sharing')),
            ],
            options={
                'verbose_name': 'standard page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='TeamIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', models.TextField(blank=True, help_text='A sentence or two about the team.')),
                ('share_image', models.ForeignKey(blank=True, help_text="Shown when someone shares the page. Without one, the page's own picture is used.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture for sharing')),
            ],
            options={
                'verbose_name': 'team',
            },
            bases=('wagtailcore.page',),
        ),
    ]
