"""The list of posts and its addresses: all, by topic, by author, by month, and the feeds."""

from datetime import date

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import PagePermissionTester

from blog.feeds import AtomPosts, RssPosts
from blog.rules.addresses import month_of, page_number
from innerbalance.caching import cached_until_change
from innerbalance.page_base import BasePage

from .posts import PUBLISH_WITHOUT_REVIEW, WITHDRAW_POST, BlogPostPage
from .published import PostQuerySet
from .topics import Topic

POSTS_A_PAGE = 10


class BlogIndexPermissionTester(PagePermissionTester):
    """As Wagtail's, but what makes a post live on the way in (create, copy, alias) needs the right to skip review,
    and taking the whole blog away needs the right to take a post away.
    """

    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() and self.user.has_perm(PUBLISH_WITHOUT_REVIEW)

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self.user.has_perm(WITHDRAW_POST)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and self.user.has_perm(WITHDRAW_POST)


class BlogIndexPage(RoutablePageMixin, BasePage):
    """The list of posts. Each address of a list answers one page of ten posts, newest first."""

    intro = models.TextField(_("intro"), blank=True, help_text=_("A sentence or two about what you write here."))

    lead_field = "intro"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["blog.BlogPostPage"]
    max_count = 1

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("blog")

    def permissions_for_user(self, user):
        return BlogIndexPermissionTester(user, self)

    def posts(self) -> PostQuerySet:
        return BlogPostPage.objects.child_of(self).published().with_cards()

    @path("", name="all")
    def all_posts(self, request):
        return self.listing(request, self.posts(), heading=self.title)

    @path("topic/<slug:slug>/", name="topic")
    def by_topic(self, request, slug):
        topic = get_object_or_404(self.topics_in_use(), slug=slug)
        posts = self.posts().filter(topics=topic)
        return self.listing(request, posts, heading=topic.name, topic=topic, description=topic.description)

    @path("author/<slug:slug>/", name="author")
    def by_author(self, request, slug):
        posts = self.posts().filter(post_authors__clinician__slug=slug)
        first = posts.first()
        if first is None:
            raise Http404("No posts by an author of that name.")
        author = next(one.clinician for one in first.post_authors.all() if one.clinician.slug == slug)
        heading = gettext("Posts by %(author)s") % {"author": author.title}
        return self.listing(request, posts, heading=heading, author=author)

    @path("<int:year>/<int:month>/", name="month")
    def by_month(self, request, year, month):
        first_day = month_of(year, month)
        if first_day is None:
            raise Http404("No such month.")
        posts = self.posts().filter(first_published_at__year=year, first_published_at__month=month)
        return self.listing(request, posts, month=first_day)

    @path("feed/", name="atom")
    def atom_feed(self, request):
        return AtomPosts()(request, index=self)

    @path("feed/rss/", name="rss")
    def rss_feed(self, request):
        return RssPosts()(request, index=self)

    def listing(self, request, posts, **context):
        """One page of `posts`; a page number that is no number or out of range is a 404, not another page's text."""
        paginator = Paginator(posts, POSTS_A_PAGE)
        paginator.count = cached_until_change(request, f"posts-at:{request.path}", posts.count)
        number = page_number(request.GET.get("page", "1"), last=paginator.num_pages)
        if number is None:
            raise Http404("No such page of posts.")
        return self.render(
            request,
            context_overrides={
                "posts": paginator.page(number),
                "topics": cached_until_change(request, f"post-topics:{self.pk}", lambda: list(self.topics_in_use())),
                "months": cached_until_change(request, f"post-months:{self.pk}", self.months_in_use),
                **context,
            },
        )

    def topics_in_use(self):
        posts = BlogPostPage.objects.child_of(self).published().order_by()
        return Topic.objects.filter(Exists(posts.filter(topics=OuterRef("pk"))))

    def months_in_use(self) -> list[date]:
        """The first day of each month with a post, newest first, in the practice's zone."""
        return BlogPostPage.objects.child_of(self).published().months(get_default_timezone())

    def get_sitemap_urls(self, request=None):
        """The list itself and each topic's."""
        return [
            *super().get_sitemap_urls(request),
            *(
                {"location": self.get_full_url(request) + self.reverse_subpage("topic", args=[topic.slug])}
                for topic in self.topics_in_use()
            ),
        ]
