"""Writing the audience down: one row for each recipient, in batches that a crash can interrupt anywhere."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from newsletter.models import Delivery, Sending, Subscriber
from newsletter.rules.sending_states import SendingState
from newsletter.rules.subscriber_states import Audience
from newsletter.services import campaigns as sendings

BATCH = 2000


def start_due(*, now: datetime) -> int:
    """Start what is scheduled up to `now`; how many. The archive page goes live with the same revision."""
    started = 0
    for sending in Sending.objects.due_to_start(now).select_related("revision", "created_by"):
        with transaction.atomic():
            last = Subscriber.objects.aggregate(last=Max("pk"))["last"] or 0
            moved = Sending.objects.filter(pk=sending.pk, state=SendingState.SCHEDULED).update(
                state=SendingState.QUEUEING, started_at=now, queue_ends_at=last
            )
            if not moved:
                continue
            if sending.revision and sending.page_id:
                sending.revision.publish(user=sending.created_by, skip_permission_checks=True)
            started += 1
    return started


def queue_all(*, now: datetime) -> None:
    """Write down the audience of every sending that is being prepared."""
    for sending_id in Sending.objects.filter(state=SendingState.QUEUEING).values_list("pk", flat=True):
        while queue_batch(sending_id=sending_id, now=now):
            pass


def queue_batch(*, sending_id: int, now: datetime) -> bool:
    """Write down the next BATCH recipients; whether there is more to do.

    The rows and the place reached are one transaction, and the sending's row is locked: two workers take
    turns, and a crash leaves no gap and no pair.
    """
    with transaction.atomic():
        sending = Sending.objects.select_for_update().filter(pk=sending_id, state=SendingState.QUEUEING).first()
        if sending is None:
            return False
        readers = sendings.audience(
            audience=Audience(sending.audience),
            topic_ids=sending.topics.values_list("pk", flat=True),
            now=sending.started_at,
        ).filter(pk__gt=sending.queued_up_to, pk__lte=sending.queue_ends_at)
        ids = list(readers.order_by("pk").values_list("pk", flat=True)[:BATCH])
        Delivery.objects.bulk_create(
            [Delivery(sending_id=sending_id, subscriber_id=pk, next_attempt_at=now) for pk in ids],
            ignore_conflicts=True,
        )
        complete = len(ids) < BATCH
        sending.queued_up_to = sending.queue_ends_at if complete else ids[-1]
        if complete:
            sending.state = SendingState.RUNNING
        sending.save(update_fields=["queued_up_to", "state"])
    return not complete
