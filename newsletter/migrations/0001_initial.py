
import django.db.models.deletion
import modelcluster.fields
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('images', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NewsletterTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('description', models.CharField(blank=True, help_text='One line, shown beside the choice.', max_length=200)),
                ('sort_order', models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                'ordering': ['sort_order', 'name'],
            },
        ),
        migrations.CreateModel(
            name='SignUpAsk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=254)),
                ('address_key', models.CharField(db_index=True, max_length=254)),
                ('source', models.CharField(max_length=120)),
                ('asked_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_hash', models.CharField(max_length=64, unique=True)),
                ('reason', models.CharField(choices=[('erased', 'Asked to be deleted'), ('hard_bounce', 'The mailbox does not exist'), ('soft_bounces', 'Bounced repeatedly'), ('complaint', 'Reported as spam'), ('by_phone', 'Asked us not to write'), ('by_hand', 'The office decided')], max_length=16)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NewsletterIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', models.TextField(blank=True, help_text='One or two sentences below the title.')),
                ('what_to_expect', wagtail.fields.RichTextField(blank=True)),
                ('how_often', models.CharField(blank=True, help_text='For example: About once a month.', max_length=200)),
                ('share_image', models.ForeignKey(blank=True, help_text="Shown when someone shares the page. Without one, the page's own picture is used.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture for sharing')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsletterIssuePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('preview_text', models.CharField(blank=True, help_text='Shown by email programs beside the subject. Says what the subject leaves out.', max_length=150)),
                ('body', wagtail.fields.StreamField([], block_lookup={})),
                ('audience', models.CharField(choices=[('each_issue', 'Readers of every issue'), ('monthly', 'Readers of the monthly digest'), ('everyone', 'Everyone')], default='each_issue', max_length=16, verbose_name='for')),
                ('share_image', models.ForeignKey(blank=True, help_text="Shown when someone shares the page. Without one, the page's own picture is used.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture for sharing')),
                ('topics', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Only to readers who chose one of these topics, or no topic. Without any: to everyone.', related_name='+', to='newsletter.newslettertopic')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_hash', models.CharField(max_length=64)),
                ('subject', models.CharField(max_length=255)),
                ('html', models.TextField()),
                ('text', models.TextField()),
                ('posts', models.JSONField(default=list)),
                ('audience', models.CharField(choices=[('each_issue', 'Readers of every issue'), ('monthly', 'Readers of the monthly digest'), ('everyone', 'Everyone')], default='each_issue', max_length=16)),
                ('state', models.CharField(choices=[('scheduled', 'Scheduled'), ('queueing', 'Preparing'), ('running', 'Sending'), ('paused', 'Paused'), ('finished', 'Finished'), ('cancelled', 'Canceled')], max_length=16)),
                ('scheduled_at', models.DateTimeField()),
                ('created_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('paused_reason', models.CharField(blank=True, max_length=300)),
                ('queued_up_to', models.BigIntegerField(default=0)),
                ('queue_ends_at', models.BigIntegerField(default=0)),
                ('failures_in_row', models.PositiveIntegerField(default=0)),
                ('transport_failures_in_row', models.PositiveIntegerField(default=0)),
                ('rest_until', models.DateTimeField(blank=True, null=True)),
                ('slow_step', models.PositiveSmallIntegerField(default=0)),
                ('office_untold', models.BooleanField(default=False)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision')),
                ('page', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='campaign', to='newsletter.newsletterissuepage')),
                ('topics', models.ManyToManyField(blank=True, related_name='+', to='newsletter.newslettertopic')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'permissions': [('send_campaign', 'Can send campaign')],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Subscriber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.CharField(max_length=254)),
                ('address_key', models.CharField(max_length=254, unique=True)),
                ('state', models.CharField(choices=[('pending', 'Waiting for confirmation'), ('confirmed', 'Confirmed'), ('unsubscribed', 'Unsubscribed'), ('bounced', 'Address bounced'), ('complained', 'Reported as spam')], default='pending', max_length=16)),
                ('frequency', models.CharField(choices=[('each_issue', 'Every issue'), ('monthly', 'Monthly digest')], default='each_issue', max_length=16)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('consent_note', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('confirm_token_hash', models.CharField(blank=True, db_index=True, max_length=64)),
                ('confirm_expires_at', models.DateTimeField(blank=True, null=True)),
                ('confirm_sent_at', models.DateTimeField(blank=True, null=True)),
                ('confirm_mail_due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('preferences_link_due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('less_often_offered_at', models.DateTimeField(blank=True, null=True)),
                ('topics', models.ManyToManyField(blank=True, related_name='subscribers', to='newsletter.newslettertopic')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'permissions': [('export_subscriber', 'Can export subscriber')],
                'default_permissions': ('add', 'change', 'delete', 'view'),
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Failed'), ('suppressed', 'Withheld'), ('uncertain', 'Uncertain')], default='queued', max_length=16)),
                ('reason', models.CharField(blank=True, choices=[('', ''), ('unsubscribed', 'Unsubscribed before the email was sent'), ('not_confirmed', 'Has not confirmed the sign-up'), ('erased', 'Asked to be deleted before the email was sent'), ('complained', 'Reported an earlier email as spam'), ('bounced_before', 'The address bounced earlier'), ('on_suppression_list', 'On the suppression list'), ('cancelled', 'The campaign was canceled'), ('refused', 'The mail server refused it for good'), ('gave_up', 'Not accepted after the last attempt'), ('bounced', 'Bounced after it was sent'), ('not_sendable', 'The email could not be made for this address'), ('worker_stopped', 'The sender stopped while handing it over'), ('no_answer', 'The mail server received it and gave no answer')], default='', max_length=24)),
                ('detail', models.CharField(blank=True, max_length=200)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField()),
                ('claimed_by', models.CharField(blank=True, max_length=64)),
                ('handed_over_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('provider_message_id', models.CharField(blank=True, max_length=255)),
                ('soft_bounced_at', models.DateTimeField(blank=True, null=True)),
                ('complained_at', models.DateTimeField(blank=True, null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='newsletter.campaign')),
                ('resent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subscriber', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='newsletter.subscriber')),
            ],
            options={
                'ordering': ['pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='SubscriberEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('signed_up', 'Signed up'), ('added_by_hand', 'Added by the office'), ('imported', 'Imported'), ('confirmation_sent', 'Confirmation email sent'), ('confirmed', 'Confirmed'), ('preferences_changed', 'Preferences changed'), ('less_often', 'Switched to the monthly digest'), ('unsubscribed', 'Unsubscribed'), ('undone', 'Undid unsubscribing'), ('soft_bounce', 'An email bounced'), ('hard_bounce', 'The mailbox does not exist'), ('complaint', 'Reported an email as spam'), ('exported', 'Downloaded their data'), ('suppressed', 'The office: never write to this address'), ('lifted', 'The office: this address may be written to again')], max_length=24)),
                ('at', models.DateTimeField()),
                ('detail', models.CharField(blank=True, max_length=200)),
                ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='newsletter.campaign')),
                ('subscriber', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='newsletter.subscriber')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SubscriberImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('checked', 'Dry run'), ('running', 'Importing'), ('finished', 'Imported'), ('stopped', 'Stopped')], default='checked', max_length=16)),
                ('file_name', models.CharField(blank=True, max_length=120)),
                ('consent_note', models.CharField(max_length=300)),
                ('confirmed', models.BooleanField(default=False)),
                ('total', models.PositiveIntegerField(default=0)),
                ('twice', models.PositiveIntegerField(default=0)),
                ('error_count', models.PositiveIntegerField(default=0)),
                ('errors', models.JSONField(default=list)),
                ('new', models.PositiveIntegerField(default=0)),
                ('known', models.PositiveIntegerField(default=0)),
                ('suppressed', models.PositiveIntegerField(default=0)),
                ('not_asked', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(db_index=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ImportChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='newsletter.subscriberimport')),
            ],
            options={
                'ordering': ['number'],
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='subscriber',
            index=models.Index(fields=['state', 'frequency'], name='subscriber_audience'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['campaign', 'state', 'next_attempt_at'], name='delivery_due'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['handed_over_at'], name='delivery_rate'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('provider_message_id', ''), _negated=True), fields=['provider_message_id'], name='delivery_provider_id'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('campaign', 'subscriber'), name='delivery_once_per_issue_and_subscriber'),
        ),
        migrations.AddConstraint(
            model_name='importchunk',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='import_chunk_once'),
        ),
    ]
