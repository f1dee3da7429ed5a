"""Writing the audience down: one row for each recipient, in batches that a crash can interrupt anywhere."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.subscriber_states import Audience
from newsletter.services import campaigns

BATCH = 2000


def start_due(*, now: datetime) -> int:
    """Start what is scheduled up to `now`; how many. The archive page goes live with the same revision."""
    started = 0
    for campaign in Campaign.objects.due_to_start(now).select_related("revision", "created_by"):
        with transaction.atomic():
            last = Subscriber.objects.aggregate(last=Max("pk"))["last"] or 0
            moved = Campaign.objects.filter(pk=campaign.pk, state=CampaignState.SCHEDULED).update(
                state=CampaignState.QUEUEING, started_at=now, queue_ends_at=last
            )
            if not moved:
                continue
            if campaign.revision and campaign.page_id:
                campaign.revision.publish(user=campaign.created_by, skip_permission_checks=True)
            started += 1
    return started


def queue_all(*, now: datetime) -> None:
    """Write down the audience of every campaign that is being prepared."""
    for campaign_id in Campaign.objects.filter(state=CampaignState.QUEUEING).values_list("pk", flat=True):
        while queue_batch(campaign_id=campaign_id, now=now):
            pass


def queue_batch(*, campaign_id: int, now: datetime) -> bool:
    """Write down the next BATCH recipients; whether there is more to do.

    The rows and the place reached are one transaction, and the campaign's row is locked: two workers take
    turns, and a crash leaves no gap and no pair.
    """
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update().filter(pk=campaign_id, state=CampaignState.QUEUEING).first()
        if campaign is None:
            return False
        readers = campaigns.audience(
            audience=Audience(campaign.audience),
            topic_ids=campaign.topics.values_list("pk", flat=True),
            now=campaign.started_at or now,
        ).filter(pk__gt=campaign.queued_up_to, pk__lte=campaign.queue_ends_at)
        ids = list(readers.order_by("pk").values_list("pk", flat=True)[:BATCH])
        Delivery.objects.bulk_create(
            [Delivery(campaign_id=campaign_id, subscriber_id=pk, next_attempt_at=now) for pk in ids],
            ignore_conflicts=True,
        )
        complete = len(ids) < BATCH
        campaign.queued_up_to = campaign.queue_ends_at if complete else ids[-1]
        if complete:
            campaign.state = CampaignState.RUNNING
        campaign.save(update_fields=["queued_up_to", "state"])
    return not complete
