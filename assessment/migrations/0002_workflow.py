"""The workflow that leads from a written self-assessment to a published one."""

from django.db import migrations

WORKFLOW = "Review of self-assessments"


def make_workflow(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    ContentType = apps.get_model("contenttypes", "ContentType")
    task_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    assessment_type, _ = ContentType.objects.get_or_create(app_label="assessment", model="assessment")
    task = apps.get_model("wagtailcore", "GroupApprovalTask").objects.create(
        name=WORKFLOW, active=True, content_type=task_type
    )
    task.groups.set(Group.objects.get_or_create(name=name)[0] for name in ("Clinical reviewers", "Owners"))
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=WORKFLOW, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowContentType").objects.create(workflow=workflow, content_type=assessment_type)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial"), ("pages", "0002_home_page")]

    operations = [migrations.RunPython(make_workflow, migrations.RunPython.noop)]
