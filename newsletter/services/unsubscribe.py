"""Leaving, and what is offered right after it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from newsletter.models import Sending, Subscriber, SubscriberEvent
from newsletter.rules.sign_up import UNDO_LASTS
from newsletter.rules.subscriber_states import EventKind, Frequency, SubscriberState

ON_THE_LIST = (SubscriberState.CONFIRMED, SubscriberState.PENDING)


def unsubscribe(*, public_id: UUID, sending_id: int | None, now: datetime) -> Subscriber | None:
    """Take the person off the list; None when nobody has this id (any more). Doing it again changes nothing.

    `sending_id`: the issue whose link was used. An open confirmation link ends with it.
    """
    found = Subscriber.objects.filter(public_id=public_id)
    with transaction.atomic():
        left = found.filter(state__in=ON_THE_LIST).update(
            state=SubscriberState.UNSUBSCRIBED,
            left_at=now,
            confirm_token_hash="",
            confirm_expires_at=None,
            confirm_mail_due_at=None,
        )
        subscriber = found.first()
        if left:
            sending = Sending.objects.filter(pk=sending_id).only("pk").first() if sending_id else None
            SubscriberEvent.objects.create(subscriber=subscriber, kind=EventKind.UNSUBSCRIBED, at=now, sending=sending)
        else:
            found.exclude(confirm_token_hash="", confirm_mail_due_at=None).exclude(
                state=SubscriberState.CONFIRMED
            ).update(confirm_token_hash="", confirm_expires_at=None, confirm_mail_due_at=None)
    return subscriber


def may_undo(subscriber: Subscriber, *, now: datetime) -> bool:
    """Whether they left a moment ago, by themselves, and had confirmed before."""
    return bool(
        subscriber.state == SubscriberState.UNSUBSCRIBED
        and subscriber.confirmed_at
        and subscriber.left_at
        and subscriber.left_at > now - UNDO_LASTS
    )


def offer_less_often(subscriber: Subscriber, *, now: datetime) -> bool:
    """Whether to offer the monthly digest now. Once in a lifetime: the offer is written down."""
    if not may_undo(subscriber, now=now) or subscriber.frequency == Frequency.MONTHLY:
        return False
    never = Subscriber.objects.filter(pk=subscriber.pk, less_often_offered_at=None)
    return bool(never.update(less_often_offered_at=now))


def come_back(*, public_id: UUID, less_often: bool, now: datetime) -> bool:
    """Undo the leaving, on request with the monthly digest; False when it is too late for that."""
    changes = {"state": SubscriberState.CONFIRMED, "left_at": None}
    if less_often:
        changes["frequency"] = Frequency.MONTHLY
    left = Subscriber.objects.filter(
        public_id=public_id,
        state=SubscriberState.UNSUBSCRIBED,
        confirmed_at__isnull=False,
        left_at__gt=now - UNDO_LASTS,
    )
    with transaction.atomic():
        if not left.update(**changes):
            # A second click on the same button is no failure.
            return Subscriber.objects.confirmed().filter(public_id=public_id).exists()
        kind = EventKind.LESS_OFTEN if less_often else EventKind.UNDONE
        SubscriberEvent.objects.create(subscriber=Subscriber.objects.get(public_id=public_id), kind=kind, at=now)
    return True
