"""What a reader may change, take along and have deleted. Also the newsletter's side of `innerbalance.person_data`."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import ngettext
from wagtail.log_actions import log

from innerbalance import mail
from innerbalance.journal.services.gate import email_is_paused
from innerbalance.person_data import Kept, Person
from innerbalance.security.rate_limits import hit
from newsletter.models import NewsletterTopic, SignUpAsk, Subscriber, SubscriberEvent
from newsletter.rules.addresses import InvalidAddress, parse
from newsletter.rules.sign_up import ONE_MAIL_IN, PREFERENCES_LINK_LASTS
from newsletter.rules.smtp_outcome import Outcome, TransportUnavailable
from newsletter.rules.subscriber_states import MAY_SIGN_UP_AGAIN, EventKind, Frequency, SuppressionReason
from newsletter.services import Actor, links, promises, suppression
from newsletter.services.transports import open_transport

NEW_LINK = "newsletter.preferences-link"


def change(*, subscriber: Subscriber, topics: Iterable[NewsletterTopic], frequency: Frequency, now: datetime) -> None:
    """Keep the reader's choice of topics (none means everything) and how often."""
    with transaction.atomic():
        # Only the one column: they may leave at this very moment by another link.
        Subscriber.objects.filter(pk=subscriber.pk).update(frequency=frequency)
        subscriber.topics.set(topics)
        SubscriberEvent.objects.create(subscriber=subscriber, kind=EventKind.PREFERENCES_CHANGED, at=now)
        topic_ids = subscriber.topics.values_list("pk", flat=True)
        promises.preferences(subscriber, frequency=frequency, topic_ids=topic_ids)


def record(subscriber: Subscriber) -> dict:
    """Everything kept about one subscriber, ready for JSON; moments as ISO 8601 in UTC."""
    return {
        "address": subscriber.address,
        "state": subscriber.get_state_display(),
        "frequency": subscriber.get_frequency_display(),
        "topics": [topic.name for topic in subscriber.topics.all()],
        "source": subscriber.source,
        "consent": subscriber.consent_note,
        "signed_up_at": _iso(subscriber.created_at),
        "confirmation_mail_sent_at": _iso(subscriber.confirm_sent_at),
        "confirmed_at": _iso(subscriber.confirmed_at),
        "left_at": _iso(subscriber.left_at),
        "history": [
            {"at": _iso(event.at), "what": event.get_kind_display(), "detail": event.detail}
            for event in subscriber.events.all()
        ],
        "issues": [
            {"subject": delivery.campaign.subject, "state": delivery.get_state_display()}
            for delivery in subscriber.deliveries.select_related("campaign").order_by("pk")
        ],
    }


def erase(*, subscribers: QuerySet[Subscriber], user: Actor, now: datetime) -> int:
    """Delete people for good; how many. A keyed hash of each address stays: no import brings them back."""
    with transaction.atomic():
        found = list(subscribers.select_for_update())
        for subscriber in found:
            suppression.suppress(address_key=subscriber.address_key, reason=SuppressionReason.ERASED, now=now)
            log(instance=subscriber, action="newsletter.erase", user=user)
        if found:
            promises.erased(found)
        Subscriber.objects.filter(pk__in=[subscriber.pk for subscriber in found]).delete()
    return len(found)


def ask_for_new_link(*, subscriber: Subscriber, now: datetime) -> None:
    """Owe the person a preferences link that works, once a day; `send_new_links` emails it.

    Nothing goes to an address that is suppressed for good, and nobody is told so.
    """
    reason = suppression.reason_for(address_key=subscriber.address_key)
    if reason and reason not in MAY_SIGN_UP_AGAIN:
        return
    if hit(purpose=NEW_LINK, identity=subscriber.public_id.hex, limit=1, window=ONE_MAIL_IN, now=now):
        Subscriber.objects.filter(pk=subscriber.pk).update(preferences_link_due_at=now)


def send_new_links(*, now: datetime) -> int:
    """Email the preferences links that are owed; how many left. A transport that is away leaves the rest owed."""
    if email_is_paused():
        return 0
    sent = 0
    transport = open_transport()
    try:
        for row in Subscriber.objects.exclude(preferences_link_due_at=None).order_by("preferences_link_due_at"):
            # Whatever becomes of it, it is settled: who gets none asks again.
            verdict = transport.send(_new_link_email(row, now), hand_over=partial(_settle_link, row))
            _settle_link(row)
            sent += bool(verdict and verdict.outcome is Outcome.SENT)
    except TransportUnavailable:
        pass
    finally:
        transport.close()
    return sent


def _settle_link(row: Subscriber) -> bool:
    """The link is not owed any more; whether it was until now."""
    owed = Subscriber.objects.filter(pk=row.pk, preferences_link_due_at=row.preferences_link_due_at)
    with transaction.atomic():
        if not owed.update(preferences_link_due_at=None):
            return False
        promises.link_sent(row)
    return True


def _new_link_email(subscriber: Subscriber, now: datetime) -> EmailMultiAlternatives:
    return mail.build(
        template="newsletter_preferences_link",
        to=parse(subscriber.address).wire,
        context={
            "url": links.preferences_url(subscriber.public_id, made_on=now.date()),
            "days": PREFERENCES_LINK_LASTS.days,
        },
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        from_email=settings.NEWSLETTER_FROM or None,
    )


class SubscriberKeeper:
    """Named in settings.PERSON_DATA."""

    def export(self, person: Person) -> Kept:
        records = [record(subscriber) for subscriber in _of(person)]
        what = ngettext("%(count)s newsletter subscription", "%(count)s newsletter subscriptions", len(records))
        return Kept(what=what % {"count": len(records)}, records=records)

    def erase(self, person: Person, *, user: Actor, now: datetime) -> int:
        if SignUpAsk.objects.filter(address_key__in=_keys(person)).delete()[0]:
            promises.erased([], address_keys=_keys(person))
        return erase(subscribers=_of(person), user=user, now=now)


def _keys(person: Person) -> set[str]:
    keys = set()
    for address in person.mails:
        try:
            keys.add(parse(address).key)
        except InvalidAddress:
            # What is no address for us can't be on the list.
            continue
    return keys


def _of(person: Person) -> QuerySet[Subscriber]:
    return Subscriber.objects.filter(address_key__in=_keys(person))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
