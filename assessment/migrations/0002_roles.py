"""Who may write and who may publish self-assessments, and the workflow that leads from one to the other."""

from django.db import migrations

from innerbalance.security.roles import EDITORS, OWNERS, REVIEWERS, grant

WORKFLOW = "Review of self-assessments"


def make_roles(apps, schema_editor):
    for role in (EDITORS, REVIEWERS, OWNERS):
        actions = ("add", "change", "view")
        grant(apps, role, *(f"assessment.{action}_assessment" for action in actions))
        grant(apps, role, "assessment.view_assessmentday")
    for role in (REVIEWERS, OWNERS):
        grant(apps, role, "assessment.publish_assessment")
    grant(apps, OWNERS, *(f"assessment.{action}_assessment" for action in ("delete", "lock", "unlock")))


def make_workflow(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    ContentType = apps.get_model("contenttypes", "ContentType")
    task_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    assessment_type, _ = ContentType.objects.get_or_create(app_label="assessment", model="assessment")
    task = apps.get_model("wagtailcore", "GroupApprovalTask").objects.create(
        name=WORKFLOW, active=True, content_type=task_type
    )
    task.groups.set(Group.objects.filter(name__in=[REVIEWERS, OWNERS]))
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=WORKFLOW, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowContentType").objects.create(workflow=workflow, content_type=assessment_type)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial"), ("pages", "0002_home_and_roles")]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(make_workflow, migrations.RunPython.noop),
    ]
