"""Clinical reviews: who approved which revision of a post, when, and until when that holds."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Revision

from blog.rules.review_dates import SOON, next_due

from .posts import BlogPostPage
from .published import PostQuerySet

REVIEW_HOLDS_MONTHS = 12
"""A year, as patient-information standards commonly ask for at the latest; editable per review task."""


class ClinicalReviewQuerySet(models.QuerySet["ClinicalReview"]):
    def record(self, *, revision: Revision, reviewer, now: datetime, holds_months: int) -> "ClinicalReview | None":
        """Note that `reviewer` approved `revision` at `now`; None when it is no revision of a post.

        The name is stored as it was: a review stays true when the person leaves the practice.
        """
        post = revision.content_object
        if not isinstance(post, BlogPostPage):
            return None
        clinician = getattr(reviewer, "clinician_page", None)
        return self.create(
            page_id=post.pk,
            revision=revision,
            reviewer=reviewer,
            reviewer_name=clinician.name_with_credential
            if clinician
            else reviewer.get_full_name() or reviewer.username,
            reviewed_at=now,
            next_due=next_due(timezone.localdate(now), holds_months),
        )


class ClinicalReview(models.Model):
    """One approval. Stored apart from the page, so that no edit and no revert can move its date."""

    page = models.ForeignKey("blog.BlogPostPage", on_delete=models.CASCADE, related_name="reviews")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewer_name = models.CharField(max_length=200)
    reviewed_at = models.DateTimeField()
    next_due = models.DateField()

    objects = ClinicalReviewQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ["-reviewed_at"]
        indexes = [models.Index(fields=["page", "-reviewed_at"])]

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def updated_since(self) -> bool:
        """Whether what is live is another revision than the one approved."""
        return self.page.live_revision_id is not None and self.page.live_revision_id != self.revision_id


class ClinicalReviewTask(AbstractGroupApprovalTask):
    """A workflow step: approval by one of its groups is a clinical review."""

    holds_months = models.PositiveSmallIntegerField(
        default=REVIEW_HOLDS_MONTHS, verbose_name=_("months until the next review is due")
    )

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "holds_months"]

    class Meta:
        verbose_name = _("clinical review")

    @classmethod
    def get_description(cls) -> str:
        return gettext("A clinician in one of these groups reads the post and approves it or asks for changes.")

    def on_action(self, task_state, user, action_name, **kwargs):
        if action_name == "approve":
            ClinicalReview.objects.record(
                revision=task_state.revision, reviewer=user, now=timezone.now(), holds_months=self.holds_months
            )
        return super().on_action(task_state, user, action_name, **kwargs)


def posts_due(today: date) -> PostQuerySet:
    """Live posts never reviewed, due for review within 30 days, or changed since their review; oldest first.

    Each has `next_due` (date or None), `reviewer_name`, `reviewed_at`, `reviewed_revision`.
    """
    last = ClinicalReview.objects.filter(page=OuterRef("pk")).order_by("-reviewed_at")
    newest = ClinicalReview.objects.filter(page=OuterRef("page")).order_by("-reviewed_at").values("pk")[:1]
    # The one look at each post there is: whether its last review still holds.
    holds = ClinicalReview.objects.filter(
        page=OuterRef("pk"),
        revision=Coalesce(OuterRef("live_revision"), "revision"),
        pk=Subquery(newest),
        next_due__gt=today + SOON,
    )
    return (
        BlogPostPage.objects.live()
        .filter(~Exists(holds))
        .annotate(
            next_due=Subquery(last.values("next_due")[:1]),
            reviewer_name=Subquery(last.values("reviewer_name")[:1]),
            reviewed_at=Subquery(last.values("reviewed_at")[:1]),
            reviewed_revision=Subquery(last.values("revision")[:1]),
        )
        .order_by("next_due", "first_published_at")
    )
