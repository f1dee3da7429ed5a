"""The campaign of one issue, and one row for each of its recipients."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from newsletter.formats import (
    AUDIENCE_LABELS,
    CAMPAIGN_STATE_LABELS,
    DELIVERY_STATE_LABELS,
    REASON_LABELS,
    choices,
)
from newsletter.rules.campaign_states import AT_WORK, UNFINISHED, CampaignState
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.subscriber_states import Audience

from .subscribers import NewsletterTopic, Subscriber


class CampaignQuerySet(models.QuerySet):
    def at_work(self):
        return self.filter(state__in=AT_WORK)

    def unfinished(self):
        return self.filter(state__in=UNFINISHED)

    def due_to_start(self, now: datetime):
        return self.filter(state=CampaignState.SCHEDULED, scheduled_at__lte=now)


class Campaign(models.Model):
    """One issue on its way. What is sent was made once, from one revision, and is kept here."""

    # One campaign per issue; the numbers outlive the page.
    page = models.OneToOneField(
        "newsletter.NewsletterIssuePage", null=True, on_delete=models.SET_NULL, related_name="campaign"
    )
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    content_hash = models.CharField(max_length=64)
    subject = models.CharField(max_length=255)
    html = models.TextField()
    text = models.TextField()
    # The latest posts as they were when sending was decided.
    posts = models.JSONField(default=list)

    audience = models.CharField(max_length=16, choices=choices(AUDIENCE_LABELS), default=Audience.EACH_ISSUE.value)
    topics = models.ManyToManyField(NewsletterTopic, blank=True, related_name="+")

    state = models.CharField(max_length=16, choices=choices(CAMPAIGN_STATE_LABELS))
    scheduled_at = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    paused_reason = models.CharField(max_length=300, blank=True)

    # The audience is written down in batches, in the order of ids, up to the last one there was at the start.
    queued_up_to = models.BigIntegerField(default=0)
    queue_ends_at = models.BigIntegerField(default=0)

    failures_in_row = models.PositiveIntegerField(default=0)
    transport_failures_in_row = models.PositiveIntegerField(default=0)
    rest_until = models.DateTimeField(null=True, blank=True)
    slow_step = models.PositiveSmallIntegerField(default=0)
    # Set with a pause nobody asked for, cleared when the office's mail was handed over.
    office_untold = models.BooleanField(default=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("send_campaign", "Can send campaign")]

    def __str__(self) -> str:
        return self.subject

    def counts(self) -> dict[DeliveryState, int]:
        """How many recipients are in each state, zeros included; the sum is the audience."""
        found = dict(self.deliveries.order_by().values_list("state").annotate(Count("pk")))
        return {state: found.get(state, 0) for state in DeliveryState}

    def reasons(self) -> list[tuple[DeliveryState, Reason, int]]:
        """(state, reason, number) for each reason there is, largest first."""
        rows = (
            self.deliveries.order_by()
            .exclude(reason=Reason.NONE)
            .values_list("state", "reason")
            .annotate(number=Count("pk"))
            .order_by("-number", "reason")
        )
        return [(DeliveryState(state), Reason(reason), number) for state, reason, number in rows]


class DeliveryQuerySet(models.QuerySet):
    def queued(self):
        return self.filter(state=DeliveryState.QUEUED)

    def uncertain(self):
        return self.filter(state=DeliveryState.UNCERTAIN)

    def due(self, now: datetime):
        return self.queued().filter(next_attempt_at__lte=now)


class Delivery(models.Model):
    """One recipient's copy. It names the subscriber, never the address."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="deliveries")
    # NULL: the person asked to be deleted. The row stays, because the sum of all states is the audience.
    subscriber = models.ForeignKey(Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries")
    state = models.CharField(max_length=16, choices=choices(DELIVERY_STATE_LABELS), default=DeliveryState.QUEUED.value)
    reason = models.CharField(max_length=24, choices=choices(REASON_LABELS), blank=True, default=Reason.NONE.value)
    # The server's words, without addresses.
    detail = models.CharField(max_length=200, blank=True)

    attempts = models.PositiveSmallIntegerField(default=0)
    # A worker that takes the row moves this past its lease: if it dies, the row is due again by itself.
    next_attempt_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=64, blank=True)
    # When the content began to leave; from then on it may have arrived.
    handed_over_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The provider's own id, where it gives one; ours is made from the row (newsletter.services.tokens).
    provider_message_id = models.CharField(max_length=255, blank=True)
    soft_bounced_at = models.DateTimeField(null=True, blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)
    resent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["campaign", "subscriber"], name="delivery_once_per_issue_and_subscriber"),
        ]
        indexes = [
            models.Index(fields=["campaign", "state", "next_attempt_at"], name="delivery_due"),
            models.Index(fields=["handed_over_at"], name="delivery_rate"),
            models.Index(
                fields=["provider_message_id"],
                name="delivery_provider_id",
                condition=~Q(provider_message_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"
