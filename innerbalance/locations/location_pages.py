"""The pages of the offices, and the one that shows them side by side."""

from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from innerbalance import structured_data as jsonld
from innerbalance.caching import limit
from innerbalance.formats import parse_phone
from innerbalance.page_base import BasePage
from innerbalance.practice import practice

from .maps import MapLink, map_links
from .slots import Kind
from .structured_hours import opening_hours_specification, special_opening_hours_specification
from .timetable import timetable_for
from .vcard import Contact, vcard
from .week import week_table
from .wording import closure_text, moment, read, week_text, zone_name

TEXT = ["bold", "italic", "link", "ol", "ul"]
UPCOMING_SHOWN = 8


class LocationIndexPage(BasePage):
    intro = models.TextField(blank=True, help_text="A sentence or two over the offices.")

    lead_field = "intro"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["locations.LocationPage"]
    max_count = 1

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = "offices"

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
    phone = models.CharField(max_length=20, blank=True, help_text="Empty: the practice's own number.")
    street = models.CharField(max_length=120, help_text="Street and suite.")
    city = models.CharField(max_length=80)
    region = models.CharField("state", max_length=40, default="AZ")
    postal_code = models.CharField("ZIP code", max_length=12)
    country = models.CharField(max_length=2, default="US", help_text="Two letters, as US.")
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    time_zone = models.CharField(max_length=40, default="America/Phoenix", help_text="As America/Phoenix.")
    lead = models.TextField(blank=True, help_text="Two sentences about this office.")
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name="picture of the building or the room",
    )  # fmt: skip
    map_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="A map drawn by us. Say what it shows below; never a screenshot of somebody's map.",
    )  # fmt: skip
    map_alt = models.CharField("what the map shows", max_length=240, blank=True)
    finding = RichTextField("how to find the suite", blank=True, features=TEXT)
    parking = RichTextField(blank=True, features=TEXT)
    transit = RichTextField("bus and light rail", blank=True, features=TEXT)
    accessibility = RichTextField("accessibility of the building", blank=True, features=TEXT)
    telehealth = RichTextField(blank=True, features=TEXT)

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
            heading="Address",
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
            heading="Getting there",
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        *(index.SearchField(name) for name in ("lead", "street", "city", "finding", "parking", "accessibility")),
    ]

    class Meta:
        verbose_name = "office"

    def clean(self):
        super().clean()
        errors = {}
        try:
            self.phone = parse_phone(self.phone)
        except ValidationError as error:
            errors["phone"] = error
        if self.time_zone not in available_timezones():
            errors["time_zone"] = ValidationError("There is no such time zone. In Arizona it is America/Phoenix.")
        if (self.latitude is None) != (self.longitude is None):
            errors["longitude"] = ValidationError("Give both latitude and longitude, or neither.")
        if self.map_image and not self.map_alt:
            errors["map_alt"] = ValidationError("Say in words what the map shows, for those who can't see it.")
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
        limit(request, since=reading.since, until=reading.until)  # the table marks today
        context.update(
            week=list(zip(week_table(hours, table.now), week_table(sessions, table.now), strict=True)),
            has_sessions=sessions.has_slots,
            closures=self.upcoming(table),
            zone=zone_name(hours, table.now),
            as_of=moment(hours, table.now),
            clinicians=self.clinicians.live(),
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
        if self.latitude is not None:
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
