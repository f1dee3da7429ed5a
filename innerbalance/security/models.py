"""What the security mechanisms must remember."""

from django.db import models


class RateLimitHit(models.Model):
    """How often somebody did something within a window; who, as a keyed hash, until `expires_at` (UTC)."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"rate limit {self.pk}"


class RecordKey(models.Model):
    """The wrapped data key of one sealed record, in a table that ordinary backups leave out.

    `record` is the sealed record's uid; there is no foreign key on purpose: a copy of the other tables
    restores without this one, and destroying a row here needs nothing from there.
    """

    record = models.UUIDField(primary_key=True, editable=False)
    key_name = models.CharField(max_length=16, db_index=True)
    wrapped = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"key of {self.record}"
