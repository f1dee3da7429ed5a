"""The sender: takes what is due, hands it over, writes down what became of it.

Any number of workers may run at once, and any of them may be killed anywhere:
a row is then due again (nothing had left), or `uncertain` (something may have).
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from innerbalance.journal.services.gate import email_is_paused
from newsletter.models import Campaign, Delivery
from newsletter.rules.addresses import InvalidAddress
from newsletter.rules.backoff import LONGEST_REST, LONGEST_WAIT, next_wait
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.delivery_states import OPEN, DeliveryState, Reason
from newsletter.rules.smtp_outcome import Outcome, TransportUnavailable, Verdict
from newsletter.services import bounces, campaigns, claims, queueing, throttling
from newsletter.services.messages import SenderLines
from newsletter.services.provider_transport import NewsletterEmail
from newsletter.services.transports import open_transport

PACE = 0.5  # seconds between looks while the rate limit holds


@dataclass(slots=True)
class Tally:
    """What one run did."""

    sent: int = 0
    failed: int = 0
    withheld: int = 0
    put_off: int = 0
    uncertain: int = 0

    def __str__(self) -> str:
        parts = [
            (self.sent, "sent"),
            (self.failed, "failed"),
            (self.withheld, "withheld"),
            (self.put_off, "put off"),
            (self.uncertain, "uncertain"),
        ]
        return ", ".join(f"{number} {word}" for number, word in parts if number)


def run(
    *,
    seconds: float | None = None,
    clock: Callable[[], datetime] = timezone.now,
    sleep: Callable[[float], None] = time.sleep,
) -> Tally:
    """Do what is due, for at most `seconds` (default: settings.NEWSLETTER_RUN_SECONDS)."""
    seconds = settings.NEWSLETTER_RUN_SECONDS if seconds is None else seconds
    until = clock() + timedelta(seconds=seconds)
    if email_is_paused():
        return Tally()
    tally = Tally(uncertain=sweep(now=clock()))
    queueing.start_due(now=clock())
    queueing.queue_all(now=clock())
    worker = Worker(clock=clock, until=until, tally=tally)
    try:
        while clock() < until and not email_is_paused():
            for campaign in running(now=clock()):
                worker.batch(campaign)
            finish_done(now=clock())
            now = clock()
            if not _due_soon(now=now, until=until):
                break
            if not worker.moved:
                sleep(PACE)
            worker.moved = False
    finally:
        worker.transport.close()
    return tally


def running(*, now: datetime) -> list[Campaign]:
    """Campaigns that may send at `now`, oldest first."""
    throttling.speed_up(now=now)
    able = Campaign.objects.filter(state=CampaignState.RUNNING).order_by("pk").defer("html", "text", "posts")
    return [campaign for campaign in able if campaign.rest_until is None or campaign.rest_until <= now]


def _due_soon(*, now: datetime, until: datetime) -> bool:
    """Whether a campaign that may send has a row that is due already (maybe held back by the rate)."""
    able = [campaign.pk for campaign in running(now=now)]
    return Delivery.objects.due(now).filter(campaign_id__in=able).exists() if able else False


def finish_done(*, now: datetime) -> int:
    """Campaigns of which every recipient is in a final state are finished; how many."""
    open_rows = Delivery.objects.filter(campaign_id=OuterRef("pk"), state__in=OPEN)
    done = Campaign.objects.filter(~Exists(open_rows), state=CampaignState.RUNNING)
    return done.update(state=CampaignState.FINISHED, finished_at=now)


def sweep(*, now: datetime) -> int:
    """Rows whose worker is gone become `uncertain`; how many. Needs no hand: each run begins with it."""
    for campaign_id in Campaign.objects.filter(
        Exists(Delivery.objects.queued().filter(campaign_id=OuterRef("pk"))), state=CampaignState.CANCELLED
    ).values_list("pk", flat=True):
        campaigns.withhold_cancelled(campaign_id=campaign_id, now=now)
    reopen()
    bound_the_future(now=now)
    oldest = now - timedelta(seconds=settings.NEWSLETTER_DOUBT_AFTER_SECONDS)
    stale = Delivery.objects.filter(state=DeliveryState.SENDING, handed_over_at__lt=oldest)
    return stale.update(state=DeliveryState.UNCERTAIN, reason=Reason.WORKER_STOPPED, finished_at=now, claimed_by="")


def bound_the_future(*, now: datetime) -> None:
    """What lies further ahead than anything is put off was written by a clock that was ahead: it may go on now.

    A copy that was in a server's hands then is as uncertain as any whose worker is gone.
    """
    Delivery.objects.queued().filter(next_attempt_at__gt=now + LONGEST_WAIT).update(next_attempt_at=now, claimed_by="")
    Campaign.objects.filter(rest_until__gt=now + LONGEST_REST).update(rest_until=now)
    ahead = now + timedelta(seconds=settings.NEWSLETTER_DOUBT_AFTER_SECONDS)
    Delivery.objects.filter(state=DeliveryState.SENDING, handed_over_at__gt=ahead).update(handed_over_at=now)


def reopen() -> int:
    """Campaigns that were called finished while a person queued a copy again go on; how many.

    Both may happen at the same moment: the one that finishes does not see the row the other has not committed yet.
    """
    waiting = Delivery.objects.queued().filter(campaign_id=OuterRef("pk"))
    lost = Campaign.objects.filter(Exists(waiting), state=CampaignState.FINISHED)
    return lost.update(state=CampaignState.RUNNING, finished_at=None)


class Worker:
    """One process's transport and messages, kept while campaigns follow each other."""

    def __init__(self, *, clock: Callable[[], datetime], until: datetime, tally: Tally):
        self.clock = clock
        self.until = until
        self.tally = tally
        self.name = claims.worker_name()
        self.transport = open_transport()
        self.lines: dict[int, SenderLines] = {}
        self.moved = False

    def batch(self, campaign: Campaign) -> None:
        """Lease a few rows of the campaign and hand them over; stops early where it must."""
        if email_is_paused():
            return
        held = claims.lease(campaign=campaign, worker=self.name, now=self.clock())
        try:
            for row in held.rows:
                now = self.clock()
                if now >= self.until or not self._one(campaign, row, held, now):
                    break
                self.moved = True
        finally:
            claims.release(held=held, now=self.clock())

    def _one(self, campaign: Campaign, row: Delivery, held: claims.Lease, now: datetime) -> bool:
        """Hand one row over; False: stop with this batch."""
        if row.subscriber is None or not row.subscriber.gets_mail:
            return self._withheld(row, now)
        try:
            message = self._lines(campaign).message(delivery_id=row.pk, subscriber=row.subscriber)
        except (InvalidAddress, ValueError) as error:
            claims.move(
                row=row, new=DeliveryState.FAILED, now=now, reason=Reason.NOT_SENDABLE, detail=type(error).__name__
            )
            self.tally.failed += 1
            return True
        left = False

        def hand_over() -> bool:
            nonlocal left
            left = claims.hand_over(row=row, held=held, now=self.clock())
            return left

        try:
            verdict = self.transport.send(message, hand_over=hand_over)
        except TransportUnavailable as trouble:
            return self._rest(campaign, row, held, str(trouble), slow_down=trouble.slow_down)
        if verdict is None:
            return self._withheld(row, now)
        return self._settle(campaign, row, held, verdict, attempts=row.attempts + 1, counted=left, message=message)

    def _lines(self, campaign: Campaign) -> SenderLines:
        if campaign.pk not in self.lines:
            whole = Campaign.objects.get(pk=campaign.pk)
            # The outputs say which edition they are: nothing else may leave under this campaign's name.
            if whole.content_hash not in whole.html or whole.content_hash not in whole.text:
                raise AssertionError(f"campaign {campaign.pk} holds another edition than it was planned with")
            self.lines = {campaign.pk: SenderLines(whole)}
        return self.lines[campaign.pk]

    def _settle(
        self,
        campaign: Campaign,
        row: Delivery,
        held: claims.Lease,
        verdict: Verdict,
        *,
        attempts: int,
        counted: bool,
        message: NewsletterEmail,
    ) -> bool:
        now = self.clock()
        if verdict.outcome is Outcome.SENT:
            status = getattr(message, "anymail_status", None)
            provider_id = getattr(status, "message_id", None) or ""
            claims.move(row=row, new=DeliveryState.SENT, now=now, provider_message_id=str(provider_id)[:255])
            throttling.went_well(campaign=campaign)
            self.tally.sent += 1
            return True
        if verdict.outcome is Outcome.SLOW_DOWN:
            return self._rest(campaign, row, held, verdict.detail, slow_down=True)
        if verdict.outcome is Outcome.UNCERTAIN:
            claims.move(row=row, new=DeliveryState.UNCERTAIN, now=now, reason=Reason.NO_ANSWER, detail=verdict.detail)
            throttling.failed(campaign=campaign, detail=verdict.detail, weight=throttling.UNCERTAIN_WEIGHS)
            self.tally.uncertain += 1
            if verdict.rest:
                throttling.server_wants_rest(campaign=campaign, detail=verdict.detail, now=now, slow_down=False)
            return not verdict.rest
        wait = next_wait(attempts, random.random()) if verdict.outcome is Outcome.RETRY else None  # noqa: S311
        if wait:
            changes = {} if counted else {"attempts": attempts}
            claims.put_off(row=row, held=held, at=now + wait, detail=verdict.detail, **changes)
            self.tally.put_off += 1
            return True
        reason = Reason.GAVE_UP if verdict.outcome is Outcome.RETRY else Reason.REFUSED
        claims.move(row=row, new=DeliveryState.FAILED, now=now, reason=reason, detail=verdict.detail, attempts=attempts)
        self.tally.failed += 1
        if verdict.hard_bounce:
            bounces.hard_bounce(delivery_id=row.pk, detail=verdict.detail, now=now)
        elif reason is Reason.GAVE_UP:
            bounces.soft_bounce(delivery_id=row.pk, detail=verdict.detail, now=now)
        throttling.failed(campaign=campaign, detail=verdict.detail)
        return True

    def _withheld(self, row: Delivery, now: datetime) -> bool:
        """The recipient must not get it; or the campaign was paused, or the lease ran out: then stop."""
        reason = claims.why_not(row=row)
        if reason is None:
            return False
        self.tally.withheld += claims.move(row=row, new=DeliveryState.SUPPRESSED, now=now, reason=reason)
        return True

    def _rest(self, campaign: Campaign, row: Delivery, held: claims.Lease, detail: str, *, slow_down: bool) -> bool:
        now = self.clock()
        until = throttling.server_wants_rest(campaign=campaign, detail=detail, now=now, slow_down=slow_down)
        # Not the recipient's fault: it costs no attempt.
        claims.put_off(row=row, held=held, at=until, detail=detail, attempts=row.attempts)
        self.tally.put_off += 1
        return False
