"""Putting a blog's posts under clinical review."""

from wagtail.models import Workflow, WorkflowPage

from blog.models import BlogIndexPage, ClinicalReviewTask


def put_under_review(*, index: BlogIndexPage) -> None:
    """Let all posts under `index` go through the workflow "Clinical review"; a workflow chosen by hand stays."""
    if WorkflowPage.objects.filter(page=index).exists():
        return
    workflow = Workflow.objects.active().filter(workflow_tasks__task__in=ClinicalReviewTask.objects.all()).first()
    if workflow:
        WorkflowPage.objects.create(page=index, workflow=workflow)
