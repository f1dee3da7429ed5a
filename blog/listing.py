"""The addresses of the list of posts: all, by topic, by author, by month, and the feeds."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import get_current_timezone
from wagtail.contrib.routable_page.models import path

POSTS_A_PAGE = 10


class ListingRoutes:
    """Mixin of BlogIndexPage. Each route answers one page of ten posts, newest first."""

    def posts(self):
        """Live posts with what a list shows of them, newest first."""
        from blog.models import BlogPostPage

        return (
            BlogPostPage.objects.child_of(self)
            .live()
            .select_related("hero_image")
            .prefetch_related("topics", "post_authors__clinician", "hero_image__renditions")
            .order_by("-first_published_at", "-pk")
        )

    @path("", name="all")
    def all_posts(self, request):
        return self.listing(request, self.posts(), heading=self.title)

    @path("topic/<slug:slug>/", name="topic")
    def by_topic(self, request, slug):
        from blog.models import Topic

        topic = get_object_or_404(Topic, slug=slug)
        posts = self.posts().filter(topics=topic)
        return self.listing(request, posts, heading=topic.name, topic=topic, description=topic.description)

    @path("author/<slug:slug>/", name="author")
    def by_author(self, request, slug):
        posts = self.posts().filter(post_authors__clinician__slug=slug)
        first = posts.first()
        if first is None:
            raise Http404("No posts by an author of that name.")
        author = next(author for author in first.authors if author.slug == slug)
        return self.listing(request, posts, heading=f"Posts by {author.title}", author=author)

    @path("<int:year>/<int:month>/", name="month")
    def by_month(self, request, year, month):
        try:
            first_day = date(year, month, 1)
        except ValueError as error:
            raise Http404("No such month.") from error
        posts = self.posts().filter(first_published_at__year=year, first_published_at__month=month)
        return self.listing(request, posts, heading=f"{first_day:%B %Y}", month=first_day)

    @path("feed/", name="atom")
    def atom_feed(self, request):
        from blog.feeds import AtomPosts

        return AtomPosts()(request, index=self)

    @path("feed/rss/", name="rss")
    def rss_feed(self, request):
        from blog.feeds import RssPosts

        return RssPosts()(request, index=self)

    def listing(self, request, posts, **context):
        """One page of `posts`; a page number that is no number or out of range is a 404, not another page's text."""
        paginator = Paginator(posts, POSTS_A_PAGE)
        number = request.GET.get("page", "1")
        if not number.isascii() or not number.isdigit() or not 1 <= int(number[:9]) <= paginator.num_pages:
            raise Http404("No such page of posts.")
        return self.render(
            request,
            context_overrides={
                "posts": paginator.page(int(number)),
                "topics": self.topics_in_use(),
                "months": self.months_in_use(),
                **context,
            },
        )

    def topics_in_use(self):
        from blog.models import Topic

        return Topic.objects.filter(posts__live=True).distinct()

    def months_in_use(self) -> list[date]:
        """The first day of each month with a post, newest first, in the practice's zone."""
        moments = self.posts().prefetch_related(None).select_related(None).order_by("-first_published_at")
        return [
            moment.date() for moment in moments.datetimes("first_published_at", "month", "DESC", get_current_timezone())
        ]

    def get_sitemap_urls(self, request=None):
        """The list itself and each topic's."""
        return [
            *super().get_sitemap_urls(request),
            *(
                {"location": self.get_full_url(request) + self.reverse_subpage("topic", args=[topic.slug])}
                for topic in self.topics_in_use()
            ),
        ]
