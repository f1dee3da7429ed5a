
import django.db.models.deletion
import modelsearch.index
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pages', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('slug', models.SlugField(help_text='The last part of its web address, /self-assessment/…/.', max_length=100, unique=True, verbose_name='slug')),
                ('introduction', wagtail.fields.RichTextField(blank=True, help_text="What this self-assessment looks at. You don't need to say that it isn't a test or a diagnosis, or that answers stay with the reader: the page says so.", verbose_name='introduction')),
                ('minutes', models.PositiveSmallIntegerField(default=5, help_text='Readers see this before they begin.', verbose_name='minutes it takes')),
                ('layout', models.CharField(choices=[('steps', 'One question at a time'), ('page', 'All questions on one page')], default='steps', max_length=10, verbose_name='layout')),
                ('labels', wagtail.fields.StreamField([], blank=True, block_lookup={}, help_text='The same for every question, from the lowest value to the highest.', verbose_name='answers to choose from')),
                ('scales', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='scales')),
                ('items', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='questions')),
                ('pairs', wagtail.fields.StreamField([], blank=True, block_lookup={}, help_text='What results on two scales mean together. Optional.', verbose_name='pairs of ranges')),
                ('examples', wagtail.fields.StreamField([], blank=True, block_lookup={}, help_text='Answers with the result you expect, at least one for each range. They are scored whenever you publish, and must come out as you say.', verbose_name='worked examples')),
                ('next_steps', wagtail.fields.RichTextField(blank=True, verbose_name='what readers can do next')),
                ('limits', wagtail.fields.RichTextField(blank=True, verbose_name="what it can't tell")),
                ('references', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='references')),
                ('origin', models.CharField(choices=[('own', 'Our own reflection, not a validated scale'), ('instrument', 'A published instrument, used with permission')], max_length=12, verbose_name='where it comes from')),
                ('instrument', models.CharField(blank=True, max_length=200, verbose_name='name of the instrument')),
                ('citation', models.TextField(blank=True, verbose_name='citation')),
                ('license', models.CharField(blank=True, max_length=300, verbose_name='license or permission')),
                ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='last reviewed on')),
                ('review_due', models.DateField(blank=True, null=True, verbose_name='next review due on')),
                ('counts_runs', models.BooleanField(default=True, help_text='Two totals a day, and nothing about readers or their answers.', verbose_name='count how often it is started and finished')),
                ('trial_answers', models.CharField(blank=True, help_text='One value for each question, separated by spaces, with a dash for no answer. The preview “Result of the trial answers” shows their result. Readers never see this.', max_length=600, verbose_name='trial answers')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='pages.clinicianpage', verbose_name='author')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('permission_document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='proof of permission')),
            ],
            options={
                'verbose_name': 'self-assessment',
                'verbose_name_plural': 'self-assessments',
                'ordering': ('title',),
            },
            bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='AssessmentDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(db_index=True, verbose_name='day')),
                ('started', models.PositiveIntegerField(default=0, verbose_name='started')),
                ('finished', models.PositiveIntegerField(default=0, verbose_name='finished')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='assessment.assessment')),
            ],
            options={
                'ordering': ('-day',),
                'default_permissions': ('view',),
                'constraints': [models.UniqueConstraint(fields=('assessment', 'day'), name='one_row_a_day')],
            },
        ),
    ]
