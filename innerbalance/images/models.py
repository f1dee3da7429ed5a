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

    # Which list of sizes was made of the picture as it is now (innerbalance.images.jobs), and how often it was saved.
    sizes_made = models.CharField(max_length=16, blank=True, editable=False, db_index=True)
    saves = models.PositiveIntegerField(default=0, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        permissions = [("choose_image", _("Can choose image"))]

    def save(self, *args, **kwargs) -> None:
        """Another file or focal point needs other sizes: housekeeping makes them within the minute."""
        self.sizes_made = ""
        self.saves += 1
        if fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*fields, "sizes_made", "saves"}
        super().save(*args, **kwargs)


class PracticeRendition(AbstractRendition):
    """A size and format of a picture, made once and kept."""

    image = models.ForeignKey(PracticeImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
