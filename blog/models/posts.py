"""The post."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, PageManager, PagePermissionTester
from wagtail.search import index

from blog.panels import ContentChecksPanel
from blog.rules.outline import reading_minutes, unique_anchors
from innerbalance import structured_data as jsonld
from innerbalance.blocks import BodyBlock, HeadingValue
from innerbalance.caching.by_content import made_from
from innerbalance.fields import StreamField
from innerbalance.page_base import BasePage, restricted
from innerbalance.pages.models import ClinicianPage

from .published import PostQuerySet
from .topics import Topic

LONG_POST_HEADINGS = 4
"""From so many headings on, a post lists them at its top."""

RELATED_AMONG = 100
"""Of so many of the newest posts the related ones are chosen: counting shared topics costs something for each."""

PUBLISH_WITHOUT_REVIEW = "blog.publish_without_review"
WITHDRAW_POST = "blog.withdraw_post"


class PostPermissionTester(PagePermissionTester):
    """As Wagtail's, but approval by a clinical reviewer is the way to readers, and only some may take a post away.

    Publishing needs `publish_without_review`; who lacks it sends the post to review. Unpublishing, deleting and
    moving a live post needs `withdraw_post`, and no right to publish besides.
    """

    def can_publish(self) -> bool:
        return super().can_publish() and self.user.has_perm(PUBLISH_WITHOUT_REVIEW)

    def can_unpublish(self) -> bool:
        return self.page.live and not self.page_locked() and self.user.has_perm(WITHDRAW_POST)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if self.page.live:
            return self.can_edit() and self.user.has_perm(WITHDRAW_POST)
        return super().can_delete(ignore_bulk)


class PostAuthor(Orderable):
    """One author of one post, in the order of the byline."""

    post = ParentalKey("blog.BlogPostPage", on_delete=models.CASCADE, related_name="post_authors")
    clinician = models.ForeignKey(
        ClinicianPage, on_delete=models.CASCADE, related_name="authorships", verbose_name=_("clinician")
    )

    panels = [PageChooserPanel("clinician")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["post", "clinician"], name="one_byline_per_author")]

    def __str__(self) -> str:
        return f"author {self.clinician_id} of post {self.post_id}"


class BlogPostPage(BasePage):
    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=400,
        help_text=_("One or two sentences, shown in lists, in search results and when the post is shared."),
    )
    hero_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip
    hero_alt = models.CharField(
        max_length=250,
        blank=True,
        verbose_name=_("description for people who can't see it"),
        help_text=_("What the picture shows and why it is here."),
    )
    hero_decorative = models.BooleanField(default=False, verbose_name=_("the picture is only decoration"))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="posts", verbose_name=_("topics"))
    quick_exit = models.BooleanField(
        default=False,
        verbose_name=_("offer “leave this page quickly”"),
        help_text=_("For posts that someone may have to close at once: violence, control, leaving a relationship."),
    )
    source_name = models.CharField(max_length=255, blank=True, editable=False)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = PageManager.from_queryset(PostQuerySet)()

    picture_field, lead_field = "hero_image", "summary"
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        InlinePanel("post_authors", label=_("author"), heading=_("Authors")),
        MultiFieldPanel(
            [FieldPanel("hero_image"), FieldRowPanel([FieldPanel("hero_alt"), FieldPanel("hero_decorative")])],
            heading=_("Picture at the top"),
        ),
        FieldPanel("body"),
        FieldPanel("topics"),
        ContentChecksPanel(heading=_("Before you publish")),
    ]
    settings_panels = [FieldPanel("quick_exit"), *BasePage.settings_panels]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("first_published_at"),
    ]

    class Meta:
        verbose_name = _("post")
        permissions = [
            ("publish_without_review", "Can publish a post without review"),
            ("withdraw_post", "Can unpublish, move or delete a live post"),
        ]

    def clean(self):
        super().clean()
        if self.hero_image_id and not self.hero_alt and not self.hero_decorative:
            raise ValidationError({"hero_alt": gettext("Describe the picture, or check that it is only decoration.")})

    def permissions_for_user(self, user):
        return PostPermissionTester(user, self)

    # What the page shows

    @cached_property
    def authorships(self) -> list[PostAuthor]:
        """The byline, in order; `is_restricted` says whether readers may not open the clinician's page."""
        found = self.post_authors.all()
        if isinstance(found, QuerySet) and "post_authors" not in getattr(self, "_prefetched_objects_cache", {}):
            found = found.select_related("clinician__portrait")
            return list(found.annotate(is_restricted=restricted("clinician__path")))
        ids = [authorship.clinician_id for authorship in found]  # a draft, or a list of posts
        visible = set(ClinicianPage.objects.filter(~restricted("path"), pk__in=ids).values_list("pk", flat=True))
        for authorship in found:
            authorship.is_restricted = authorship.clinician_id not in visible
        return list(found)

    @property
    def authors(self) -> list[ClinicianPage]:
        """The clinicians of the byline, in order. Names stay when a clinician's page does not (`linked_authors`)."""
        return [authorship.clinician for authorship in self.authorships]

    @property
    def linked_authors(self) -> list[ClinicianPage]:
        """The authors whose own page readers may see; of the others a post says the name and no more."""
        return [one.clinician for one in self.authorships if one.clinician.live and not one.is_restricted]

    @cached_property
    def topic_list(self) -> list[Topic]:
        return list(self.topics.all())

    @property
    def updated_at(self) -> datetime | None:
        """When the text last changed, if that was on a later day than its first publication."""
        first, last = self.first_published_at, self.last_published_at
        return last if first and last and localdate(last) > localdate(first) else None

    @property
    def reading_minutes(self) -> int:
        """A list shows it of each post: only a new text is taken apart and counted."""
        block = self.body.stream_block
        raw = block.get_prep_value(self.body)
        return made_from("minutes", (raw,), lambda: reading_minutes(block.get_searchable_content(self.body)))

    @cached_property
    def headings(self) -> list:
        """The body's heading values in order, each with a `unique_anchor`."""
        found = [child.value for child in self.body if isinstance(child.value, HeadingValue)]
        for heading in found:
            heading.unique_anchor = ""
        for heading, anchor in zip(found, unique_anchors(heading.anchor for heading in found), strict=True):
            heading.unique_anchor = anchor
        return found

    @cached_property
    def review(self):
        """The last ClinicalReview, None when there was none."""
        if self.pk is None:
            return None
        return self.reviews.order_by("-reviewed_at").first()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        headings = self.headings  # their anchors are set before anything is rendered
        related = self.related(3)  # brings this post's own topics along
        self.read_sizes_of_pictures(related)
        context.update(
            authors=self.authors,
            linked_authors=self.linked_authors,
            topics=self.topic_list,
            contents=headings if len(headings) >= LONG_POST_HEADINGS else [],
            review=self.review,
            related=related,
        )
        return context

    def read_sizes_of_pictures(self, related: list["BlogPostPage"]) -> None:
        """Those of all pictures on the page in one query, where each picture would ask by itself."""
        pictures = [*self.body.stream_block.pictures(self.body), *(post.hero_image for post in [self, *related])]
        pictures += [self.share_image, *(author.portrait for author in self.authors)]
        models.prefetch_related_objects(list(filter(None, pictures)), "renditions")

    def related(self, limit: int) -> list["BlogPostPage"]:
        """Up to `limit` of the newest hundred other published posts: those that share most topics, then the newest.

        Where this post's own topics are those in the database, they come along with the others' in one query.
        """
        draft = "topics" in getattr(self, "_cluster_related_objects", {})  # a preview's topics are not saved yet
        mine = self.topic_list if draft else Topic.objects.filter(posts=self.pk).values("pk")
        newest = BlogPostPage.objects.published().exclude(pk=self.pk)[:RELATED_AMONG]
        found = list(
            BlogPostPage.objects.filter(pk__in=newest.values("pk"))
            .annotate(shared=models.Count("topics", filter=models.Q(topics__in=mine), distinct=True))
            .order_by("-shared", "-first_published_at")
            .select_related("hero_image")[:limit]
        )
        models.prefetch_related_objects(found if draft else [self, *found], "topics")
        return found

    def structured_data(self, request) -> list[dict]:
        """BlogPosting with its WebPage, and FAQPage when the body answers questions."""
        return [*self._blog_posting(request), *self._faq_page(request)]

    def _blog_posting(self, request) -> list[dict]:
        """The reviewer is named on the WebPage, where schema.org has `reviewedBy`."""
        base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        url = self.canonical_url(request)
        picture = self.share_picture
        posting = {
            "@type": "BlogPosting",
            "@id": f"{url}#post",
            "mainEntityOfPage": {"@id": url},
            "headline": self.title,
            "description": self.description,
            "datePublished": _iso(self.first_published_at),
            "dateModified": _iso(self.last_published_at),
            "author": [self._author_data(author, request) for author in self.authors],
            "publisher": {"@id": jsonld.organization_id(base_url)},
            "keywords": [topic.name for topic in self.topic_list],
            "image": f"{base_url}{picture.get_rendition('fill-1200x630|format-jpeg').url}" if picture else "",
            "isAccessibleForFree": True,
        }
        page = jsonld.web_page(self.title, url, self.description)
        if self.review:
            page["reviewedBy"] = {"@type": "Person", "name": self.review.reviewer_name}
            page["lastReviewed"] = localdate(self.review.reviewed_at).isoformat()
        return [jsonld.without_empty(posting), page]

    def _author_data(self, author: ClinicianPage, request) -> dict:
        if author in self.linked_authors:
            return author.as_person(request)
        person = {"@type": "Person", "name": author.title, "honorificSuffix": author.credential}
        return jsonld.without_empty(person)

    def _faq_page(self, request) -> list[dict]:
        """One schema.org FAQPage of all questions in the body; empty when there are none."""
        questions = [
            {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}
            for question, answer in self.body.stream_block.questions(self.body)
        ]
        url = self.canonical_url(request)
        return [{"@type": "FAQPage", "@id": f"{url}#questions", "mainEntity": questions}] if questions else []


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
