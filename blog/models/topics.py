"""Topics."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from innerbalance.caching.whole_changes import ShownToReaders


class Topic(ShownToReaders, models.Model):
    """What a post is about; each topic has a listing of its own."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Its address: /blog/topic/…/"))
    description = models.TextField(
        _("description"), blank=True, help_text=_("Shown at the top of the topic's listing.")
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name
