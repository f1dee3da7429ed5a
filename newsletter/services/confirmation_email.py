"""The one email before a person is on the list. The row was there first; what did not leave is tried again.

Like every email it may be lost in doubt: the server had it and gave no answer. A second copy the same day would
break the promise of one a day, so it is tried again a day later (docs/decisions/0071).
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from innerbalance import mail
from innerbalance.journal.services.gate import email_is_paused
from newsletter.models import Subscriber, SubscriberEvent
from newsletter.rules.addresses import parse
from newsletter.rules.sign_up import LINK_LASTS, ONE_MAIL_IN, TRY_AGAIN_AFTER, TRY_FOR
from newsletter.rules.smtp_outcome import Outcome, TransportUnavailable
from newsletter.rules.subscriber_states import MAY_SIGN_UP_AGAIN, EventKind, SubscriberState
from newsletter.services import promises, subscriptions, suppression
from newsletter.services.tokens import CONFIRM, new_secret, secret_hash
from newsletter.services.transports import Transport, open_transport

EMAILS_A_RUN = 100
ASKED = (EventKind.SIGNED_UP, EventKind.ADDED_BY_HAND, EventKind.IMPORTED)


def send_due(*, now: datetime) -> tuple[int, int]:
    """Send the confirmation emails that are due, by the newsletter's own transport; (sent, put off)."""
    if email_is_paused():
        return 0, 0
    subscriptions.take_up_asks()
    _bound_the_future(now)
    due = Subscriber.objects.filter(confirm_mail_due_at__lte=now).exclude(state=SubscriberState.CONFIRMED)
    rows = list(due.order_by("confirm_mail_due_at", "pk")[:EMAILS_A_RUN])
    sent = put_off = 0
    transport = open_transport()
    try:
        for number, row in enumerate(rows):
            try:
                done = _send_one(row, transport, now)
            except TransportUnavailable:
                # Nothing left: all that remain stay due, and are tried at the next run.
                return sent, put_off + len(rows) - number
            sent += done is True
            put_off += done is False
    finally:
        transport.close()
    return sent, put_off


def _send_one(row: Subscriber, transport: Transport, now: datetime) -> bool | None:
    """True: sent. False: put off. None: not wanted any more, or another run has it. Raises TransportUnavailable."""
    reason = suppression.reason_for(address_key=row.address_key)
    asked_at = row.events.filter(kind__in=ASKED).aggregate(at=Max("at"))["at"] or row.created_at
    if (reason and reason not in MAY_SIGN_UP_AGAIN) or now - asked_at > TRY_FOR:
        _settle(row, confirm_mail_due_at=None)
        return None
    secret = new_secret()
    message = mail.build(
        template="newsletter_confirm",
        to=parse(row.address).wire,
        context={"url": confirm_url(secret), "hours": LINK_LASTS.days * 24},
        # RFC 3834: no out-of-office note answers it.
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        from_email=settings.NEWSLETTER_FROM or None,
    )

    def hand_over() -> bool:
        """For a day it is this run's: in doubt it is not sent again before."""
        mine = Subscriber.objects.filter(pk=row.pk, confirm_mail_due_at=row.confirm_mail_due_at)
        hashed, expires_at = secret_hash(CONFIRM, secret), now + LINK_LASTS
        with transaction.atomic():
            if not mine.update(
                confirm_mail_due_at=now + ONE_MAIL_IN,
                confirm_sent_at=now,
                confirm_token_hash=hashed,
                confirm_expires_at=expires_at,
            ):
                return False
            promises.asked_to_confirm(row, token_hash=hashed, expires_at=expires_at)
        return True

    try:
        verdict = transport.send(message, hand_over=hand_over)
    except TransportUnavailable:
        _settle(row, confirm_mail_due_at=row.confirm_mail_due_at, confirm_sent_at=None)
        raise
    except Exception:
        # In doubt, whatever the backend raised: it stays due in a day.
        return False
    if verdict is None:
        return None
    match verdict.outcome:
        case Outcome.SENT:
            _settle(row, confirm_mail_due_at=None)
            SubscriberEvent.objects.create(subscriber=row, kind=EventKind.CONFIRMATION_SENT, at=now)
            return True
        case Outcome.RETRY | Outcome.SLOW_DOWN:
            _settle(row, confirm_mail_due_at=now + TRY_AGAIN_AFTER, confirm_sent_at=None)
        case Outcome.FINAL:
            _settle(row, confirm_mail_due_at=None, confirm_sent_at=None)
    # In doubt it stays due in a day.
    return False


def _bound_the_future(now: datetime) -> None:
    """A clock that was ahead may have put emails off for longer than anything does: a day at most."""
    day = now + ONE_MAIL_IN
    Subscriber.objects.filter(confirm_mail_due_at__gt=day).update(confirm_mail_due_at=day)
    Subscriber.objects.filter(confirm_sent_at__gt=now).update(confirm_sent_at=now)


def confirm_url(secret: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/newsletter/confirm/{secret}/"


def _settle(row: Subscriber, **changes: object) -> None:
    Subscriber.objects.filter(pk=row.pk).update(**changes)
