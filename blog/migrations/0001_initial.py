
import django.db.models.deletion
import modelcluster.fields
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('images', '0001_initial'),
        ('pages', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('slug', models.SlugField(help_text='Its address: /blog/topic/…/', max_length=80, unique=True, verbose_name='slug')),
                ('description', models.TextField(blank=True, help_text="Shown at the top of the topic's listing.", verbose_name='description')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='BlogIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', models.TextField(blank=True, help_text='A sentence or two about what you write here.', verbose_name='intro')),
                ('share_image', models.ForeignKey(blank=True, help_text="Shown when someone shares the page. Without one, the page's own picture is used.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture for sharing')),
            ],
            options={
                'verbose_name': 'blog',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='BlogPostPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One or two sentences, shown in lists, in search results and when the post is shared.', max_length=400, verbose_name='summary')),
                ('hero_alt', models.CharField(blank=True, help_text='What the picture shows and why it is here.', max_length=250, verbose_name="description for people who can't see it")),
                ('hero_decorative', models.BooleanField(default=False, verbose_name='the picture is only decoration')),
                ('body', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='body')),
                ('quick_exit', models.BooleanField(default=False, help_text='For posts that someone may have to close at once: violence, control, leaving a relationship.', verbose_name='offer “leave this page quickly”')),
                ('source_name', models.CharField(blank=True, editable=False, max_length=255)),
                ('source_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('hero_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture')),
                ('share_image', models.ForeignKey(blank=True, help_text="Shown when someone shares the page. Without one, the page's own picture is used.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.practiceimage', verbose_name='picture for sharing')),
                ('topics', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='posts', to='blog.topic', verbose_name='topics')),
            ],
            options={
                'verbose_name': 'post',
                'permissions': [('publish_without_review', 'Can publish a post without review'), ('withdraw_post', 'Can unpublish, move or delete a live post')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ClinicalReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('holds_months', models.PositiveSmallIntegerField(default=12, verbose_name='months until the next review is due')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'clinical review',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='ClinicalReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reviewer_name', models.CharField(max_length=200)),
                ('reviewed_at', models.DateTimeField()),
                ('next_due', models.DateField()),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='blog.blogpostpage')),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision')),
            ],
            options={
                'ordering': ['-reviewed_at'],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['page', '-reviewed_at'], name='blog_clinic_page_id_6759d2_idx')],
            },
        ),
        migrations.CreateModel(
            name='PostAuthor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorships', to='pages.clinicianpage', verbose_name='clinician')),
                ('post', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='post_authors', to='blog.blogpostpage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('post', 'clinician'), name='one_byline_per_author')],
            },
        ),
    ]
