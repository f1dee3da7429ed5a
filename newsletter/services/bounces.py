"""What comes back after sending. Every function may be called twice, late and in any order."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from newsletter.models import Delivery, Subscriber, SubscriberEvent
from newsletter.rules.delivery_states import DeliveryState, Reason, before
from newsletter.rules.subscriber_states import (
    SOFT_BOUNCE_DAYS,
    SOFT_BOUNCES_ALLOWED,
    EventKind,
    SubscriberState,
    SuppressionReason,
)
from newsletter.services import promises
from newsletter.services.suppression import suppress


@transaction.atomic
def hard_bounce(*, delivery_id: int, detail: str, now: datetime) -> None:
    """The mailbox does not exist: this copy failed, and nothing is sent to the address any more."""
    delivery = _delivery(delivery_id)
    if delivery is None:
        return
    _failed(delivery, detail, now)
    _leave(delivery, SubscriberState.BOUNCED, SuppressionReason.HARD_BOUNCE, EventKind.HARD_BOUNCE, detail, now)


@transaction.atomic
def soft_bounce(*, delivery_id: int, detail: str, now: datetime) -> None:
    """This copy came back; the third within SOFT_BOUNCE_DAYS suppresses the address."""
    delivery = _delivery(delivery_id)
    if delivery is None:
        return
    # The mark makes a report that comes twice count once.
    if not Delivery.objects.filter(pk=delivery_id, soft_bounced_at=None).update(soft_bounced_at=now):
        return
    _failed(delivery, detail, now)
    if delivery.subscriber is None:
        return
    _note(delivery, EventKind.SOFT_BOUNCE, detail, now)
    recent = delivery.subscriber.deliveries.filter(soft_bounced_at__gt=now - timedelta(days=SOFT_BOUNCE_DAYS))
    if recent.count() >= SOFT_BOUNCES_ALLOWED:
        _leave(
            delivery,
            SubscriberState.BOUNCED,
            SuppressionReason.SOFT_BOUNCES,
            EventKind.SOFT_BOUNCE,
            "The third one",
            now,
        )


@transaction.atomic
def complaint(*, delivery_id: int, now: datetime) -> None:
    """The reader pressed "spam": nothing is sent to them any more. The copy stays sent: it arrived."""
    delivery = _delivery(delivery_id)
    if delivery is None:
        return
    Delivery.objects.filter(pk=delivery_id, complained_at=None).update(complained_at=now)
    _arrived(delivery, now)
    _leave(delivery, SubscriberState.COMPLAINED, SuppressionReason.COMPLAINT, EventKind.COMPLAINT, "", now)


@transaction.atomic
def delivered(*, delivery_id: int, now: datetime) -> None:
    """A provider says that it arrived: that settles a doubt."""
    delivery = _delivery(delivery_id)
    if delivery is not None:
        _arrived(delivery, now)


def _delivery(delivery_id: int) -> Delivery | None:
    return Delivery.objects.select_related("subscriber").filter(pk=delivery_id).first()


def _failed(delivery: Delivery, detail: str, now: datetime) -> None:
    known = Delivery.objects.filter(pk=delivery.pk, state__in=before(DeliveryState.FAILED) - {DeliveryState.QUEUED})
    known.update(state=DeliveryState.FAILED, reason=Reason.BOUNCED, detail=detail[:200], finished_at=now)


def _arrived(delivery: Delivery, now: datetime) -> None:
    doubtful = Delivery.objects.filter(pk=delivery.pk, state__in=before(DeliveryState.SENT))
    doubtful.update(state=DeliveryState.SENT, reason=Reason.NONE, detail="", finished_at=now, claimed_by="")


def _leave(
    delivery: Delivery,
    state: SubscriberState,
    reason: SuppressionReason,
    kind: EventKind,
    detail: str,
    now: datetime,
) -> None:
    """Suppress the address, and move the subscriber where it is news."""
    subscriber = delivery.subscriber
    if subscriber is None:
        return
    suppress(address_key=subscriber.address_key, reason=reason, now=now)
    moved = Subscriber.objects.filter(pk=subscriber.pk).exclude(
        state__in=[SubscriberState.BOUNCED, SubscriberState.COMPLAINED]
    )
    # Who had left before keeps that day.
    if not moved.update(state=state, left_at=Coalesce("left_at", Value(now))):
        return
    promises.left(subscriber, state=state)
    if kind is not EventKind.SOFT_BOUNCE:
        _note(delivery, kind, detail, now)


def _note(delivery: Delivery, kind: EventKind, detail: str, now: datetime) -> None:
    if delivery.subscriber is not None:
        SubscriberEvent.objects.create(
            subscriber=delivery.subscriber, kind=kind, at=now, detail=detail[:200], campaign_id=delivery.campaign_id
        )
