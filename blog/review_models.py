"""Clinical reviews: who approved which revision of a post, when, and until when that holds."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import AbstractGroupApprovalTask, Revision

REVIEW_HOLDS_MONTHS = 12
"""A year, as patient-information standards commonly ask for at the latest; editable per review task."""


class ClinicalReview(models.Model):
    """One approval. Kept apart from the page, so that no edit and no revert can move its date."""

    page = models.ForeignKey("blog.BlogPostPage", on_delete=models.CASCADE, related_name="reviews")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewer_name = models.CharField(max_length=200)
    reviewed_at = models.DateTimeField()
    next_due = models.DateField()

    class Meta:
        default_permissions = ("view",)
        ordering = ["-reviewed_at"]
        indexes = [models.Index(fields=["page", "-reviewed_at"])]

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def is_due(self) -> bool:
        """Whether the next review's day has come, in the practice's zone."""
        return self.next_due <= timezone.localdate()

    @property
    def updated_since(self) -> bool:
        """Whether what is live is another revision than the one approved."""
        return self.page.live_revision_id is not None and self.page.live_revision_id != self.revision_id


class ClinicalReviewTask(AbstractGroupApprovalTask):
    """A workflow step: approval by one of its groups is a clinical review."""

    holds_months = models.PositiveSmallIntegerField(
        default=REVIEW_HOLDS_MONTHS, verbose_name="a review holds for so many months"
    )

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "holds_months"]

    class Meta:
        verbose_name = "clinical review"

    @classmethod
    def get_description(cls) -> str:
        return "A clinician of these groups reads the post and approves it, or asks for changes."

    def on_action(self, task_state, user, action_name, **kwargs):
        if action_name == "approve":
            from blog.reviews import record_review

            record_review(task=self, revision=task_state.revision, reviewer=user, now=timezone.now())
        return super().on_action(task_state, user, action_name, **kwargs)
