"""The pages of the offices, and the one that shows them side by side."""

from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from innerbalance import structured_data as jsonld
from innerbalance.caching import limit
from innerbalance.formats import parse_phone
from innerbalance.locations.formats import closure_text, read, week_rows, week_text, zone_name
from innerbalance.locations.models.timetable import Timetable
from innerbalance.locations.rules.contact import Contact, MapLink, map_links, vcard
from innerbalance.locations.rules.slots import Kind
from innerbalance.locations.rules.structured_hours import (
    opening_hours_specification,
    special_opening_hours_specification,
)
from innerbalance.page_base import BasePage
from innerbalance.practice.services import practice

TEXT = ["bold", "italic", "link", "ol", "ul"]
UPCOMING_SHOWN = 8


class LocationIndexPage(BasePage):
    intro = models.TextField(_("introduction"), blank=True, help_text=_("A sentence or two above the list of offices."))

    lead_field = "intro"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["locations.LocationPage"]
    max_count = 1

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("offices")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        table = timetable_for(request)
        context["offices"] = [
            {
                "location": location,
                "week_text": week_text(table.hours(location)),
                "zone": zone_name(table.hours(location), table.now),
                "closures": location.upcoming(table),
            }
            for location in table.locations
        ]
        return context


class LocationPage(RoutablePageMixin, BasePage):
    phone = models.CharField(
        _("phone"), max_length=20, blank=True, help_text=_("Leave empty to show the practice's own number.")
    )
    street = models.CharField(_("street"), max_length=120, help_text=_("Street and suite."))
    city = models.CharField(_("city"), max_length=80)
    region = models.CharField(_("state"), max_length=40, default="AZ")
    postal_code = models.CharField(_("ZIP code"), max_length=12)
    country = models.CharField(_("country"), max_length=2, default="US", help_text=_("Two letters, like US."))
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="America/Phoenix", help_text=_("For example America/Phoenix.")
    )
    lead = models.TextField(_("summary"), blank=True, help_text=_("Two sentences about this office."))
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("picture of the building or the room"),
    )  # fmt: skip
    map_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("map"),
        help_text=_("A map of our own. Describe it below; never a screenshot of somebody else's map."),
    )  # fmt: skip
    map_alt = models.CharField(_("what the map shows"), max_length=240, blank=True)
    finding = RichTextField(_("how to find the suite"), blank=True, features=TEXT)
    parking = RichTextField(_("parking"), blank=True, features=TEXT)
    transit = RichTextField(_("bus and light rail"), blank=True, features=TEXT)
    accessibility = RichTextField(_("accessibility of the building"), blank=True, features=TEXT)
    telehealth = RichTextField(_("telehealth"), blank=True, features=TEXT)

    picture_field, lead_field = "photo", "lead"
    parent_page_types = ["locations.LocationIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("photo"),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("city"), FieldPanel("region"), FieldPanel("postal_code")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("country"), FieldPanel("time_zone")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Address"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("finding"),
                FieldPanel("parking"),
                FieldPanel("transit"),
                FieldPanel("accessibility"),
                FieldPanel("telehealth"),
                FieldPanel("map_image"),
                FieldPanel("map_alt"),
            ],
            heading=_("Getting there"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        *(index.SearchField(name) for name in ("lead", "street", "city", "finding", "parking", "accessibility")),
    ]

    class Meta:
        verbose_name = _("office")

    def clean(self):
        super().clean()
        errors = {}
        try:
            self.phone = parse_phone(self.phone)
        except ValidationError as error:
            errors["phone"] = error
        if self.time_zone not in available_timezones():
            errors["time_zone"] = ValidationError(
                gettext("There is no such time zone. In Arizona it is America/Phoenix.")
            )
        if (self.latitude is None) != (self.longitude is None):
            errors["longitude"] = ValidationError(gettext("Give both latitude and longitude, or neither."))
        if self.map_image and not self.map_alt:
            errors["map_alt"] = ValidationError(gettext("Describe what the map shows, for people who can't see it."))
        if errors:
            raise ValidationError(errors)

    @property
    def address_lines(self) -> tuple[str, ...]:
        return (self.street, f"{self.city}, {self.region} {self.postal_code}")

    @property
    def phone_number(self) -> str:
        """E.164: the office's own number, else the practice's; may be empty."""
        return self.phone or practice().phone

    @property
    def map_links(self) -> list[MapLink]:
        return map_links(", ".join(self.address_lines), self.latitude, self.longitude)

    def upcoming(self, table) -> list[str]:
        """Closures and special hours that are not over, in words, the first ones first."""
        hours = table.hours(self)
        today = hours.today(table.now)
        coming = sorted({c for c in hours.closures if c.last >= today}, key=lambda c: (c.first, c.last))
        return [closure_text(closure, today) for closure in coming[:UPCOMING_SHOWN]]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        table = timetable_for(request)
        hours, sessions = table.hours(self), table.hours(self, Kind.SESSIONS)
        reading = read(hours, table.now)
        limit(request, until=reading.until)  # the table marks today
        context.update(
            week=list(zip(week_rows(hours, table.now), week_rows(sessions, table.now), strict=True)),
            has_sessions=sessions.has_slots,
            closures=self.upcoming(table),
            zone=zone_name(hours, table.now),
            clinicians=self.clinicians.live().public(),
        )
        return context

    @path("contact-card/", name="contact_card")
    def contact_card(self, request):
        data = practice(request)
        contact = Contact(
            organization=data.practice_name,
            name=self.title,
            phone=self.phone_number,
            email=data.email,
            street=self.street,
            city=self.city,
            region=self.region,
            postal_code=self.postal_code,
            country=self.country,
            url=self.canonical_url(request),
            note=week_text(timetable_for(request).hours(self)),
        )
        return HttpResponse(
            vcard(contact),
            content_type="text/vcard; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{self.slug}.vcf"'},
        )

    def structured_data(self, request) -> list[dict]:
        return [self.as_business(request), *super().structured_data(request)]

    def as_business(self, request) -> dict:
        """The office as schema.org MedicalBusiness, with its hours."""
        table = timetable_for(request)
        hours, data = table.hours(self), practice(request)
        url = self.canonical_url(request)
        geo = {}
        if self.latitude is not None and self.longitude is not None:
            geo = {"@type": "GeoCoordinates", "latitude": float(self.latitude), "longitude": float(self.longitude)}
        return jsonld.without_empty(
            {
                "@type": "MedicalBusiness",
                "@id": f"{url}#office",
                "name": f"{data.practice_name}, {self.title}",
                "description": self.lead,
                "url": url,
                "telephone": self.phone_number,
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": self.street,
                    "addressLocality": self.city,
                    "addressRegion": self.region,
                    "postalCode": self.postal_code,
                    "addressCountry": self.country,
                },
                "geo": geo,
                "openingHoursSpecification": opening_hours_specification(hours),
                "specialOpeningHoursSpecification": special_opening_hours_specification(hours, table.now),
                "parentOrganization": {"@id": jsonld.organization_id(settings.WAGTAILADMIN_BASE_URL.rstrip("/"))},
            }
        )


def published_locations() -> list[LocationPage]:
    """The offices that readers see, in the order of the page tree; one behind a login or a password is none of them.

    The condition that each is an office is there for SQLite, which otherwise walks all pages in the order of their tree
    to find the few.
    """
    offices = LocationPage.objects.filter(pk__in=LocationPage.objects.order_by().values("pk"))
    return list(offices.live().public().order_by("path"))


def read_timetable(request=None) -> Timetable:
    """The offices' hours at this moment, read anew unless nothing changed since the cache of `request` read them."""
    return Timetable(published=published_locations, now=timezone.now(), request=request)


def timetable_for(request) -> Timetable:
    """The timetable of a request; its `now` is the one moment that everything on the page speaks of."""
    if request is None:
        return read_timetable()
    if not hasattr(request, "timetable"):
        request.timetable = read_timetable(request)
    return request.timetable
