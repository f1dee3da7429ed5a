"""Who gets the newsletter, what they chose, what happened, and whom nothing may be sent to."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from innerbalance.row_counts import count_each
from newsletter.formats import (
    EVENT_LABELS,
    FREQUENCY_LABELS,
    SUBSCRIBER_STATE_LABELS,
    SUPPRESSION_LABELS,
    choices,
)
from newsletter.rules.subscriber_states import (
    MAY_SIGN_UP_AGAIN,
    Audience,
    EventKind,
    Frequency,
    SubscriberState,
)


class NewsletterTopic(models.Model):
    """What a reader can choose to hear about; no choice means everything."""

    name = models.CharField(max_length=80, unique=True)
    description = models.CharField(max_length=200, blank=True, help_text=_("One line, shown beside the choice."))
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name


class SubscriberQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(state=SubscriberState.CONFIRMED)

    def pending(self):
        return self.filter(state=SubscriberState.PENDING)

    def unconfirmed_since(self, moment: datetime):
        """Who asked before `moment` and never confirmed."""
        return self.pending().filter(created_at__lt=moment)

    def wanting(self, *, audience: Audience, topic_ids: Iterable[int] = ()):
        """Confirmed readers an issue is for, who chose one of its topics, or none at all.

        An issue without topics concerns everyone.
        """
        chosen = self.confirmed().filter(frequency__in=audience.frequencies)
        topic_ids = list(topic_ids)
        if topic_ids:
            through = Subscriber.topics.through.objects.filter(subscriber_id=models.OuterRef("pk"))
            chosen = chosen.filter(
                models.Exists(through.filter(newslettertopic_id__in=topic_ids)) | ~models.Exists(through)
            )
        return chosen

    def count_by_state(self) -> dict[str, int]:
        """How many are in each state, all states named. One query.

        Counting everyone is the cheapest count there is, so the readers on the list, who are nearly everyone, are
        what the others leave: on SQLite that is a third of the cost of grouping by state.
        """
        others = [state.value for state in SubscriberState if state is not SubscriberState.CONFIRMED]
        everyone, *counts = count_each([self, *(self.filter(state=state) for state in others)])
        found = dict(zip(others, counts, strict=True))
        found[SubscriberState.CONFIRMED.value] = everyone - sum(counts)
        return found

    def count_by_period(
        self, *, fields: Sequence[str], periods: Sequence[tuple[datetime | None, datetime | None]]
    ) -> dict[str, list[int]]:
        """Of those who ever confirmed: for each of `fields`, how many have its moment in each of `periods`.

        A period reaches from its first moment to before its second; None leaves that side open. One query, in which
        each count reads its own stretch of an index: counting all periods in one pass tried each subscriber at each.
        """
        ever = self.filter(confirmed_at__isnull=False)
        counts = count_each([ever.filter(_within(field, *period)) for field in fields for period in periods])
        return {field: counts[n * len(periods) :][: len(periods)] for n, field in enumerate(fields)}


def _within(field: str, start: datetime | None, end: datetime | None) -> Q:
    condition = Q(**{f"{field}__isnull": False})
    if start is not None:
        condition &= Q(**{f"{field}__gte": start})
    return condition & Q(**{f"{field}__lt": end}) if end is not None else condition


class Subscriber(models.Model):
    """One address. `__str__` is a reference: the audit log keeps labels longer than we keep people."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # As typed; used for sending.
    address = models.CharField(max_length=254)
    # newsletter.rules.addresses.parse(...).key
    address_key = models.CharField(max_length=254, unique=True)
    state = models.CharField(
        max_length=16, choices=choices(SUBSCRIBER_STATE_LABELS), default=SubscriberState.PENDING.value
    )
    frequency = models.CharField(max_length=16, choices=choices(FREQUENCY_LABELS), default=Frequency.EACH_ISSUE.value)
    topics = models.ManyToManyField(NewsletterTopic, blank=True, related_name="subscribers")

    # Where the address came from, in a few words.
    source = models.CharField(max_length=120, blank=True)
    # Who said yes, when and how, if by hand.
    consent_note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # Unsubscribed, bounced for good or complained.
    left_at = models.DateTimeField(null=True, blank=True)

    # Double opt-in. The token itself is only in the mail.
    confirm_token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    confirm_expires_at = models.DateTimeField(null=True, blank=True)
    confirm_sent_at = models.DateTimeField(null=True, blank=True)
    # A confirmation mail that could not be handed over is tried again by housekeeping.
    confirm_mail_due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # The person asked for a new link to their choices, and housekeeping has not handed the email over yet.
    preferences_link_due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    less_often_offered_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        default_permissions = ("add", "change", "delete", "view")
        permissions = [("export_subscriber", "Can export subscriber")]
        indexes = [
            models.Index(fields=["state", "frequency"], name="subscriber_audience"),
            models.Index(fields=["-created_at", "-id"], name="subscriber_newest"),
            models.Index(fields=["state", "-created_at", "-id"], name="subscriber_state_newest"),
            models.Index(fields=["confirmed_at"], name="subscriber_confirmed", condition=Q(confirmed_at__isnull=False)),
            models.Index(
                fields=["left_at", "confirmed_at"], name="subscriber_left", condition=Q(left_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Subscriber {self.pk}"

    @property
    def gets_mail(self) -> bool:
        return self.state == SubscriberState.CONFIRMED


class SignUpAsk(models.Model):
    """Somebody typed an address into the form. Housekeeping looks within the minute who it is, and deletes the row."""

    # As typed, and newsletter.rules.addresses.parse(...).key.
    address = models.CharField(max_length=254)
    address_key = models.CharField(max_length=254, db_index=True)
    source = models.CharField(max_length=120)
    asked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Sign-up {self.pk}"


class SubscriberEvent(models.Model):
    """One line of a subscriber's history. `detail` never contains an address."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=24, choices=choices(EVENT_LABELS))
    at = models.DateTimeField()
    detail = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    # The issue whose link was followed or whose message came back.
    campaign = models.ForeignKey("newsletter.Campaign", null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{EventKind(self.kind)} of subscriber {self.subscriber_id}"


class SuppressionQuerySet(models.QuerySet):
    def for_hashes(self, hashes: Iterable[str]):
        """`hashes`: of one address under every key (`newsletter.services.suppression.address_hashes`)."""
        return self.filter(address_hash__in=list(hashes))

    def for_good(self):
        """Those that a new sign-up by the person does not lift."""
        again = Q(reason__in=MAY_SIGN_UP_AGAIN)
        return self.exclude(again)


class Suppression(models.Model):
    """An address nothing is sent to: known again by its keyed hash, readable by nobody."""

    address_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=16, choices=choices(SUPPRESSION_LABELS))
    created_at = models.DateTimeField()

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Suppression {self.pk}"
