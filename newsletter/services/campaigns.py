"""What people decide about the campaign of an issue: plan, pause, resume, cancel, send again."""

from collections.abc import Iterable, Set
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from newsletter.blocks.rendering import render_issue
from newsletter.models import Campaign, Delivery, NewsletterIssuePage, Subscriber
from newsletter.rules.campaign_states import CampaignState, before
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.subscriber_states import Audience
from newsletter.services import Actor, promises


class CampaignRefused(Exception):
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
            campaign__audience=Audience.MONTHLY,
            campaign__started_at__gte=month,
            campaign__started_at__lt=now,
            state__in=[DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN],
        )
        readers = readers.filter(~Exists(served))
    return readers


def plan(
    *,
    page: NewsletterIssuePage,
    revision_id: int,
    content_hash: str,
    scheduled_at: datetime,
    user: Actor,
    now: datetime,
) -> Campaign:
    """Fix what is sent: this revision with this hash, as the person saw it. Raises CampaignRefused.

    From here on the issue's content can't change; `housekeeping` starts the campaign when it is due.
    """
    revision = page.get_latest_revision()
    if revision is None or revision.pk != revision_id:
        raise CampaignRefused(
            _("Someone changed the issue since you looked at it. Look at it again before you send it.")
        )
    issue = revision.as_object()
    outputs = render_issue(page=issue, posts=issue.posts())
    if outputs.content_hash != content_hash:
        raise CampaignRefused(
            _("A post was published since you looked at the issue. Look at it again before you send it.")
        )
    try:
        with transaction.atomic():
            campaign = Campaign.objects.create(
                page_id=page.pk,
                revision=revision,
                content_hash=outputs.content_hash,
                subject=outputs.subject,
                html=outputs.html,
                text=outputs.text,
                posts=issue.posts(),
                audience=issue.audience,
                state=CampaignState.SCHEDULED,
                scheduled_at=max(scheduled_at, now),
                created_at=now,
                created_by=user,
            )
            campaign.topics.set(issue.topics.all())
    except IntegrityError as error:
        raise CampaignRefused(_("This issue is already being sent, or was sent.")) from error
    return campaign


def pause(*, campaign_id: int, reason: str) -> None:
    """Nothing more leaves; what is in the mail server's hands at this moment is finished. Raises CampaignRefused."""
    _move(
        campaign_id,
        CampaignState.PAUSED,
        _("Only a campaign that is under way can be paused."),
        paused_reason=reason[:300],
    )


def resume(*, campaign_id: int) -> None:
    """Go on where it was paused, with a clean slate of failures. Raises CampaignRefused."""
    campaign = Campaign.objects.get(pk=campaign_id)
    # While the audience is not written down completely, it goes on there.
    complete = campaign.queued_up_to >= campaign.queue_ends_at
    _move(
        campaign_id,
        CampaignState.RUNNING if complete else CampaignState.QUEUEING,
        _("Only a paused campaign can be resumed."),
        only_from={CampaignState.PAUSED},
        paused_reason="",
        failures_in_row=0,
        transport_failures_in_row=0,
        rest_until=None,
        office_untold=False,
    )


def cancel(*, campaign_id: int, now: datetime) -> None:
    """Nothing more leaves, for good. One that has not started goes back to being a draft. Raises CampaignRefused."""
    with transaction.atomic():
        promises.cancelled(campaign_id)
        if Campaign.objects.filter(pk=campaign_id, state=CampaignState.SCHEDULED).delete()[0]:
            return
        _move(campaign_id, CampaignState.CANCELLED, _("This campaign is already over."), finished_at=now)
        withhold_cancelled(campaign_id=campaign_id, now=now)


def withhold_cancelled(*, campaign_id: int, now: datetime) -> int:
    """What still waits in a cancelled campaign is withheld; how many there were."""
    waiting = Delivery.objects.queued().filter(campaign_id=campaign_id, campaign__state=CampaignState.CANCELLED)
    return waiting.update(state=DeliveryState.SUPPRESSED, reason=Reason.CANCELLED, finished_at=now)


def resend_uncertain(*, campaign_id: int, delivery_ids: Iterable[int], user: Actor, now: datetime) -> int:
    """Send the named uncertain copies again: a decision of `user`; how many there were. Raises CampaignRefused."""
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
        if campaign.state == CampaignState.CANCELLED:
            raise CampaignRefused(_("This campaign was canceled."))
        number = (
            Delivery.objects.uncertain()
            .filter(campaign=campaign, pk__in=list(delivery_ids))
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
            Campaign.objects.filter(pk=campaign_id, state=CampaignState.FINISHED).update(
                state=CampaignState.RUNNING, finished_at=None
            )
    return number


def _move(
    campaign_id: int,
    new: CampaignState,
    refusal: str,
    *,
    only_from: Set[CampaignState] | None = None,
    **changes: object,
) -> None:
    """One conditional UPDATE, so that two people at two screens can't both win."""
    states = only_from or before(new)
    if not Campaign.objects.filter(pk=campaign_id, state__in=states).update(state=new, **changes):
        raise CampaignRefused(refusal)
