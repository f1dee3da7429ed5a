"""A consultation request, what happened to it, and what it is found by.

What a person or the staff wrote is in `sealed` columns alone (see innerbalance.security.encryption).
In the clear stands only what the desk sorts, filters and counts by: no word that somebody typed.
"""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from intake.formats.labels import OUTCOME_LABELS, REASON_LABELS, STATUS_LABELS
from intake.rules import status as statuses
from intake.rules.status import ENDED, OPEN, WAITING, Attention, Move, Outcome, Status
from intake.rules.suspicion import Reason

PEOPLE = settings.AUTH_USER_MODEL


class RequestQuerySet(models.QuerySet):
    """The desk's vocabulary. Quarantined requests are in `held` alone."""

    def held(self):
        return self.filter(quarantined=True)

    def received(self):
        return self.filter(quarantined=False)

    def open(self):
        return self.received().filter(status__in=OPEN)

    def waiting(self):
        """Without an appointment yet: the number beside the menu."""
        return self.received().filter(status__in=WAITING)

    def ended(self):
        return self.received().filter(status__in=ENDED)

    def queue(self):
        """Open requests in the order the desk should take them."""
        return self.open().order_by("act_by", "received_at", "pk")

    def late(self, now: datetime):
        """Open requests whose moment to act has passed: unanswered or without a next step."""
        return self.open().filter(act_by__lt=now)

    def overdue(self, now: datetime):
        """Nobody answered by the promised time."""
        return self.late(now).filter(first_answered_at=None)

    def stuck(self, now: datetime):
        """Answered, but with no next step for too long, or past it."""
        return self.late(now).exclude(first_answered_at=None)


class ConsultationRequest(models.Model):
    """One person's request for a consultation. `str()` is the reference: it outlives the row in the audit log."""

    class Source(models.TextChoices):
        DIRECT = "", _("The form itself")
        POST = "post", _("A post")
        CLINICIAN = "clinician", _("A clinician's page")
        OFFICE = "office", _("An office's page")
        ASSESSMENT = "assessment", _("A self-assessment")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=11, unique=True, editable=False)
    status = models.CharField(
        max_length=16,
        choices=[(each.value, STATUS_LABELS[each]) for each in Status],
        default=Status.NEW.value,
    )
    outcome = models.CharField(
        max_length=16,
        blank=True,
        choices=[(each.value, OUTCOME_LABELS[each]) for each in Outcome],
    )
    version = models.PositiveIntegerField(default=1)

    # Pages of other apps by their common table: an office is its page, and so is a clinician.
    office = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    telehealth = models.BooleanField(default=False)
    clinician = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    assigned_to = models.ForeignKey(PEOPLE, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=12, blank=True, choices=Source.choices, default=Source.DIRECT)
    source_page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    received_at = models.DateTimeField(db_index=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    open_time_to_answer = models.DurationField(null=True, blank=True)
    last_step_at = models.DateTimeField()
    next_step_at = models.DateTimeField(null=True, blank=True)
    appointment_at = models.DateTimeField(null=True, blank=True)
    act_by = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)

    quarantined = models.BooleanField(default=False)
    quarantine_reasons = models.JSONField(default=list, blank=True)
    on_hold = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")

    sealed = models.BinaryField()

    objects = RequestQuerySet.as_manager()

    # The usage report of a page or a user is for everyone; who asked for a consultation is not.
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ("view", "change", "delete")
        permissions = [("export_consultationrequest", "Can export consultation requests")]
        indexes = [
            models.Index(
                fields=["act_by", "received_at", "id"],
                name="intake_queue",
                condition=Q(quarantined=False, status__in=[each.value for each in sorted(OPEN)]),
            ),
            # What is late, and the order of the queue. SQLite uses a partial index only where the query repeats its
            # condition in letters, and Django passes values apart; so this one, which holds all rows, serves SQLite.
            models.Index(fields=["quarantined", "status", "act_by", "received_at"], name="intake_late"),
            models.Index(fields=["quarantined", "-received_at"], name="intake_arrival"),
            models.Index(fields=["quarantined", "status", "-received_at"], name="intake_status"),
            models.Index(
                fields=["received_at"], name="intake_unnotified", condition=Q(quarantined=False, notified_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def answered(self) -> bool:
        return self.first_answered_at is not None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def possible_moves(self) -> list[Move]:
        return [] if self.quarantined else statuses.possible_moves(Status(self.status))

    def attention(self, now: datetime) -> Attention:
        return statuses.attention(status=Status(self.status), answered=self.answered, act_by=self.act_by, now=now)

    def reason_words(self) -> list[str]:
        """Why the request is, or was, held."""
        return [str(REASON_LABELS[Reason(each)]) for each in self.quarantine_reasons]


class Event(models.Model):
    """Something that happened to a request. `data` holds codes, ids and moments; what somebody wrote is sealed."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        HELD = "held", _("Held as possible spam")
        RELEASED = "released", _("Released: not spam")
        ATTEMPT = "attempt", _("Attempt")
        BOOK = "book", _("Booked")
        REFER = "refer", _("Referred out")
        DECLINE = "decline", _("Declined")
        CLOSE = "close", _("Closed")
        REOPEN = "reopen", _("Reopened")
        NOTE = "note", _("Note")
        ASSIGNED = "assigned", _("Assigned")
        PLANNED = "planned", _("Next step planned")
        HOLD_PLACED = "kept", _("Legal hold placed")
        HOLD_LIFTED = "not_kept", _("Legal hold lifted")
        CORRECTED = "corrected", _("Corrected")
        MERGED = "merged", _("Duplicate merged")
        AUTO_REPLY = "auto_reply", _("Automatic reply sent")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(ConsultationRequest, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(PEOPLE, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    data = models.JSONField(default=dict, blank=True)
    sealed = models.BinaryField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.request.reference}: {self.get_kind_display()}"


class BlindIndex(models.Model):
    """What a request is found by: keyed hashes of its name, phone and email. Left out of backups; can be rebuilt."""

    request = models.ForeignKey(ConsultationRequest, on_delete=models.CASCADE, related_name="blind_indexes")
    kind = models.CharField(max_length=5)
    token = models.CharField(max_length=64, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(F("request"), F("token"), name="intake_blind_index_once")]

    def __str__(self) -> str:
        return f"blind index {self.pk}"


class RecentSubmission(models.Model):
    """The keyed hash of what was sent lately: the same content again is the same request."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    request = models.ForeignKey(ConsultationRequest, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"recent submission {self.request_id}"
