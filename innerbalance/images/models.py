"""The practice's own image model, from the first day: changing it later would move every picture."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from innerbalance.caching.whole_changes import ShownToReaders


class PracticeImage(ShownToReaders, AbstractImage):
    """A picture with its credit; `description` is the default alternative text."""

    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made it or owns it, for example “Photo: Jo Doe”. Shown below the picture."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        permissions = [("choose_image", _("Can choose image"))]


class PracticeRendition(AbstractRendition):
    """A size and format of a picture, made once and kept."""

    image = models.ForeignKey(PracticeImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
