"""Emails that intake owes somebody. The row comes first; sending is tried until it succeeds."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.models.requests import ConsultationRequest


class OutgoingEmailQuerySet(models.QuerySet):
    def due(self, now: datetime):
        return self.filter(state=OutgoingEmail.State.QUEUED, due_at__lte=now)


class OutgoingEmail(models.Model):
    """One email to one recipient. A reader's address is never here: it is read from the sealed request at sending."""

    class Kind(models.TextChoices):
        OFFICE_NOTICE = "office_notice", _("New requests, to the office")
        AUTO_REPLY = "auto_reply", _("Automatic reply, to the reader")
        DIGEST = "digest", _("Daily digest, to the office")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")
        UNCERTAIN = "uncertain", _("Perhaps sent")
        DROPPED = "dropped", _("No longer wanted")

    kind = models.CharField(max_length=16, choices=Kind.choices)
    request = models.ForeignKey(ConsultationRequest, null=True, on_delete=models.CASCADE, related_name="emails")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    data = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=100, blank=True)

    objects = OutgoingEmailQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["state", "due_at"], name="intake_mail_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"
