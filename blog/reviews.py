"""Recording clinical reviews, and finding the posts that need one."""

from datetime import date, datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Revision, Workflow, WorkflowPage

from blog.models import BlogIndexPage, BlogPostPage, ClinicalReview, ClinicalReviewTask
from blog.review_dates import months_later

SOON = timedelta(days=30)


def record_review(*, task: ClinicalReviewTask, revision: Revision, reviewer, now: datetime) -> ClinicalReview | None:
    """Note that `reviewer` approved `revision` at `now`; None when it is no revision of a post.

    The name is kept as it was: a review stays true when the person leaves the practice.
    """
    page = revision.content_object
    if not isinstance(page, BlogPostPage):
        return None
    clinician = getattr(reviewer, "clinician_page", None)
    return ClinicalReview.objects.create(
        page_id=page.pk,
        revision=revision,
        reviewer=reviewer,
        reviewer_name=clinician.name_with_credential if clinician else reviewer.get_full_name() or reviewer.username,
        reviewed_at=now,
        next_due=months_later(timezone.localdate(now), task.holds_months),
    )


def posts_due(today: date) -> QuerySet[BlogPostPage]:
    """Live posts never reviewed, due for review within 30 days, or changed since their review; oldest first.

    Each has `next_due` (date or None), `reviewer_name`, `reviewed_at`, `reviewed_revision`.
    """
    last = ClinicalReview.objects.filter(page=OuterRef("pk")).order_by("-reviewed_at")
    return (
        BlogPostPage.objects.live()
        .annotate(
            next_due=Subquery(last.values("next_due")[:1]),
            reviewer_name=Subquery(last.values("reviewer_name")[:1]),
            reviewed_at=Subquery(last.values("reviewed_at")[:1]),
            reviewed_revision=Subquery(last.values("revision")[:1]),
        )
        .filter(
            Q(next_due=None)
            | Q(next_due__lte=today + SOON)
            | (~Q(live_revision=F("reviewed_revision")) & Q(live_revision__isnull=False))
        )
        .order_by("next_due", "first_published_at")
    )


def put_under_review(index: BlogIndexPage) -> None:
    """Let all posts under `index` go through the workflow "Clinical review"; a workflow chosen by hand stays."""
    if WorkflowPage.objects.filter(page=index).exists():
        return
    workflow = Workflow.objects.active().filter(workflow_tasks__task__in=ClinicalReviewTask.objects.all()).first()
    if workflow:
        WorkflowPage.objects.create(page=index, workflow=workflow)
