"""When anything that public pages show last changed."""

from django.db import models


class SiteVersion(models.Model):
    """One row. `changed_at` (UTC): when anything that public pages show last changed:

    menu, footer and announcement stand on every page, so a page is as new as the newest of them.
    """

    changed_at = models.DateTimeField()
    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"version {self.number}"
