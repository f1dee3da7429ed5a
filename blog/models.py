"""Topics, the list of posts, and the post."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Orderable
from wagtail.search import index

from blog.content_checks_panel import ContentChecksPanel
from blog.listing import ListingRoutes
from blog.outline import Heading, outline, reading_minutes
from blog.permissions import ReviewedPostPermissionTester
from blog.review_models import ClinicalReview, ClinicalReviewTask
from innerbalance import structured_data as jsonld
from innerbalance.blocks import BodyBlock
from innerbalance.fields import StreamField
from innerbalance.page_base import BasePage

__all__ = ["BlogIndexPage", "BlogPostPage", "ClinicalReview", "ClinicalReviewTask", "PostAuthor", "Topic"]

LONG_POST_HEADINGS = 4
"""From so many headings on, a post lists them at its top."""


class Topic(models.Model):
    """What a post is about; each topic has a listing of its own."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True, help_text="Its address: /blog/topic/…/")
    description = models.TextField(blank=True, help_text="Shown at the top of the topic's listing.")

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BlogIndexPage(ListingRoutes, RoutablePageMixin, BasePage):
    """The list of posts; `blog.listing` holds its addresses."""

    intro = models.TextField(blank=True, help_text="A sentence or two about what is written here.")

    lead_field = "intro"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["blog.BlogPostPage"]
    max_count = 1

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = "blog"


class PostAuthor(Orderable):
    """One author of one post, in the order of the byline."""

    post = ParentalKey("blog.BlogPostPage", on_delete=models.CASCADE, related_name="post_authors")
    clinician = models.ForeignKey("pages.ClinicianPage", on_delete=models.CASCADE, related_name="authorships")

    panels = [PageChooserPanel("clinician")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["post", "clinician"], name="one_byline_per_author")]

    def __str__(self) -> str:
        return f"author {self.clinician_id} of post {self.post_id}"


