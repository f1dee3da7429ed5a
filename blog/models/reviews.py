"""Clinical reviews: who approved which revision of a post, when, and until when that holds."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import batched
from typing import NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Revision

from blog.rules.review_dates import SOON, listed_from, next_due

from .posts import BlogPostPage
from .published import PostQuerySet

REVIEW_HOLDS_MONTHS = 12
"""A year, as patient-information standards commonly ask for at the latest; editable per review task."""
NEWEST_FIRST = ("-reviewed_at", "-pk")
SETTLED_AT_ONCE = 500


class ClinicalReviewQuerySet(models.QuerySet["ClinicalReview"]):
    """Each way to write reviews settles when their posts are due (`ReviewDue`), in the same transaction."""

    @transaction.atomic
    def bulk_create(self, objs, *args, **kwargs):
        created = super().bulk_create(objs, *args, **kwargs)
        ReviewDue.objects.settle(review.page_id for review in created)
        return created

    @transaction.atomic
    def update(self, **kwargs):
        before = dict(self.order_by().values_list("pk", "page_id"))
        count = super().update(**kwargs)
        moved = self.model.objects.filter(pk__in=list(before)) if {"page", "page_id"} & kwargs.keys() else self.none()
        ReviewDue.objects.settle([*before.values(), *moved.values_list("page_id", flat=True)])
        return count

    @transaction.atomic
    def delete(self):
        posts = set(self.order_by().values_list("page_id", flat=True))
        deleted = super().delete()
        ReviewDue.objects.settle(posts)
        return deleted

    delete.alters_data = update.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

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

    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        ReviewDue.objects.settle([self.page_id])

    @transaction.atomic
    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        ReviewDue.objects.settle([self.page_id])
        return deleted

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


class ReviewDueQuerySet(models.QuerySet["ReviewDue"]):
    def settle(self, post_ids: Iterable[int]) -> int:
        """Bring the rows of these posts in line with their reviews; returns how many were not.

        Whoever changes a review or what is live calls it in the same transaction.
        """
        ids = sorted(set(post_ids))
        return sum(self._settle_some(list(some)) for some in batched(ids, SETTLED_AT_ONCE))

    def _settle_some(self, ids: list[int]) -> int:
        with transaction.atomic():
            wrong = _differences(self.filter(pk__in=ids), BlogPostPage.objects.filter(pk__in=ids))
            self.filter(pk__in=[pk for pk, row in wrong.items() if row is None]).delete()
            self.bulk_create(
                [self.model(post_id=pk, **row._asdict()) for pk, row in wrong.items() if row],
                update_conflicts=True,  # two may settle the same post at once
                unique_fields=["post"],
                update_fields=DueRow._fields,
            )
        return len(wrong)

    def listed(self, today: date) -> "ReviewDueQuerySet":
        return self.filter(listed_from__lte=today + SOON)

    def wrong(self) -> list[int]:
        """The posts whose row does not say what their reviews say. Reads all posts."""
        return sorted(_differences(self.all(), BlogPostPage.objects.all()))


class ReviewDue(models.Model):
    """One row for each live post: from when on it is listed for review. Made of the reviews, so it can be made again.

    Whether a review is due depends on three tables and the day, and could only be found by trying every post.
    """

    post = models.OneToOneField(
        "blog.BlogPostPage", on_delete=models.CASCADE, primary_key=True, related_name="review_due"
    )
    # blog.rules.review_dates.listed_from
    listed_from = models.DateField()
    # Of the last review; None without one.
    next_due = models.DateField(null=True)
    # When the post was first published: the list's order, in the same index as the rest.
    published_at = models.DateTimeField(null=True)

    objects = ReviewDueQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["listed_from", "next_due", "published_at"], name="blog_review_due")]

    def __str__(self) -> str:
        return f"review of post {self.post_id}"


class DueRow(NamedTuple):
    listed_from: date
    next_due: date | None
    published_at: datetime | None


def _differences(rows: models.QuerySet[ReviewDue], posts: PostQuerySet) -> dict[int, DueRow | None]:
    """Post id -> the row it should have (None: none), for those of `posts` and `rows` where that is not the row."""
    stored = {pk: DueRow(*row) for pk, *row in rows.values_list("pk", *DueRow._fields)}  # type: ignore[arg-type]
    last = ClinicalReview.objects.filter(page=OuterRef("pk")).order_by(*NEWEST_FIRST)
    facts = (
        posts.live()
        .order_by()
        .annotate(due=Subquery(last.values("next_due")[:1]), reviewed=Subquery(last.values("revision")[:1]))
        .values_list("pk", "due", "reviewed", "live_revision_id", "first_published_at")
    )
    true = {
        pk: DueRow(listed_from(due=due, reviewed_revision=reviewed, live_revision=live), due, published)
        for pk, due, reviewed, live, published in facts
    }
    return {pk: true.get(pk) for pk in stored.keys() | true.keys() if stored.get(pk) != true.get(pk)}


def posts_due(today: date) -> PostQuerySet:
    """Live posts never reviewed, due for review within 30 days, or changed since their review; oldest first.

    Each has `next_due` (date or None), `reviewer_name`, `reviewed_at`, `reviewed_revision`; its text is not read until
    somebody asks for it. Of a slice, `whole_rows` is the cheaper way to the posts themselves.
    """
    last = ClinicalReview.objects.filter(page=OuterRef("pk")).order_by(*NEWEST_FIRST)
    return (
        BlogPostPage.objects.filter(review_due__listed_from__lte=today + SOON)
        .annotate(
            next_due=F("review_due__next_due"),
            reviewer_name=Subquery(last.values("reviewer_name")[:1]),
            reviewed_at=Subquery(last.values("reviewed_at")[:1]),
            reviewed_revision=Subquery(last.values("revision")[:1]),
        )
        .only("title", "live_revision")
        .order_by(F("next_due").asc(nulls_first=True), F("review_due__published_at").asc(nulls_first=True), "pk")
    )


def whole_rows(some: PostQuerySet, *, today: date) -> PostQuerySet:
    """The posts of a slice of `posts_due(today)`: their order is found by keys, and only these are read as a whole."""
    return posts_due(today).filter(pk__in=some.values("pk"))
