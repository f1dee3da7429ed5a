"""Rows behind the rate limits."""

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
