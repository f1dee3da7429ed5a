"""An empty site has a home page, settings and the four roles; Wagtail's own welcome page, groups and workflow go."""

from django.conf import settings
from django.db import migrations

from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS, grant

PICTURES_AND_FILES = [
    ("images", "practiceimage", ["add", "change", "choose"]),
    ("wagtaildocs", "document", ["add", "change", "choose"]),
]
PAGE_ACTIONS = {
    EDITORS: ["add", "change", "publish"],
    REVIEWERS: ["add", "change"],
    OWNERS: ["add", "change", "publish", "bulk_delete", "lock", "unlock"],
}
OWNERS_KEEP = [
    "pages.change_practicesettings",
    "images.delete_practiceimage",
    "wagtaildocs.delete_document",
    *(f"auth.{action}_{model}" for model in ("user", "group") for action in ("add", "change", "delete")),
    *(f"wagtailredirects.{action}_redirect" for action in ("add", "change", "delete")),
    *(
        f"wagtailcore.{action}_{model}"
        for model in ("workflow", "task", "collection")
        for action in ("add", "change", "delete")
    ),
    "wagtailcore.change_site",
]


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


def make_settings(apps, schema_editor):
    """Here, so that no reader's GET has to write them: it would move the site's version while a page is being made."""
    PracticeSettings = apps.get_model("pages", "PracticeSettings")
    if not PracticeSettings.objects.exists():
        PracticeSettings.objects.create()


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    Workflow.objects.all().delete()
    apps.get_model("wagtailcore", "Task").objects.all().delete()
    Group.objects.filter(name__in=["Moderators", EDITORS]).delete()
    root = Page.objects.get(depth=1)
    root_collection = Collection.objects.get(depth=1)
    for role in (EDITORS, REVIEWERS, OFFICE, OWNERS):
        grant(apps, role, "wagtailadmin.access_admin")
        group = Group.objects.get(name=role)
        for action in PAGE_ACTIONS.get(role, []):
            grant_on(GroupPagePermission, group, permission(apps, "wagtailcore", f"{action}_page"), page=root)
        for app_label, model, actions in PICTURES_AND_FILES if role != OFFICE else []:
            for action in actions:
                codename = f"{action}_image" if action == "choose" and app_label == "images" else f"{action}_{model}"
                wanted = permission(apps, app_label, codename, model)
                grant_on(GroupCollectionPermission, group, wanted, collection=root_collection)
    grant(apps, OWNERS, *OWNERS_KEEP)
    grant(apps, OFFICE, "pages.change_practicesettings")


def permission(apps, app_label, codename, model=""):
    """The permission, made when Django has not made it yet."""
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    action, _, target = codename.rpartition("_")
    content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model or target)
    wanted, _ = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {action} {target}"}
    )
    return wanted


def grant_on(model, group, wanted, **place):
    model.objects.get_or_create(group=group, permission=wanted, **place)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("images", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailusers", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(make_home, migrations.RunPython.noop),
        migrations.RunPython(make_settings, migrations.RunPython.noop),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
