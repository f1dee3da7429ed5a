"""What the database knows of its journal: which lines are its own, and whether it is the one the journal expects."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    return secrets.token_urlsafe(12)


class PromiseQuerySet(models.QuerySet):
    def unwritten(self):
        return self.filter(written_at=None)


class Promise(models.Model):
    """A line that is in the journal, or on its way there. It is part of the change that it speaks of: both or neither.

    The row stays for good, without its `data`: by it the journal sees that a database is older than itself.
    """

    token = models.CharField(max_length=16, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)

    objects = PromiseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["id"], name="journal_unwritten", condition=models.Q(written_at=None)),
        ]

    def __str__(self) -> str:
        return f"promise {self.pk}"


class Cause(models.TextChoices):
    """Why email is paused."""

    RESTORED = "restored", _("The site was restored from a backup.")
    OLDER = "older", _("The database is older than the journal: somebody put an old copy back.")
    OTHER = "other", _("The journal belongs to another database.")
    MISSING = "missing", _("The journal is missing.")


class SiteEpoch(models.Model):
    """One row: who this database is. A restored one gets a new token, in the row and in the journal's folder."""

    token = models.CharField(max_length=16)
    # Whether a journal was begun: one that is missing later was lost.
    begun = models.BooleanField(default=False)
    # Email waits from this moment on, until a person looked.
    paused_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=12, blank=True, choices=Cause.choices)
    # Whether the journal was applied since the pause began, and what it said.
    recovered_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)
    # The moment of the backup this database came from.
    backup_of = models.DateTimeField(null=True)
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        permissions = [("resume_email", "Can resume email after a restore")]

    def __str__(self) -> str:
        return f"epoch {self.token}"

    @classmethod
    def load(cls) -> "SiteEpoch":
        return cls.objects.get_or_create(pk=1, defaults={"token": new_token()})[0]


def known(tokens: Iterable[str]) -> set[str]:
    """Those of `tokens` that this database knows."""
    return set(Promise.objects.filter(token__in=list(tokens)).values_list("token", flat=True))


def remember(*, token: str, kind: str, at) -> None:
    """The line is in the journal and in this database."""
    Promise.objects.get_or_create(token=token, defaults={"kind": kind, "at": at, "written_at": timezone.now()})
