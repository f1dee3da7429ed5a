"""Who may do what with posts and topics, and the workflow "Clinical review"."""

from django.db import migrations

from innerbalance.security.roles import EDITORS, OWNERS, REVIEWERS, grant

WORKFLOW = "Clinical review"


def make_roles(apps, schema_editor):
    for role in (EDITORS, OWNERS):
        grant(apps, role, "blog.add_topic", "blog.change_topic", "blog.view_topic")
    grant(apps, REVIEWERS, "blog.view_topic")
    grant(apps, OWNERS, "blog.delete_topic")
    for role in (EDITORS, REVIEWERS, OWNERS):
        grant(apps, role, "blog.view_clinicalreview")
    post_permission(apps, "publish_without_review", "Can publish a post without review", OWNERS)
    post_permission(apps, "withdraw_post", "Can unpublish, move or delete a live post", REVIEWERS, OWNERS)


def post_permission(apps, codename, name, *roles):
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _ = ContentType.objects.get_or_create(app_label="blog", model="blogpostpage")
    permission, _ = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=roles):
        group.permissions.add(permission)


def make_workflow(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    ContentType = apps.get_model("contenttypes", "ContentType")
    task_type, _ = ContentType.objects.get_or_create(app_label="blog", model="clinicalreviewtask")
    task = apps.get_model("blog", "ClinicalReviewTask").objects.create(
        name=WORKFLOW, active=True, content_type=task_type
    )
    task.groups.set(Group.objects.filter(name__in=[REVIEWERS, OWNERS]))
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=WORKFLOW, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_initial"), ("pages", "0002_home_and_roles")]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(make_workflow, migrations.RunPython.noop),
    ]
