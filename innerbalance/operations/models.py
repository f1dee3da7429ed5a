"""What owners were told needs a person, so that they are told once, and hear when it is well again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Alert(models.Model):
    """A check that finds a fault at present, or did until a moment ago. All times are UTC."""

    check_name = models.CharField(max_length=60, unique=True)
    since = models.DateTimeField()
    well_since = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    telling_until = models.DateTimeField(null=True)
    """While one process sends the emails, others leave them to it; one that died is replaced after that."""

    class Meta:
        default_permissions = ()
        permissions = [("view_installation", _("Can see what is right and wrong with the installation"))]

    def __str__(self) -> str:
        return self.check_name
