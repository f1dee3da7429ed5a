"""The blog in the admin: topics, and the posts that need a clinical review."""

from dataclasses import dataclass
from datetime import date

from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.reports import ReportView
from wagtail.snippets.views.snippets import SnippetViewSet

from blog.formats import REASONS
from blog.models import BlogIndexPage, Topic
from blog.models.published import PostQuerySet
from blog.models.reviews import ReviewDue, posts_due, whole_rows
from blog.rules.review_dates import reason_due
from blog.services.reviews import put_under_review
from innerbalance.admin_access import PrivateAdminMixin
from innerbalance.formats import format_date

SEE_REVIEWS = "blog.view_clinicalreview"
SHOWN_ON_HOME = 5


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    search_fields = ["name"]


@dataclass(frozen=True, slots=True)
class DueRow:
    """A post of `posts_due` in words. `reviewer`, `reviewed` and `due` are empty where there was no review."""

    url: str
    title: str
    reviewer: str
    reviewed: str
    due: str
    reason: str


def due_rows(some: PostQuerySet, today: date) -> list[DueRow]:
    """Those of a slice of `posts_due(today)`."""
    names = ("pk", "title", "reviewer_name", "reviewed_at", "next_due", "reviewed_revision", "live_revision_id")
    rows = []
    for pk, title, reviewer, reviewed, due, approved, live in whole_rows(some, today=today).values_list(*names):
        rows.append(
            DueRow(
                url=reverse("wagtailadmin_pages:edit", args=(pk,)),
                title=title,
                reviewer=reviewer or "",
                reviewed=format_date(reviewed, weekday=False, year=True) if reviewed else "",
                due=format_date(due, weekday=False, year=True) if due else "",
                reason=str(REASONS[reason_due(due=due, changed=live != approved, today=today)]),
            )
        )
    return rows


class ReviewsDueReport(PrivateAdminMixin, ReportView):
    """Posts never reviewed, due within 30 days, or changed since their review."""

    private_permission = SEE_REVIEWS
    page_title = _("Clinical reviews due")
    header_icon = "check"
    index_url_name = "reviews_due"
    index_results_url_name = "reviews_due_results"
    results_template_name = "blog/admin/reviews_due_results.html"
    list_export = ["title", "reviewer_name", "reviewed_at", "next_due"]
    is_searchable = False
    paginate_by = 50

    def get_base_queryset(self):
        return posts_due(timezone.localdate())

    def get_queryset(self):
        return self.get_base_queryset()

    def get_filename(self):
        return f"clinical-reviews-due-{timezone.localdate():%Y-%m-%d}"

    def get_paginator(self, *args, **kwargs):
        paginator = super().get_paginator(*args, **kwargs)
        paginator.count = ReviewDue.objects.listed(timezone.localdate()).count()
        return paginator

    def decorate_paginated_queryset(self, object_list):
        return object_list if self.is_export else due_rows(object_list, timezone.localdate())


class ReviewsDueMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(SEE_REVIEWS)


def reviews_due_menu_item() -> MenuItem:
    return ReviewsDueMenuItem(gettext("Clinical reviews due"), reverse("reviews_due"), icon_name="check", order=700)


def reviews_due_url():
    return [
        path("reports/reviews-due/", ReviewsDueReport.as_view(), name="reviews_due"),
        path("reports/reviews-due/results/", ReviewsDueReport.as_view(results_only=True), name="reviews_due_results"),
    ]


class ReviewsDuePanel(Component):
    """The admin home's list of posts that need a clinical review."""

    name = "reviews_due"
    template_name = "blog/admin/reviews_due_panel.html"
    order = 150

    def get_context_data(self, parent_context):
        if not parent_context["request"].user.has_perm(SEE_REVIEWS):
            return {"shown": False}
        today = timezone.localdate()
        posts, count = posts_due(today), ReviewDue.objects.listed(today).count()
        return {"shown": True, "posts": due_rows(posts[:SHOWN_ON_HOME], today), "count": count}


def add_reviews_due(request, panels) -> None:
    panels.append(ReviewsDuePanel())


def review_new_index(request, page) -> None:
    """A blog that someone makes in the admin starts under clinical review."""
    if isinstance(page, BlogIndexPage):
        put_under_review(index=page)
