
import django.db.models.deletion
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('images', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('past_midnight', models.BooleanField(default=False, verbose_name='closes on the next day')),
                ('applies_to', models.CharField(choices=[('all', 'Front office and sessions'), ('front_office', 'Front office only'), ('sessions', 'Sessions only')], default='all', max_length=20, verbose_name='applies to')),
                ('first', models.DateField(verbose_name='first day')),
                ('last', models.DateField(verbose_name='last day')),
                ('opens', models.TimeField(blank=True, null=True, verbose_name='opens')),
                ('closes', models.TimeField(blank=True, null=True, verbose_name='closes')),
                ('reason', models.CharField(blank=True, help_text='Readers see it, for example Thanksgiving.', max_length=80, verbose_name='reason')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'closure',
                'verbose_name_plural': 'closures',
                'ordering': ['first', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HolidayDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('name', models.CharField(max_length=120, verbose_name='holiday')),
                ('decision', models.CharField(choices=[('closed', 'Closed'), ('special', 'Special hours'), ('open', 'Open as usual')], max_length=10, verbose_name='decision')),
                ('closure', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='holiday', to='locations.closure')),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='LocationIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', models.TextField(blank=True, help_text='A sentence or two above the list of offices.', verbose_name='introduction')),
                ('share_image', models.ForeignKey(blank=True, help_text="Shown when someone shares the page. Without one, the page's own picture is used.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture for sharing')),
            ],
            options={
                'verbose_name': 'offices',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='LocationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('phone', models.CharField(blank=True, help_text="Leave empty to show the practice's own number.", max_length=20, verbose_name='phone')),
                ('street', models.CharField(help_text='Street and suite.', max_length=120, verbose_name='street')),
                ('city', models.CharField(max_length=80, verbose_name='city')),
                ('region', models.CharField(default='AZ', max_length=40, verbose_name='state')),
                ('postal_code', models.CharField(max_length=12, verbose_name='ZIP code')),
                ('country', models.CharField(default='US', help_text='Two letters, like US.', max_length=2, verbose_name='country')),
                ('latitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name='latitude')),
                ('longitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name='longitude')),
                ('time_zone', models.CharField(default='America/Phoenix', help_text='For example America/Phoenix.', max_length=40, verbose_name='time zone')),
                ('lead', models.TextField(blank=True, help_text='Two sentences about this office.', verbose_name='summary')),
                ('map_alt', models.CharField(blank=True, max_length=240, verbose_name='what the map shows')),
                ('finding', wagtail.fields.RichTextField(blank=True, verbose_name='how to find the suite')),
                ('parking', wagtail.fields.RichTextField(blank=True, verbose_name='parking')),
                ('transit', wagtail.fields.RichTextField(blank=True, verbose_name='bus and light rail')),
                ('accessibility', wagtail.fields.RichTextField(blank=True, verbose_name='accessibility of the building')),
                ('telehealth', wagtail.fields.RichTextField(blank=True, verbose_name='telehealth')),
                ('map_image', models.ForeignKey(blank=True, help_text="A map of our own. Describe it below; never a screenshot of somebody else's map.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='map')),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture of the building or the room')),
                ('share_image', models.ForeignKey(blank=True, help_text="Shown when someone shares the page. Without one, the page's own picture is used.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture for sharing')),
            ],
            options={
                'verbose_name': 'office',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.AddField(
            model_name='closure',
            name='location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='locations.locationpage', verbose_name='office'),
        ),
        migrations.CreateModel(
            name='WeeklySlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('past_midnight', models.BooleanField(default=False, verbose_name='closes on the next day')),
                ('kind', models.CharField(choices=[('front_office', 'Front office'), ('sessions', 'Sessions')], default='front_office', max_length=20, verbose_name='kind')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], verbose_name='day')),
                ('opens', models.TimeField(verbose_name='opens')),
                ('closes', models.TimeField(verbose_name='closes')),
                ('location', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weekly_slots', to='locations.locationpage')),
            ],
            options={
                'ordering': ['kind', 'weekday', 'opens'],
            },
        ),
    ]
