"""The list of posts and its addresses: all, by topic, by author, by month, and the feeds."""

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import PagePermissionTester

from blog.feeds import AtomPosts, RssPosts
from blog.rules.addresses import month_of, page_number
from innerbalance.page_base import BasePage
from innerbalance.pages.models import ClinicianPage

from .post_counts import Numbers, numbers_for
from .posts import PUBLISH_WITHOUT_REVIEW, WITHDRAW_POST, BlogPostPage, PostAuthor
from .published import PostQuerySet, PostsByDate
from .topics import Topic

POSTS_A_PAGE = 10

OFTEN = 20
"""An author of more than one in so many posts writes often."""


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
        posts = PostsByDate(self.posts(), self.numbers.months, get_default_timezone())
        return self.listing(request, posts, number=self.numbers.everywhere, heading=self.title)

    @path("topic/<slug:slug>/", name="topic")
    def by_topic(self, request, slug):
        topic = next((topic for topic in self.topics_in_use() if topic.slug == slug), None)
        if topic is None:
            raise Http404("No posts on a topic of that name.")
        posts, number = self.posts().filter(topics=topic), self.numbers.topics.get(topic.pk, 0)
        shown = {"heading": topic.name, "topic": topic, "description": topic.description}
        return self.listing(request, posts, number=number, **shown)

    @path("author/<slug:slug>/", name="author")
    def by_author(self, request, slug):
        author = ClinicianPage.objects.filter(slug=slug, pk__in=self.numbers.authors).first()
        if author is None:
            raise Http404("No posts by an author of that name.")
        number = self.numbers.authors[author.pk]
        if number * OFTEN > self.numbers.everywhere:
            # Their newest posts are soon among the newest of all; the other way all of theirs are sorted.
            bylines = PostAuthor.objects.filter(post=OuterRef("pk"), clinician=author.pk)
            posts = self.posts().filter(Exists(bylines))
        else:
            posts = self.posts().filter(post_authors__clinician=author.pk)
        heading = gettext("Posts by %(author)s") % {"author": author.title}
        return self.listing(request, posts, number=number, heading=heading, author=author)

    @path("<int:year>/<int:month>/", name="month")
    def by_month(self, request, year, month):
        first_day = month_of(year, month)
        if first_day is None:
            raise Http404("No such month.")
        posts = self.posts().of_month(first_day, get_default_timezone())
        number = self.numbers.months.get(first_day, 0)
        return self.listing(request, posts, number=number, month=first_day)

    @path("feed/", name="atom")
    def atom_feed(self, request):
        return AtomPosts()(request, index=self)

    @path("feed/rss/", name="rss")
    def rss_feed(self, request):
        return RssPosts()(request, index=self)

    @cached_property
    def numbers(self) -> Numbers:
        """How many posts there are in each list, as they were when this was first asked."""
        return numbers_for(self)

    def listing(self, request, posts, *, number: int, **context):
        """One page of `posts`, of which there are `number`.

        A page number that is no number or out of range is a 404, not another page's text.
        """
        paginator = Paginator(posts, POSTS_A_PAGE)
        paginator.count = number
        page = page_number(request.GET.get("page", "1"), last=paginator.num_pages)
        if page is None:
            raise Http404("No such page of posts.")
        return self.render(
            request,
            context_overrides={
                "posts": paginator.page(page),
                "topics": self.topics_in_use(),
                "months": list(self.numbers.months),
                **context,
            },
        )

    def topics_in_use(self) -> list[Topic]:
        """Those with a post that readers may see, by name."""
        numbers = self.numbers.topics
        return [topic for topic in Topic.objects.all() if topic.pk in numbers]

    def get_sitemap_urls(self, request=None):
        """The list itself and each topic's."""
        return [
            *super().get_sitemap_urls(request),
            *(
                {"location": self.get_full_url(request) + self.reverse_subpage("topic", args=[topic.slug])}
                for topic in self.topics_in_use()
            ),
        ]
