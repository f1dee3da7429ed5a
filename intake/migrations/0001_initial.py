
import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IntakeSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question_modes', models.JSONField(default=dict, editable=False)),
                ('reasons', models.TextField(default='Relationship or marriage\nCodependency or people-pleasing\nAnxiety or worry\nLow mood or depression\nTrauma or a painful event\nGrief or loss\nParenting or family\nStress or burnout\nSomething else', help_text='One on each line, in the words of the people who ask.', verbose_name='reasons to choose from')),
                ('answer_open_hours', models.DecimalField(decimal_places=1, default=6, help_text='Open hours of the front office; the form promises them.', max_digits=4, validators=[django.core.validators.MinValueValidator(0.5), django.core.validators.MaxValueValidator(100)], verbose_name='answer within')),
                ('quiet_days', models.PositiveSmallIntegerField(default=5, help_text='After so many days without a step, a request is shown as stuck.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='days without a next step')),
                ('attempts_before_close', models.PositiveSmallIntegerField(default=3, help_text='“No response” is offered after so many attempts.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='attempts before closing')),
                ('keep_clients_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1)], verbose_name='months to keep requests of people who became clients')),
                ('keep_others_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1)], verbose_name='months to keep other ended requests')),
                ('keep_quarantine_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1)], verbose_name='days to keep requests held as spam')),
                ('introduction', models.TextField(default='Tell us how to reach you safely, and we will call or write to find a time for a first consultation. You do not need to explain anything before we talk.')),
                ('privacy_notice', models.TextField(default='What you write here is encrypted and read only by the people at our front office who answer you. We delete it when it is no longer needed, and sooner if you ask us to.', help_text='Two sentences, above the button.')),
                ('good_faith_estimate', models.TextField(default='If you do not use insurance, you have the right to a Good Faith Estimate of what your care may cost, in writing, before it begins.', verbose_name='Good Faith Estimate')),
                ('next_steps', models.TextField(default='A person at our front office reads your request and reaches out in the way you said is safe. Together you find a time, an office or telehealth, and a clinician.', help_text='On the page after the form was sent.', verbose_name='what happens next')),
                ('notice_subject', models.CharField(default='Consultation requests are waiting', max_length=120, verbose_name="subject of the office's notice")),
                ('notice_text', models.TextField(default='New consultation requests are waiting for an answer. Please sign in to read them.', help_text='Reference numbers and a link are added. Never put anything about a person here.', verbose_name="text of the office's notice")),
                ('auto_reply_enabled', models.BooleanField(default=True, verbose_name='send an automatic reply after hours')),
                ('auto_reply_subject', models.CharField(default='We received your message', help_text='Neutral: somebody else may see it on a locked screen.', max_length=120, verbose_name='subject of the automatic reply')),
                ('auto_reply_text', models.TextField(default='Thank you for writing. Our front office is closed right now; we will be in touch when it is open again.\n\nIf this is an emergency, call 911. You can call or text 988 at any time of day or night.', help_text="Sent only where email was said to be safe, at most once a day. The office's hours are added.", verbose_name='text of the automatic reply')),
            ],
            options={
                'verbose_name': 'consultation settings',
                'default_permissions': ('change',),
            },
        ),
        migrations.CreateModel(
            name='ConsultationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reference', models.CharField(editable=False, max_length=11, unique=True)),
                ('status', models.CharField(choices=[('new', 'New'), ('in_contact', 'In contact'), ('booked', 'Booked'), ('referred', 'Referred out'), ('declined', 'Declined'), ('closed', 'Closed')], default='new', max_length=16)),
                ('outcome', models.CharField(blank=True, choices=[('became_client', 'Became a client'), ('no_response', 'No response'), ('withdrew', 'Withdrew'), ('duplicate', 'Duplicate of another request')], max_length=16)),
                ('version', models.PositiveIntegerField(default=1)),
                ('telehealth', models.BooleanField(default=False)),
                ('source', models.CharField(blank=True, choices=[('', 'The form itself'), ('post', 'A post'), ('clinician', "A clinician's page"), ('office', "An office's page"), ('assessment', 'A self-assessment')], default='', max_length=12)),
                ('received_at', models.DateTimeField(db_index=True)),
                ('answer_due_at', models.DateTimeField(blank=True, null=True)),
                ('first_answered_at', models.DateTimeField(blank=True, null=True)),
                ('open_time_to_answer', models.DurationField(blank=True, null=True)),
                ('last_step_at', models.DateTimeField()),
                ('next_step_at', models.DateTimeField(blank=True, null=True)),
                ('appointment_at', models.DateTimeField(blank=True, null=True)),
                ('act_by', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('notified_at', models.DateTimeField(blank=True, null=True)),
                ('quarantined', models.BooleanField(default=False)),
                ('quarantine_reasons', models.JSONField(blank=True, default=list)),
                ('on_hold', models.BooleanField(default=False)),
                ('sealed', models.BinaryField()),
                ('assigned_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clinician', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='intake.consultationrequest')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('source_page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'permissions': [('export_consultationrequest', 'Can export consultation requests')],
                'default_permissions': ('view', 'change', 'delete'),
            },
        ),
        migrations.CreateModel(
            name='BlindIndex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=5)),
                ('token', models.CharField(db_index=True, max_length=64)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blind_indexes', to='intake.consultationrequest')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('received', 'Received'), ('held', 'Held as possible spam'), ('released', 'Released: not spam'), ('attempt', 'Attempt'), ('book', 'Booked'), ('refer', 'Referred out'), ('decline', 'Declined'), ('close', 'Closed'), ('reopen', 'Reopened'), ('note', 'Note'), ('assigned', 'Assigned'), ('planned', 'Next step planned'), ('kept', 'Legal hold placed'), ('not_kept', 'Legal hold lifted'), ('corrected', 'Corrected'), ('merged', 'Duplicate merged'), ('auto_reply', 'Automatic reply sent')], max_length=12)),
                ('at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('sealed', models.BinaryField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='intake.consultationrequest')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='NotifiedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notice', models.BooleanField(default=True, verbose_name='when requests arrive')),
                ('digest', models.BooleanField(default=True, verbose_name='every morning')),
                ('office', models.ForeignKey(blank=True, help_text='Empty: every office.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('settings', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='notified_people', to='intake.intakesettings')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='OfficeAnswerTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('open_hours', models.DecimalField(decimal_places=1, max_digits=4, validators=[django.core.validators.MinValueValidator(0.5), django.core.validators.MaxValueValidator(100)], verbose_name='answer within open hours')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('settings', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='office_answer_times', to='intake.intakesettings')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='OutgoingEmail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('office_notice', 'New requests, to the office'), ('auto_reply', 'Automatic reply, to the reader'), ('digest', 'Daily digest, to the office')], max_length=16)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Given up'), ('uncertain', 'Perhaps sent'), ('dropped', 'No longer wanted')], default='queued', max_length=12)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=100)),
                ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='emails', to='intake.consultationrequest')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RecentSubmission',
            fields=[
                ('fingerprint', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.consultationrequest')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('quarantined', False), ('status__in', ['booked', 'in_contact', 'new'])), fields=['act_by', 'received_at', 'id'], name='intake_queue'),
        ),
        migrations.AddIndex(
            model_name='consultationrequest',
            index=models.Index(fields=['quarantined', '-received_at'], name='intake_arrival'),
        ),
        migrations.AddIndex(
            model_name='consultationrequest',
            index=models.Index(fields=['quarantined', 'status', '-received_at'], name='intake_status'),
        ),
        migrations.AddIndex(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('notified_at', None), ('quarantined', False)), fields=['received_at'], name='intake_unnotified'),
        ),
        migrations.AddConstraint(
            model_name='blindindex',
            constraint=models.UniqueConstraint(models.F('request'), models.F('token'), name='intake_blind_index_once'),
        ),
        migrations.AddConstraint(
            model_name='notifiedperson',
            constraint=models.UniqueConstraint(fields=('settings', 'user'), name='intake_notified_once'),
        ),
        migrations.AddConstraint(
            model_name='officeanswertime',
            constraint=models.UniqueConstraint(fields=('settings', 'office'), name='intake_one_answer_time_per_office'),
        ),
        migrations.AddIndex(
            model_name='outgoingemail',
            index=models.Index(fields=['state', 'due_at'], name='intake_mail_due'),
        ),
    ]
