"""What housekeeping did last, so that the admin can show whether it runs at all."""

from django.db import models


class HousekeepingRun(models.Model):
    """The last run of one job."""

    job = models.CharField(max_length=200, unique=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    failed = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        ordering = ["job"]

    def __str__(self) -> str:
        return self.job
