"""What became of one issue, in numbers that add up."""

from dataclasses import dataclass

from django.db.models import Count, Q

from newsletter.formats import DELIVERY_STATE_LABELS, REASON_LABELS, Label
from newsletter.models import Campaign, Delivery, SubscriberEvent
from newsletter.rules.delivery_states import FINAL, DeliveryState
from newsletter.rules.subscriber_states import EventKind


@dataclass(frozen=True, slots=True)
class Results:
    """`rows`: (label, number, whole percent of the audience); the numbers add up to `total`, the audience.

    `left`: subscribers who unsubscribed by this issue's link. `complaints`: who reported it as spam.
    """

    rows: list[tuple[Label, int, int]]
    reasons: list[tuple[Label, Label, int]]
    total: int
    done: int
    left: int
    complaints: int


def results_of(campaign: Campaign) -> Results:
    counts = campaign.counts()
    total = sum(counts.values())
    left = SubscriberEvent.objects.filter(campaign=campaign, kind=EventKind.UNSUBSCRIBED)
    return Results(
        rows=[(DELIVERY_STATE_LABELS[state], number, _percent(number, total)) for state, number in counts.items()],
        reasons=[
            (DELIVERY_STATE_LABELS[state], REASON_LABELS[reason], number)
            for state, reason, number in campaign.reasons()
        ],
        total=total,
        done=sum(number for state, number in counts.items() if state in FINAL),
        left=left.values("subscriber").distinct().count(),
        complaints=campaign.deliveries.filter(complained_at__isnull=False).count(),
    )


def add_shares(campaigns: list[Campaign]) -> None:
    """Give each of a list its `sent` and `recipients`, by one query."""
    rows = (
        Delivery.objects.order_by()
        .filter(campaign__in=[campaign.pk for campaign in campaigns])
        .values_list("campaign_id")
        .annotate(recipients=Count("pk"), sent=Count("pk", filter=Q(state=DeliveryState.SENT)))
    )
    found = {pk: (recipients, sent) for pk, recipients, sent in rows}
    for campaign in campaigns:
        campaign.recipients, campaign.sent = found.get(campaign.pk, (0, 0))  # type: ignore[attr-defined]


def _percent(number: int, total: int) -> int:
    """Rounded down, so that 100 means all of them."""
    return number * 100 // total if total else 0
