"""An empty site has a home page and one site record; Wagtail's own welcome page, groups and workflow go."""

from django.conf import settings
from django.db import migrations


def make_home(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("pages", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Site.objects.all().delete()
    Page.objects.filter(depth=2, slug="home").delete()
    Page.objects.filter(depth=1).update(numchild=1)
    content_type, _ = ContentType.objects.get_or_create(app_label="pages", model="homepage")
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE.split("-")[0])
    home = HomePage.objects.create(
        title="Home", draft_title="Home", slug="home", heading="Welcome", path="00010001", depth=2, numchild=0,
        url_path="/home/", content_type=content_type, locale=locale,
    )  # fmt: skip
    Site.objects.create(hostname="localhost", root_page_id=home.pk, is_default_site=True, site_name="")


def remove_wagtails_groups_and_workflow(apps, schema_editor):
    """Ours follow: groups from the table of roles after each migrate, workflows from the apps that need them."""
    apps.get_model("wagtailcore", "Workflow").objects.all().delete()
    apps.get_model("wagtailcore", "Task").objects.all().delete()
    apps.get_model("auth", "Group").objects.filter(name__in=["Moderators", "Editors"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailusers", "0001_initial"),
        # their migrations give permissions to Wagtail's groups, which must be there
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0001_initial"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunPython(make_home, migrations.RunPython.noop),
        migrations.RunPython(remove_wagtails_groups_and_workflow, migrations.RunPython.noop),
    ]
