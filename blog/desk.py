"""The blog's screens in the admin: topics, and the posts that need a clinical review."""

from django.urls import path, reverse
from django.utils import timezone
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.reports import ReportView
from wagtail.snippets.views.snippets import SnippetViewSet

from blog.models import BlogIndexPage, Topic
from blog.reviews import posts_due, put_under_review
from innerbalance.security.roles import EDITORS, OWNERS, REVIEWERS, has_role

SHOWN_ON_HOME = 5


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = "Topics"
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    search_fields = ["name"]


def may_see_reviews(user) -> bool:
    return has_role(user, EDITORS, REVIEWERS, OWNERS)


class ReviewsDueReport(ReportView):
    """Posts never reviewed, due within 30 days, or changed since their review."""

    page_title = "Clinical reviews due"
    header_icon = "check"
    index_url_name = "reviews_due"
    index_results_url_name = "reviews_due_results"
    template_name = "blog/admin/reviews_due.html"
    results_template_name = "blog/admin/reviews_due_results.html"
    list_export = ["title", "reviewer_name", "reviewed_at", "next_due"]
    is_searchable = False
    paginate_by = 50

    def dispatch(self, request, *args, **kwargs):
        if not may_see_reviews(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return posts_due(timezone.localdate())

    def get_queryset(self):
        return self.get_base_queryset()

    def get_filename(self):
        return f"clinical-reviews-due-{timezone.localdate():%Y-%m-%d}"

    def get_context_data(self, *args, **kwargs):
        return {**super().get_context_data(*args, **kwargs), "today": timezone.localdate()}


class ReviewsDueMenuItem(MenuItem):
    def is_shown(self, request):
        return may_see_reviews(request.user)


def reviews_due_menu_item() -> MenuItem:
    return ReviewsDueMenuItem("Clinical reviews due", reverse("reviews_due"), icon_name="check", order=700)


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
        request = parent_context["request"]
        if not may_see_reviews(request.user):
            return {"shown": False}
        posts = posts_due(timezone.localdate())
        return {"shown": True, "posts": posts[:SHOWN_ON_HOME], "count": posts.count(), "today": timezone.localdate()}


def review_new_index(request, page) -> None:
    """A blog that someone makes in the admin starts under the clinical review."""
    if isinstance(page, BlogIndexPage):
        put_under_review(page)
