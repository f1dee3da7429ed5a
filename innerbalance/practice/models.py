"""Who the practice is, for header, footer, mails and search engines. Staff edit it under Settings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from innerbalance.caching import shared_part
from innerbalance.caching.middleware import is_public
from innerbalance.caching.whole_changes import ShownToReaders
from innerbalance.formats import parse_phone

CRISIS_TEXT = (
    "In danger right now? Call 911. For support at any hour call or text 988, the Suicide & Crisis Lifeline; "
    "para español, envíe AYUDA al 988."
)


@register_setting(icon="home", order=100)
class PracticeSettings(ShownToReaders, BaseGenericSetting):
    practice_name = models.CharField(max_length=120, default="Inner Balance Counseling")
    legal_name = models.CharField(max_length=160, blank=True, help_text=_("As registered, when it differs."))
    tagline = models.CharField(max_length=160, blank=True, help_text=_("A few words under the name on the home page."))
    phone = models.CharField(
        max_length=20,
        blank=True,
        help_text=_("The number readers call. Write it as you like; it is stored in international form."),
    )
    email = models.EmailField(blank=True, verbose_name=_("email address"))
    crisis_text = models.TextField(default=CRISIS_TEXT, help_text=_("Stands in every footer. Keep 911 and 988 in it."))
    announcement = models.CharField(
        max_length=240, blank=True, help_text=_("A bar at the top of every page. One sentence.")
    )
    announcement_until = models.DateTimeField(
        null=True, blank=True, verbose_name=_("show it until"), help_text=_("Then it goes by itself.")
    )
    facebook = models.URLField(blank=True)
    instagram = models.URLField(blank=True)
    linkedin = models.URLField(blank=True)
    youtube = models.URLField(blank=True)
    copyright_holder = models.CharField(max_length=120, blank=True, help_text=_("Without one, the practice's name."))
    security_contact = models.EmailField(
        blank=True,
        help_text=_("Who hears of a security problem (security.txt). Without one, the practice's email address."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("practice_name"),
                FieldPanel("legal_name"),
                FieldPanel("tagline"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            ],
            heading=_("The practice"),
        ),
        MultiFieldPanel([FieldPanel("announcement"), FieldPanel("announcement_until")], heading=_("Announcement")),
        MultiFieldPanel([FieldPanel("crisis_text")], heading=_("Help in a crisis")),
        MultiFieldPanel(
            [FieldPanel("facebook"), FieldPanel("instagram"), FieldPanel("linkedin"), FieldPanel("youtube")],
            heading=_("Social media"),
        ),
        MultiFieldPanel([FieldPanel("copyright_holder"), FieldPanel("security_contact")], heading=_("Small print")),
    ]

    class Meta:
        verbose_name = _("practice")

    def __str__(self) -> str:
        return self.practice_name

    @classmethod
    def load(cls, request_or_site=None):
        """As Wagtail's; for a public request from what is kept until the next change, since every page shows it."""
        if not isinstance(request_or_site, HttpRequest) or not is_public(request_or_site):
            return super().load(request_or_site)
        return shared_part(request_or_site, "practice", cls._get_or_create)

    def clean(self):
        super().clean()
        errors = {}
        try:
            self.phone = parse_phone(self.phone)
        except ValidationError as error:
            errors["phone"] = error
        if "988" not in self.crisis_text:
            errors["crisis_text"] = ValidationError(_("Keep the 988 Lifeline in this text: someone may need it."))
        if errors:
            raise ValidationError(errors)

    @property
    def holder(self) -> str:
        """Who stands after the © in the footer."""
        return self.copyright_holder or self.practice_name

    @property
    def social_links(self) -> list[dict[str, str]]:
        """`name` and `url` of each place elsewhere that is filled in."""
        places = [
            ("Facebook", self.facebook),
            ("Instagram", self.instagram),
            ("LinkedIn", self.linkedin),
            ("YouTube", self.youtube),
        ]
        return [{"name": name, "url": url} for name, url in places if url]

    @property
    def social_addresses(self) -> list[str]:
        return [link["url"] for link in self.social_links]
