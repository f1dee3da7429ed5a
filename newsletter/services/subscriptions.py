"""Signing up, confirming, unsubscribing and its undo. Nobody learns from the outside who is on the list."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from innerbalance.security.rate_limits import hit
from newsletter.models import Campaign, SignUpAsk, Subscriber, SubscriberEvent
from newsletter.rules.addresses import Address, parse
from newsletter.rules.sign_up import ONE_MAIL_IN, UNCONFIRMED_LASTS, UNDO_LASTS, mailbox
from newsletter.rules.subscriber_states import MAY_SIGN_UP_AGAIN, EventKind, Frequency, SubscriberState
from newsletter.services import Actor, promises, suppression
from newsletter.services.tokens import CONFIRM, secret_hashes

DAILY_MAIL = "newsletter.confirmation-mail"
ASKS_A_RUN = 1_000
ON_THE_LIST = (SubscriberState.CONFIRMED, SubscriberState.PENDING)


def ask_to_sign_up(*, address: Address, source: str, now: datetime) -> None:
    """Keep what a stranger asked, without a look at who it is: one row for every address, so that the time an answer
    takes tells nobody who is on the list. `take_up_asks` goes on with it within the minute."""
    SignUpAsk.objects.create(address=address.typed, address_key=address.key, source=source, asked_at=now)


def take_up_asks() -> int:
    """Sign up everyone who asked since the last time; how many."""
    asks = list(SignUpAsk.objects.order_by("pk")[:ASKS_A_RUN])
    for ask in asks:
        with transaction.atomic():
            # The deletion is the claim: of two runs at once one goes on with it, and a crash leaves it as it was.
            if SignUpAsk.objects.filter(pk=ask.pk).delete()[0]:
                sign_up(address=parse(ask.address), source=ask.source, now=ask.asked_at)
    return len(asks)


def sign_up(
    *,
    address: Address,
    now: datetime,
    source: str = "",
    kind: EventKind = EventKind.SIGNED_UP,
    consent_note: str = "",
    user: Actor = None,
) -> bool:
    """Owe the address one confirmation mail, at most one a day; whether one is owed now.

    Changes nothing of someone who is on the list, or who left: only their own confirmation does.
    """
    reason = suppression.reason_for(address_key=address.key)
    if reason and reason not in MAY_SIGN_UP_AGAIN:
        return False
    fresh = {"address": address.typed, "created_at": now, "source": source, "consent_note": consent_note}
    subscriber, _ = Subscriber.objects.get_or_create(address_key=address.key, defaults=fresh)
    able = Subscriber.objects.filter(
        Q(confirm_sent_at=None) | Q(confirm_sent_at__lte=now - ONE_MAIL_IN), pk=subscriber.pk, confirm_mail_due_at=None
    ).exclude(state=SubscriberState.CONFIRMED)
    if not able.exists():
        return False
    # The row above is the promise; this one also holds for +tags, and after the row was deleted.
    if not hit(purpose=DAILY_MAIL, identity=mailbox(address.key), limit=1, window=ONE_MAIL_IN, now=now):
        return False
    if not able.update(confirm_mail_due_at=now):
        return False
    SubscriberEvent.objects.create(subscriber=subscriber, kind=kind, at=now, user=user, detail=source[:200])
    return True


def find_by_link(*, secret: str, now: datetime) -> Subscriber | None:
    """Whose confirmation link it is; None when it is unknown or has ended."""
    hashes = secret_hashes(CONFIRM, secret)
    return Subscriber.objects.filter(confirm_token_hash__in=hashes, confirm_expires_at__gt=now).first()


def confirm(*, secret: str, now: datetime) -> Subscriber | None:
    """Put the person of this link on the list; None when the link has ended. Doing it again changes nothing."""
    found = find_by_link(secret=secret, now=now)
    if found is None or found.gets_mail:
        return found
    with transaction.atomic():
        suppression.lift(address_key=found.address_key)
        if suppression.reason_for(address_key=found.address_key):
            return None
        changed = Subscriber.objects.filter(pk=found.pk, confirm_token_hash=found.confirm_token_hash).exclude(
            state=SubscriberState.CONFIRMED
        )
        if changed.update(state=SubscriberState.CONFIRMED, confirmed_at=now, left_at=None, confirm_mail_due_at=None):
            SubscriberEvent.objects.create(subscriber=found, kind=EventKind.CONFIRMED, at=now)
            promises.confirmed(found)
    found.refresh_from_db()
    return found if found.gets_mail else None


def delete_unconfirmed(*, now: datetime) -> int:
    """Delete who never confirmed, seven days after they asked; how many. An open link is waited for."""
    old = Subscriber.objects.unconfirmed_since(now - UNCONFIRMED_LASTS).filter(confirm_mail_due_at=None)
    old = old.filter(Q(confirm_expires_at=None) | Q(confirm_expires_at__lte=now))
    with transaction.atomic():
        # Locked, so that nobody confirms between the look and the deletion.
        ids = list(old.select_for_update().values_list("pk", flat=True))
        Subscriber.objects.filter(pk__in=ids).delete()
    return len(ids)


def unsubscribe(*, public_id: UUID, campaign_id: int | None, now: datetime) -> Subscriber | None:
    """Take the person off the list; None when nobody has this id (any more). Doing it again changes nothing.

    `campaign_id`: the issue whose link was used. An open confirmation link ends with it.
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
        if left and subscriber:
            campaign = Campaign.objects.filter(pk=campaign_id).only("pk").first() if campaign_id else None
            SubscriberEvent.objects.create(
                subscriber=subscriber, kind=EventKind.UNSUBSCRIBED, at=now, campaign=campaign
            )
        else:
            left = (
                found.exclude(confirm_token_hash="", confirm_mail_due_at=None)
                .exclude(state=SubscriberState.CONFIRMED)
                .update(confirm_token_hash="", confirm_expires_at=None, confirm_mail_due_at=None)
            )
        if left and subscriber:
            promises.left(subscriber, state=SubscriberState(subscriber.state))
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


def undo(*, public_id: UUID, less_often: bool, now: datetime) -> bool:
    """Undo the leaving, on request with the monthly digest; False when it is too late for that."""
    changes: dict[str, object] = {"state": SubscriberState.CONFIRMED, "left_at": None}
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
        subscriber = Subscriber.objects.get(public_id=public_id)
        SubscriberEvent.objects.create(subscriber=subscriber, kind=kind, at=now)
        promises.confirmed(subscriber)
        if less_often:
            _promise_frequency(subscriber)
    return True


def _promise_frequency(subscriber: Subscriber) -> None:
    topic_ids = subscriber.topics.values_list("pk", flat=True)
    promises.preferences(subscriber, frequency=subscriber.frequency, topic_ids=topic_ids)