class BlogPostPage(BasePage):
    summary = models.TextField(
        blank=True, max_length=400, help_text="One or two sentences: shown in lists, in search results and when shared."
    )
    hero_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name="picture",
    )  # fmt: skip
    hero_alt = models.CharField(
        max_length=250,
        blank=True,
        verbose_name="description for people who can't see it",
        help_text="What the picture shows and why it is here.",
    )
    hero_decorative = models.BooleanField(default=False, verbose_name="the picture is only decoration")
    body = StreamField(BodyBlock(), blank=True)
    topics = ParentalManyToManyField(Topic, blank=True, related_name="posts")
    quick_exit = models.BooleanField(
        default=False,
        verbose_name="offer “leave this page quickly”",
        help_text="For posts that someone may have to close at once: violence, control, leaving a relationship.",
    )
    source_name = models.CharField(max_length=255, blank=True, editable=False)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    picture_field, lead_field = "hero_image", "summary"
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        InlinePanel("post_authors", label="author", heading="Authors"),
        MultiFieldPanel(
            [FieldPanel("hero_image"), FieldRowPanel([FieldPanel("hero_alt"), FieldPanel("hero_decorative")])],
            heading="Picture at the top",
        ),
        FieldPanel("body"),
        FieldPanel("topics"),
        ContentChecksPanel(heading="Before you publish"),
    ]
    settings_panels = [FieldPanel("quick_exit"), *BasePage.settings_panels]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("first_published_at"),
    ]

    class Meta:
        verbose_name = "post"
        permissions = [("publish_without_review", "Can publish a post without review")]

    def clean(self):
        super().clean()
        if self.hero_image_id and not self.hero_alt and not self.hero_decorative:
            raise ValidationError({"hero_alt": "Describe the picture, or tick that it is only decoration."})

    def permissions_for_user(self, user):
        return ReviewedPostPermissionTester(user, self)

    # What the page shows

    @cached_property
    def authors(self) -> list:
        """The clinicians of the byline, in order; those whose page is not live have no link but keep their name."""
        authorships = self.post_authors.all()
        if "post_authors" not in getattr(self, "_prefetched_objects_cache", {}) and isinstance(authorships, QuerySet):
            authorships = authorships.select_related("clinician__portrait")
        return [authorship.clinician for authorship in authorships]

    @cached_property
    def topic_list(self) -> list[Topic]:
        return list(self.topics.all())

    @property
    def updated_at(self) -> datetime | None:
        """When the text last changed, if that was on a later day than its first publication."""
        first, last = self.first_published_at, self.last_published_at
        return last if first and last and last.date() > first.date() else None

    @property
    def reading_minutes(self) -> int:
        return reading_minutes(self.body)

    @property
    def contents(self) -> list[Heading]:
        """The headings of a long post for its list of contents; empty for a short one."""
        headings = outline(self.body)
        return headings if len(headings) >= LONG_POST_HEADINGS else []

    @cached_property
    def review(self) -> ClinicalReview | None:
        """The last clinical review, None when there was none."""
        if self.pk is None:
            return None
        return self.reviews.select_related("reviewer__clinician_page").order_by("-reviewed_at").first()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        outline(self.body)  # gives each heading its unique anchor before anything is rendered
        related = self.related(3)
        context.update(
            authors=self.authors,
            topics=self.topic_list,
            contents=self.contents,
            review=self.review,
            related=related,
        )
        return context

    def related(self, limit: int) -> list["BlogPostPage"]:
        """Up to `limit` other live posts: those that share most topics first, then the newest.

        Where this post's own topics are those in the database, they come along with the others' in one query.
        """
        draft = "topics" in getattr(self, "_cluster_related_objects", {})  # a preview's topics are not saved yet
        mine = self.topic_list if draft else Topic.objects.filter(posts=self.pk).values("pk")
        found = list(
            BlogPostPage.objects.live()
            .exclude(pk=self.pk)
            .annotate(shared=models.Count("topics", filter=models.Q(topics__in=mine), distinct=True))
            .order_by("-shared", "-first_published_at")
            .select_related("hero_image")[:limit]
        )
        models.prefetch_related_objects(found if draft else [self, *found], "topics")
        return found

    def structured_data(self, request) -> list[dict]:
        """BlogPosting, and FAQPage when the body answers questions."""
        return [*blog_posting(self, request), *faq_page(self, request)]


def blog_posting(post: BlogPostPage, request) -> list[dict]:
    """The post as schema.org BlogPosting; the reviewer is named on its WebPage, where schema.org has `reviewedBy`."""
    base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    url = post.canonical_url(request)
    review = post.review
    picture = post.share_picture
    posting = {
        "@type": "BlogPosting",
        "@id": f"{url}#post",
        "mainEntityOfPage": {"@id": url},
        "headline": post.title,
        "description": post.description,
        "datePublished": _iso(post.first_published_at),
        "dateModified": _iso(post.last_published_at),
        "author": [author.as_person(request) for author in post.authors],
        "publisher": {"@id": jsonld.organization_id(base_url)},
        "keywords": [topic.name for topic in post.topic_list],
        "image": f"{base_url}{picture.get_rendition('fill-1200x630|format-jpeg').url}" if picture else "",
        "isAccessibleForFree": True,
    }
    page = jsonld.web_page(post.title, url, post.description)
    if review:
        page["reviewedBy"] = {"@type": "Person", "name": review.reviewer_name}
        page["lastReviewed"] = review.reviewed_at.date().isoformat()
    return [jsonld.without_empty(posting), page]


def faq_page(post: BlogPostPage, request) -> list[dict]:
    """schema.org FAQPage of all questions in the body; empty when there are none."""
    questions = [
        {
            "@type": "Question",
            "name": item["question"],
            "acceptedAnswer": {"@type": "Answer", "text": str(item["answer"])},
        }
        for block in post.body
        if block.block_type == "questions"
        for item in block.value["items"]
    ]
    return (
        [{"@type": "FAQPage", "@id": f"{post.canonical_url(request)}#questions", "mainEntity": questions}]
        if questions
        else []
    )


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
