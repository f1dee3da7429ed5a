"""The people of the practice. Articles name them as authors and reviewers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from innerbalance import structured_data as jsonld
from innerbalance.blocks import BodyBlock
from innerbalance.fields import StreamField
from innerbalance.page_base import BasePage


class TeamIndexPage(BasePage):
    intro = models.TextField(blank=True, help_text=_("A sentence or two about the team."))

    lead_field = "intro"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ClinicianPage"]
    max_count = 1

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("team")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["clinicians"] = (
            ClinicianPage.objects.child_of(self)
            .live()
            .public()
            .select_related("portrait")
            .prefetch_related("portrait__renditions")
        )
        return context


class ClinicianPage(BasePage):
    """A clinician; the page's title is the person's name."""

    credential = models.CharField(max_length=60, blank=True, help_text=_("As on the license, for example LPC."))
    license_number = models.CharField(max_length=40, blank=True)
    license_state = models.CharField(max_length=40, blank=True, default="Arizona")
    pronouns = models.CharField(max_length=40, blank=True)
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    summary = models.TextField(blank=True, help_text=_("Two sentences for lists and under articles."))
    focus_areas = StreamField([("area", blocks.CharBlock(max_length=60))], blank=True)
    accepts_new_clients = models.BooleanField(default=True)
    offices = ParentalManyToManyField("locations.LocationPage", blank=True, related_name="clinicians")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="clinician_page",
        verbose_name=_("account"),
        help_text=_("Who signs in as this person; reviews are then shown with this page's name."),
    )
    body = StreamField(BodyBlock(), blank=True)

    picture_field, lead_field = "portrait", "summary"
    parent_page_types = ["pages.TeamIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("credential"), FieldPanel("pronouns")]),
                FieldRowPanel([FieldPanel("license_number"), FieldPanel("license_state")]),
                FieldPanel("portrait"),
                FieldPanel("summary"),
            ],
            heading=_("The person"),
        ),
        MultiFieldPanel(
            [FieldPanel("accepts_new_clients"), FieldPanel("offices"), FieldPanel("focus_areas")], heading=_("The work")
        ),
        FieldPanel("body"),
    ]
    settings_panels = [*BasePage.settings_panels, FieldPanel("user")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.SearchField("focus_areas"),
    ]

    class Meta:
        verbose_name = _("clinician")

    def __str__(self) -> str:
        return self.name_with_credential

    @property
    def name_with_credential(self) -> str:
        """Katy Kandaris-Weiner, LPC."""
        return f"{self.title}, {self.credential}" if self.credential else self.title

    @property
    def license_line(self) -> str:
        """LPC, no. 12345 (Arizona)."""
        number = _("no. %(number)s") % {"number": self.license_number} if self.license_number else ""
        line = ", ".join(part for part in (self.credential, str(number)) if part)
        return f"{line} ({self.license_state})" if self.license_state else line

    @property
    def first_name(self) -> str:
        return self.title.split()[0]

    def structured_data(self, request) -> list[dict]:
        return [self.as_person(request), *super().structured_data(request)]

    def as_person(self, request) -> dict:
        """The clinician as schema.org Person."""
        base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        url = self.canonical_url(request)
        return jsonld.without_empty(
            {
                "@type": "Person",
                "@id": f"{url}#person",
                "name": self.title,
                "honorificSuffix": self.credential,
                "url": url,
                "description": self.summary,
                "knowsAbout": [area.value for area in self.focus_areas],
                "worksFor": {"@id": jsonld.organization_id(base_url)},
            }
        )
