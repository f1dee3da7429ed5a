"""The home page, and the plain page for everything that has no type of its own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from innerbalance import structured_data as jsonld
from innerbalance.blocks import BodyBlock
from innerbalance.fields import StreamField
from innerbalance.page_base import BasePage
from innerbalance.practice.services import practice


class HomePage(BasePage):
    heading = models.CharField(max_length=160, blank=True, help_text=_("The first words a reader sees."))
    lead = models.TextField(blank=True, help_text=_("Two or three sentences under the heading."))
    hero_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip
    body = StreamField(BodyBlock(), blank=True)

    picture_field, lead_field = "hero_image", "lead"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("heading"), FieldPanel("lead"), FieldPanel("hero_image")], heading=_("Welcome")),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")

    def route(self, request, path_components):
        """Find a page by its whole address at once; Wagtail's own way asks twice for each part of it.

        What no page has as its address (a topic's list, a draft, nothing) takes Wagtail's way.
        """
        if path_components:
            url_path = f"{self.url_path}{'/'.join(path_components)}/"
            # The slug has an index, the whole address has none; in no order, or the order's index is walked instead.
            pages = Page.objects.live().filter(path__startswith=self.path, url_path=url_path, slug=path_components[-1])
            found = next(iter(pages.order_by()[:1]), None)
            model = found and found.specific_class
            if model and hasattr(model, "to_serve"):
                return model.to_serve().get(pk=found.pk).route(request, [])
        return super().route(request, path_components)

    def structured_data(self, request) -> list[dict]:
        base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        return [jsonld.web_site(practice(request), base_url), *super().structured_data(request)]


class StandardPage(BasePage):
    intro = models.TextField(blank=True, help_text=_("What this page is about, in a sentence or two."))
    body = StreamField(BodyBlock(), blank=True)

    lead_field = "intro"
    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")
