"""What became of each backup. A restored site begins without these: they were of another machine."""

from django.db import models


class BackupRun(models.Model):
    """One attempt. Without an end: it is under way, or its process died."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    succeeded = models.BooleanField(default=False)
    name = models.CharField(max_length=100, blank=True)
    place = models.CharField(max_length=300, blank=True)
    # Bytes of all that was written.
    size = models.BigIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"backup {self.pk}"
