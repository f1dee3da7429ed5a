"""What people decide about the sending of an issue: plan, pause, resume, cancel, send again."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from newsletter.issues.rendering import render_issue
from newsletter.models import Delivery, NewsletterIssuePage, Sending, Subscriber
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.sending_states import SendingState, before
from newsletter.rules.subscriber_states import Audience


class SendingRefused(Exception):
    """It can't be done now; `str()` says why, for the person who asked."""


def audience(*, audience: Audience, topic_ids: Iterable[int], now: datetime) -> QuerySet[Subscriber]:
    """Who an issue goes to if it is sent at `now`.

    Readers of the monthly digest get one digest in a calendar month of the practice's time zone, however
    many are written.
    """
    readers = Subscriber.objects.wanting(audience=audience, topic_ids=topic_ids)
    if audience is Audience.MONTHLY:
        local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
        month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        served = Delivery.objects.filter(
            subscriber_id=OuterRef("pk"),
            sending__audience=Audience.MONTHLY,
            sending__started_at__gte=month,
            sending__started_at__lt=now,
            state__in=[DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN],
        )
        readers = readers.filter(~Exists(served))
    return readers


def plan(
    *, page: NewsletterIssuePage, revision_id: int, content_hash: str, scheduled_at: datetime, user, now: datetime
) -> Sending:
    """Fix what is sent: this revision with this hash, as the person saw it. Raises SendingRefused.

    From here on the issue's content can't change; `housekeeping` starts the sending when it is due.
    """
    revision = page.get_latest_revision()
    if revision is None or revision.pk != revision_id:
        raise SendingRefused("Someone changed the issue since you looked at it. Look at it again before you send it.")
    issue = revision.as_object()
    outputs = render_issue(page=issue, posts=issue.posts())
    if outputs.content_hash != content_hash:
        raise SendingRefused("A post was published since you looked at the issue. Look at it again before you send it.")
    try:
        with transaction.atomic():
            sending = Sending.objects.create(
                page_id=page.pk,
                revision=revision,
                content_hash=outputs.content_hash,
                subject=outputs.subject,
                html=outputs.html,
                text=outputs.text,
                posts=issue.posts(),
                audience=issue.audience,
                state=SendingState.SCHEDULED,
                scheduled_at=max(scheduled_at, now),
                created_at=now,
                created_by=user,
            )
            sending.topics.set(issue.topics.all())
    except IntegrityError as error:
        raise SendingRefused("This issue is being sent already, or was sent.") from error
    return sending


def pause(*, sending_id: int, reason: str) -> None:
    """Nothing more leaves; what is in the mail server's hands at this moment is finished. Raises SendingRefused."""
    _move(
        sending_id, SendingState.PAUSED, "Only a sending that is under way can be paused.", paused_reason=reason[:300]
    )


def resume(*, sending_id: int) -> None:
    """Go on where it was paused, with a clean slate of troubles. Raises SendingRefused."""
    sending = Sending.objects.get(pk=sending_id)
    # While the audience is not written down completely, it goes on there.
    complete = sending.queued_up_to >= sending.queue_ends_at
    _move(
        sending_id,
        SendingState.RUNNING if complete else SendingState.QUEUEING,
        "Only a paused sending can be resumed.",
        only_from={SendingState.PAUSED},
        paused_reason="",
        failures_in_row=0,
        troubles_in_row=0,
        rest_until=None,
        office_untold=False,
    )


def cancel(*, sending_id: int, now: datetime) -> None:
    """Nothing more leaves, for good. One that has not started goes back to being a draft. Raises SendingRefused."""
    if Sending.objects.filter(pk=sending_id, state=SendingState.SCHEDULED).delete()[0]:
        return
    with transaction.atomic():
        _move(sending_id, SendingState.CANCELLED, "This sending is over already.", finished_at=now)
        withhold_cancelled(sending_id=sending_id, now=now)


def withhold_cancelled(*, sending_id: int, now: datetime) -> int:
    """What still waits in a cancelled sending is withheld; how many there were."""
    waiting = Delivery.objects.queued().filter(sending_id=sending_id, sending__state=SendingState.CANCELLED)
    return waiting.update(state=DeliveryState.SUPPRESSED, reason=Reason.CANCELLED, finished_at=now)


def resend_uncertain(*, sending_id: int, delivery_ids: Iterable[int], user, now: datetime) -> int:
    """Send the named uncertain copies again: a decision of `user`; how many there were. Raises SendingRefused."""
    with transaction.atomic():
        sending = Sending.objects.select_for_update().get(pk=sending_id)
        if sending.state == SendingState.CANCELLED:
            raise SendingRefused("This sending was cancelled.")
        number = (
            Delivery.objects.uncertain()
            .filter(sending=sending, pk__in=list(delivery_ids))
            .update(
                state=DeliveryState.QUEUED,
                reason=Reason.NONE,
                detail="",
                attempts=0,
                next_attempt_at=now,
                claimed_by="",
                finished_at=None,
                resent_by=user,
            )
        )
        if number:
            Sending.objects.filter(pk=sending_id, state=SendingState.FINISHED).update(
                state=SendingState.RUNNING, finished_at=None
            )
    return number


def _move(sending_id: int, new: SendingState, refusal: str, *, only_from=None, **changes) -> None:
    """One conditional UPDATE, so that two people at two screens can't both win."""
    states = only_from or before(new)
    if not Sending.objects.filter(pk=sending_id, state__in=states).update(state=new, **changes):
        raise SendingRefused(refusal)
