"""Taking rows and letting them go: every step is one conditional UPDATE whose count is looked at.

A worker leases a few rows: they stay `queued`, due again when the lease ends.
Just before content leaves, one UPDATE makes a row `sending`, if at that moment
the lease holds, the campaign runs, the reader is confirmed and not suppressed.
"""

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef

from innerbalance.durability import waiting_for_the_disk
from innerbalance.journal.services.promises import write_out
from newsletter.models import Campaign, Delivery, Subscriber, Suppression
from newsletter.rules.backoff import slowed
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.delivery_states import DeliveryState, Reason, before
from newsletter.rules.subscriber_states import SubscriberState
from newsletter.services import promises
from newsletter.services.address_hashes import address_hashes

LEASE = timedelta(minutes=3)
BATCH = 20
# The rate is held within each window, so that a minute's worth does not leave at once.
SHORT_WINDOW = timedelta(seconds=6)
SHORT_WINDOWS_PER_MINUTE = 10


@dataclass(frozen=True, slots=True)
class Lease:
    """Rows of one campaign that are this worker's until `until`."""

    worker: str
    until: datetime
    rows: list[Delivery]


def worker_name() -> str:
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


def lease(*, campaign: Campaign, worker: str, now: datetime) -> Lease:
    """The next rows of a running campaign that are due, as many as the rate allows; maybe none.

    That they may leave now is in the journal before any does. Raises OSError where it can't be written.
    """
    until = now + LEASE
    with transaction.atomic():
        number = min(BATCH, _allowance(campaign, now))
        due = Delivery.objects.due(now).filter(campaign=campaign).order_by("next_attempt_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        ids = list(due.values_list("pk", flat=True)[:number]) if number else []
        Delivery.objects.due(now).filter(pk__in=ids).update(next_attempt_at=until, claimed_by=worker)
        mine = Delivery.objects.queued().filter(pk__in=ids, claimed_by=worker, next_attempt_at=until)
        rows = list(mine.select_related("subscriber").order_by("pk"))
        if rows:
            promises.handing_over(campaign, rows)
    held = Lease(worker, until, rows)
    try:
        write_out()
    except OSError:
        release(held=held, now=now)
        raise
    return held


def _allowance(campaign: Campaign, now: datetime) -> int:
    rate = settings.NEWSLETTER_MESSAGES_PER_MINUTE
    if not rate:
        return BATCH
    if connection.features.has_select_for_update:
        # Workers count one after the other, or each would take what is left.
        Campaign.objects.select_for_update(no_key=True).filter(pk=campaign.pk).first()
    rate = slowed(rate, campaign.slow_step)
    window, share = timedelta(minutes=1), rate
    if rate >= SHORT_WINDOWS_PER_MINUTE:
        window, share = SHORT_WINDOW, rate // SHORT_WINDOWS_PER_MINUTE
    # What a clock that was ahead wrote down beyond this minute counts for nothing.
    left = Delivery.objects.filter(handed_over_at__gt=now - window, handed_over_at__lte=now + window).count()
    leased = Delivery.objects.queued().filter(
        campaign=campaign, next_attempt_at__gt=now, next_attempt_at__lte=now + LEASE
    )
    return max(0, share - left - leased.exclude(claimed_by="").count())


def hand_over(*, row: Delivery, held: Lease, now: datetime) -> bool:
    """Make the row `sending`. False: it must not leave now; `why_not` says why."""
    if row.subscriber is None:
        return False
    hashes = address_hashes(row.subscriber.address_key)
    leaving = Delivery.objects.queued().filter(
        Exists(Campaign.objects.filter(pk=OuterRef("campaign_id"), state=CampaignState.RUNNING)),
        Exists(Subscriber.objects.confirmed().filter(pk=OuterRef("subscriber_id"))),
        ~Exists(Suppression.objects.for_hashes(hashes)),
        pk=row.pk,
        claimed_by=held.worker,
        next_attempt_at=held.until,
        next_attempt_at__gt=now,
    )
    # Or a power cut could undo this commit, and a copy that left would be queued again.
    with waiting_for_the_disk():
        return bool(leaving.update(state=DeliveryState.SENDING, attempts=F("attempts") + 1, handed_over_at=now))


WITHHELD_BECAUSE = {
    SubscriberState.PENDING: Reason.NOT_CONFIRMED,
    SubscriberState.UNSUBSCRIBED: Reason.UNSUBSCRIBED,
    SubscriberState.BOUNCED: Reason.BOUNCED_BEFORE,
    SubscriberState.COMPLAINED: Reason.COMPLAINED,
}


def why_not(*, row: Delivery) -> Reason | None:
    """Why the recipient must not get it, read afresh; None when the recipient is not the cause."""
    subscriber = Subscriber.objects.filter(deliveries=row.pk).first()
    if subscriber is None:
        return Reason.ERASED
    if subscriber.state != SubscriberState.CONFIRMED:
        return WITHHELD_BECAUSE[SubscriberState(subscriber.state)]
    if Suppression.objects.for_hashes(address_hashes(subscriber.address_key)).exists():
        return Reason.ON_SUPPRESSION_LIST
    return None


def move(*, row: Delivery, new: DeliveryState, now: datetime, **changes: object) -> bool:
    """Move the row by the table of states; whether it was where it could."""
    if new is not DeliveryState.QUEUED:
        changes["finished_at"] = now
    return bool(Delivery.objects.filter(pk=row.pk, state__in=before(new)).update(state=new, claimed_by="", **changes))


def put_off(*, row: Delivery, held: Lease, at: datetime, **changes: object) -> bool:
    """Queue the row again for `at`, whether its content had begun to leave or not."""
    mine = Delivery.objects.filter(
        pk=row.pk, claimed_by=held.worker, state__in=[DeliveryState.QUEUED, DeliveryState.SENDING]
    )
    return bool(mine.update(state=DeliveryState.QUEUED, next_attempt_at=at, claimed_by="", **changes))


def release(*, held: Lease, now: datetime) -> None:
    """Give back what was leased and did not leave; the journal says what became of each."""
    mine = Delivery.objects.queued().filter(pk__in=[row.pk for row in held.rows], claimed_by=held.worker)
    with transaction.atomic():
        mine.filter(next_attempt_at=held.until).update(next_attempt_at=now, claimed_by="")
        copies = Delivery.objects.filter(pk__in=[row.pk for row in held.rows])
        states = {subscriber: state for subscriber, state in copies.values_list("subscriber_id", "state") if subscriber}
        if states:
            promises.handed_over(held.rows[0].campaign_id, states)
