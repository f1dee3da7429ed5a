"""What the newsletter promised since a backup, done again from the journal's lines. Each may be done twice."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from newsletter.models import (
    Campaign,
    Delivery,
    NewsletterIssuePage,
    NewsletterTopic,
    SignUpAsk,
    Subscriber,
    Suppression,
)
from newsletter.rules.campaign_states import AT_WORK, CampaignState
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.subscriber_states import MAY_SIGN_UP_AGAIN, SubscriberState, SuppressionReason
from newsletter.services import promises
from newsletter.services.address_hashes import address_hashes


def do_left(data: dict[str, Any], at: datetime) -> None:
    _forget_asks(data["addresses"])
    if not _subscriber(data).exists():
        # They came after the backup: no import of a list, half done or anew, puts them back on it.
        do_suppressed({"addresses": data["addresses"], "reason": SuppressionReason.ERASED.value}, at)
    _subscriber(data).exclude(state=data["state"]).update(
        state=SubscriberState(data["state"]),
        left_at=at,
        confirm_token_hash="",
        confirm_expires_at=None,
        confirm_mail_due_at=None,
    )


def do_confirmed(data: dict[str, Any], at: datetime) -> None:
    _forget_asks(data["addresses"])
    do_lifted({"addresses": data["addresses"], "reasons": [each.value for each in MAY_SIGN_UP_AGAIN]}, at)
    _subscriber(data).exclude(state=SubscriberState.CONFIRMED).update(
        state=SubscriberState.CONFIRMED, confirmed_at=at, left_at=None, confirm_mail_due_at=None
    )


def do_preferences(data: dict[str, Any], at: datetime) -> None:
    for subscriber in _subscriber(data):
        Subscriber.objects.filter(pk=subscriber.pk).update(frequency=data["frequency"])
        subscriber.topics.set(NewsletterTopic.objects.filter(pk__in=data["topics"]))


def do_suppressed(data: dict[str, Any], at: datetime) -> None:
    _forget_asks(data["addresses"])
    known = Suppression.objects.for_hashes(data["addresses"])
    if known.exists():
        if data["reason"] not in MAY_SIGN_UP_AGAIN:
            known.filter(reason__in=MAY_SIGN_UP_AGAIN).update(reason=data["reason"], created_at=at)
        return
    Suppression.objects.create(address_hash=data["addresses"][0], reason=data["reason"], created_at=at)


def do_lifted(data: dict[str, Any], at: datetime) -> None:
    Suppression.objects.for_hashes(data["addresses"]).filter(reason__in=data["reasons"]).delete()


def do_erased(data: dict[str, Any], at: datetime) -> None:
    _forget_asks(data["addresses"])
    Subscriber.objects.filter(public_id__in=[uuid.UUID(each) for each in data["subscribers"]]).delete()


def do_asked_to_confirm(data: dict[str, Any], at: datetime) -> None:
    """They have that email: it is not sent again the same day, and never because of an old wish."""
    _forget_asks(data["addresses"])
    _subscriber(data).exclude(state=SubscriberState.CONFIRMED).update(
        confirm_mail_due_at=None,
        confirm_sent_at=at,
        confirm_token_hash=data["token_hash"],
        confirm_expires_at=datetime.fromisoformat(data["expires_at"]),
    )


def do_link_sent(data: dict[str, Any], at: datetime) -> None:
    _subscriber(data).filter(preferences_link_due_at__lte=at).update(preferences_link_due_at=None)


def do_cancelled(data: dict[str, Any], at: datetime) -> None:
    """What had not started goes back to being a draft, as it did then."""
    campaign = Campaign.objects.filter(pk=data["campaign"])
    if not campaign.filter(state=CampaignState.SCHEDULED, deliveries=None).delete()[0]:
        campaign.exclude(state=CampaignState.FINISHED).update(state=CampaignState.CANCELLED, finished_at=at)
    Delivery.objects.queued().filter(campaign=data["campaign"], campaign__state=CampaignState.CANCELLED).update(
        state=DeliveryState.SUPPRESSED, reason=Reason.CANCELLED, finished_at=at
    )


def do_handing_over(data: dict[str, Any], at: datetime) -> None:
    """Perhaps sent, until the line that says so: only a person sends it again."""
    campaign_id = _campaign_with_copies(data, at)
    if campaign_id is None:
        return
    there = set(Subscriber.objects.filter(pk__in=data["subscribers"]).values_list("pk", flat=True))
    # The backup may be from before its audience was written down.
    Delivery.objects.bulk_create(
        [Delivery(campaign_id=campaign_id, subscriber_id=pk, next_attempt_at=at) for pk in sorted(there)],
        ignore_conflicts=True,
    )
    copies = Delivery.objects.filter(campaign=campaign_id, subscriber__in=data["subscribers"])
    copies.filter(state__in=[DeliveryState.QUEUED, DeliveryState.SENDING]).update(
        state=DeliveryState.UNCERTAIN, reason=Reason.WORKER_STOPPED, handed_over_at=at, finished_at=at, claimed_by=""
    )


def do_handed_over(data: dict[str, Any], at: datetime) -> None:
    doubtful = Delivery.objects.uncertain().filter(campaign=data["campaign"])
    for state, subscriber_ids in data["states"].items():
        copies = doubtful.filter(subscriber__in=subscriber_ids)
        match DeliveryState(state):
            case DeliveryState.SENT:
                copies.update(state=DeliveryState.SENT, reason=Reason.NONE, finished_at=at)
            case DeliveryState.FAILED:
                copies.update(state=DeliveryState.FAILED, reason=Reason.REFUSED, finished_at=at)
            case DeliveryState.QUEUED | DeliveryState.SUPPRESSED:
                # It did not leave then; whether it may leave now is asked when it is sent.
                copies.update(state=DeliveryState.QUEUED, reason=Reason.NONE, handed_over_at=None, finished_at=None)


def settle(now: datetime) -> None:
    """Each campaign that was under way, or is due, waits until a person resumes it."""
    reason = _("The site was restored. Look at what was sent, then resume or cancel.")[:300]
    last = Subscriber.objects.aggregate(last=Max("pk"))["last"] or 0
    due = Campaign.objects.due_to_start(now).select_related("revision", "created_by")
    for campaign in due:
        # As when it starts; its audience is written down when a person resumes it.
        Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.QUEUEING, started_at=now, queue_ends_at=last)
    Campaign.objects.filter(state__in=AT_WORK).update(
        state=CampaignState.PAUSED, paused_reason=reason, rest_until=None, office_untold=False
    )


HANDLERS = {
    promises.LEFT: do_left,
    promises.CONFIRMED: do_confirmed,
    promises.PREFERENCES: do_preferences,
    promises.SUPPRESSED: do_suppressed,
    promises.LIFTED: do_lifted,
    promises.ERASED: do_erased,
    promises.ASKED_TO_CONFIRM: do_asked_to_confirm,
    promises.LINK_SENT: do_link_sent,
    promises.CANCELLED: do_cancelled,
    promises.HANDING_OVER: do_handing_over,
    promises.HANDED_OVER: do_handed_over,
}


def under_way() -> list[str]:
    """How far each campaign that a person has to decide about has come, one sentence each."""
    paused = Campaign.objects.filter(state=CampaignState.PAUSED).defer("html", "text", "posts")
    sentence = _("“%(subject)s”: %(sent)s sent, %(uncertain)s perhaps sent, %(waiting)s waiting")
    return [
        sentence
        % {
            "subject": campaign.subject,
            "sent": counts[DeliveryState.SENT],
            "uncertain": counts[DeliveryState.UNCERTAIN],
            "waiting": counts[DeliveryState.QUEUED],
        }
        for campaign in paused
        for counts in [campaign.counts()]
    ]


def _subscriber(data: dict[str, Any]) -> QuerySet[Subscriber]:
    return Subscriber.objects.filter(public_id=uuid.UUID(data["subscriber"]))


def _forget_asks(hashes: Iterable[str]) -> None:
    """A sign-up that waited in the backup was dealt with since, whatever came of it."""
    wanted = set(hashes)
    for ask in SignUpAsk.objects.all():
        if wanted.intersection(address_hashes(ask.address_key)):
            ask.delete()


def _campaign_with_copies(data: dict[str, Any], at: datetime) -> int | None:
    """The campaign that copies left of; None when the backup knows neither it nor its issue."""
    campaign = Campaign.objects.filter(pk=data["campaign"]).first()
    if campaign is not None:
        last = Subscriber.objects.aggregate(last=Max("pk"))["last"] or 0
        Campaign.objects.filter(pk=campaign.pk, state=CampaignState.SCHEDULED).update(
            state=CampaignState.QUEUEING, started_at=at, queue_ends_at=last
        )
        return campaign.pk
    page = NewsletterIssuePage.objects.filter(pk=data["page"], campaign=None).first()
    if page is None:
        return None
    # It was planned after the backup. What was sent is lost, that it was sent is not: nobody sends it anew by mistake.
    return Campaign.objects.create(
        pk=data["campaign"],
        page=page,
        content_hash=data["edition"],
        subject=page.title,
        audience=page.audience,
        state=CampaignState.CANCELLED,
        scheduled_at=at,
        created_at=at,
        started_at=at,
        finished_at=at,
    ).pk
