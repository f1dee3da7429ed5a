"""What every page of the site has in common: fallbacks for description and share picture, breadcrumbs, JSON-LD."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.search import index

from innerbalance import structured_data as jsonld


def restricted(path: str) -> Exists:
    """Whether the page whose tree path is in the field `path`, or a page above it, is for some people only.

    Each restriction looks its page up: as a join, SQLite may go through all pages for each page.
    """
    inner = models.ExpressionWrapper(OuterRef(path), output_field=models.CharField())
    barred = Subquery(Page.objects.order_by().filter(pk=OuterRef("page")).values("path"))
    restrictions = PageViewRestriction.objects.annotate(inner=inner, barred=barred)
    return Exists(restrictions.filter(inner__startswith=F("barred")))


class BasePage(Page):
    """Abstract. Subclasses name their picture in `picture_field` and their lead text in `lead_field`."""

    share_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture for sharing"),
        help_text=_("Shown when someone shares the page. Without one, the page's own picture is used."),
    )

    picture_field = ""
    lead_field = ""
    quick_exit = False
    """Whether the page carries the “leave this page quickly” button."""

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("share_image")],
            heading=_("In search results and when shared"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("Menu")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("search_description")]

    class Meta:
        abstract = True

    @classmethod
    def to_serve(cls):
        """Pages of this type as they are read to be shown: with their picture, in one query."""
        pages = cls._default_manager.all()
        return pages.select_related(cls.picture_field) if cls.picture_field else pages

    def get_view_restrictions(self):
        """As Wagtail's, which asks for the pages above first: while no page is restricted there is nothing to find.

        It is the question that `public()` asks, so that of a whole page it is asked and compared once.
        """
        if not list(PageViewRestriction.objects.select_related("page")):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @property
    def description(self) -> str:
        """One or two plain sentences for search results: what the editor wrote for them, else the page's lead."""
        lead = getattr(self, self.lead_field) if self.lead_field else ""
        return self.search_description or lead or ""

    @property
    def share_picture(self):
        """The picture for sharing, None when the page has none of its own either."""
        return self.share_image or (getattr(self, self.picture_field) if self.picture_field else None)

    def canonical_url(self, request=None) -> str:
        """The page's one absolute address."""
        return self.get_full_url(request) or ""

    @property
    def paths_above(self) -> list[str]:
        """The tree paths of the pages above, the root's first; pages with one parent ask for the same ones."""
        return [self.path[:end] for end in range(self.steplen, len(self.path), self.steplen)]

    def breadcrumbs(self, request=None) -> list[dict[str, str]]:
        """`title` and `url` (path) of each live page from the home page down to this one."""
        site = Site.find_for_request(request) if request else None
        root_depth = site.root_page.depth if site else 2
        ancestors = Page.objects.live().filter(path__in=self.paths_above, depth__gte=root_depth).order_by("path")
        return [{"title": page.title, "url": page.get_url(request) or ""} for page in [*ancestors, self]]

    def structured_data(self, request) -> list[dict]:
        """schema.org things that are true of this page; the template tag adds the practice and the trail."""
        return [jsonld.web_page(self.title, self.canonical_url(request), self.description)]
