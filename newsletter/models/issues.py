"""The archive and its issues. An issue is written like any page and sent once, from one revision."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from innerbalance.fields import StreamField
from innerbalance.page_base import BasePage
from newsletter.blocks import previews as issue_previews
from newsletter.blocks.issue import IssueBlock
from newsletter.blocks.rendering import content_hash, render_issue
from newsletter.feeds import latest_posts
from newsletter.formats import AUDIENCE_LABELS, choices, taken_slug
from newsletter.rules.issue_slugs import TAKEN
from newsletter.rules.subscriber_states import Audience

from .deliveries import Campaign
from .subscribers import NewsletterTopic


class NewsletterIndexPage(BasePage):
    """What to expect, how often, the sign-up form and past issues: `/newsletter/`."""

    intro = models.TextField(blank=True, help_text=_("One or two sentences below the title."))
    what_to_expect = RichTextField(blank=True, features=["bold", "italic", "link", "ol", "ul"])
    how_often = models.CharField(max_length=200, blank=True, help_text=_("For example: About once a month."))

    lead_field = "intro"
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["newsletter.NewsletterIssuePage"]
    template = "newsletter/newsletter_index_page.html"

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("what_to_expect"),
        FieldPanel("how_often"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("what_to_expect")]

    def issues(self):
        """Past issues, newest first: those that are live."""
        return NewsletterIssuePage.objects.child_of(self).live().public().order_by("-first_published_at", "-pk")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["issues"] = self.issues()
        context["topics"] = NewsletterTopic.objects.all()
        return context


class IssueCopyForm(CopyForm):
    def clean_new_slug(self) -> str:
        slug = self.cleaned_data["new_slug"]
        if slug in TAKEN:
            raise forms.ValidationError(taken_slug(slug))
        return slug


class NewsletterIssuePage(BasePage):
    """One issue. Its title is the subject; its archive page, HTML mail and text mail come from one revision."""

    preview_text = models.CharField(
        max_length=150,
        blank=True,
        help_text=_("Shown by email programs beside the subject. Says what the subject leaves out."),
    )
    body = StreamField(IssueBlock())
    audience = models.CharField(
        max_length=16, choices=choices(AUDIENCE_LABELS), default=Audience.EACH_ISSUE.value, verbose_name=_("for")
    )
    topics = ParentalManyToManyField(
        NewsletterTopic,
        blank=True,
        related_name="+",
        help_text=_("Only to readers who chose one of these topics, or no topic. Without any: to everyone."),
    )

    lead_field = "preview_text"
    parent_page_types = ["newsletter.NewsletterIndexPage"]
    subpage_types: list[str] = []
    template = "newsletter/newsletter_issue_page.html"

    content_panels = [
        FieldPanel("title", heading=_("Subject")),
        FieldPanel("preview_text"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("topics")], heading=_("Who gets it")),
        HelpPanel(template="newsletter/admin/issue_help.html", heading=_("Sending")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("preview_text"), index.SearchField("body")]

    preview_modes = issue_previews.MODES
    copy_form_class = IssueCopyForm

    def clean(self):
        if self.slug in TAKEN:
            raise ValidationError({"slug": taken_slug(self.slug)})
        super().clean()

    @staticmethod
    def _slug_is_available(slug, parent_page, page=None):
        # Wagtail asks this for the slugs that it makes itself: after "back" it tries "back-2".
        return slug not in TAKEN and BasePage._slug_is_available(slug, parent_page, page)

    def frozen(self) -> Campaign | None:
        """Its campaign, once decided: from then on the content is fixed."""
        return Campaign.objects.filter(page_id=self.pk).first() if self.pk else None

    def posts(self) -> list[dict[str, str]]:
        """For the "latest posts" block, newest first: title, url (absolute), summary, published (ISO date)."""
        if campaign := self.frozen():
            return campaign.posts
        return latest_posts(since=self.last_issue_at())

    def last_issue_at(self) -> datetime | None:
        """When the content of the last issue to the same readers was fixed; None for the first."""
        earlier = Campaign.objects.filter(audience__in=Audience(self.audience).same_readers)
        return earlier.exclude(page_id=self.pk).aggregate(last=models.Max("created_at"))["last"]

    def edition(self) -> str:
        """The hash of the content that all outputs of this revision carry."""
        campaign = self.frozen()
        return campaign.content_hash if campaign else content_hash(page=self, posts=self.posts())

    def serve(self, request, *args, **kwargs):
        # Whatever was published since: the archive shows what was sent.
        campaign = self.frozen()
        if campaign and campaign.revision and campaign.revision_id != self.live_revision_id:
            return super(NewsletterIssuePage, campaign.revision.as_object()).serve(request, *args, **kwargs)
        return super().serve(request, *args, **kwargs)

    def serve_preview(self, request, mode_name):
        if not mode_name:
            return super().serve_preview(request, mode_name)
        outputs = render_issue(page=self, posts=self.posts())
        not_there = "" if self.live else self.full_url or ""
        return issue_previews.preview_response(outputs=outputs, mode=mode_name, not_there=not_there)
