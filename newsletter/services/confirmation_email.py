"""The one mail before a person is on the list. The row was there first; a mail that did not leave is tried again.

Like every mail it may be lost in doubt: the server had it and gave no answer. A second copy the same day would
break the promise of one mail a day, so such a mail is tried again a day later (docs/decisions/0071).
"""

import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Max

from innerbalance import mail
from newsletter.models import Subscriber, SubscriberEvent
from newsletter.rules.addresses import parse
from newsletter.rules.sign_up import LINK_LASTS, ONE_MAIL_IN, TRY_AGAIN_AFTER, TRY_FOR
from newsletter.rules.subscriber_states import MAY_SIGN_UP_AGAIN, EventKind, SubscriberState
from newsletter.services import suppression
from newsletter.services.tokens import CONFIRM, new_secret, secret_hash

MAILS_A_RUN = 100
ASKED = (EventKind.SIGNED_UP, EventKind.ADDED_BY_HAND, EventKind.IMPORTED)
# The server answered, so it does not have the mail.
NOT_TAKEN = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)


def send_due(*, now: datetime) -> tuple[int, int]:
    """Send the confirmation mails that are due; (sent, put off)."""
    due = Subscriber.objects.filter(confirm_mail_due_at__lte=now).exclude(state=SubscriberState.CONFIRMED)
    rows = list(due.order_by("confirm_mail_due_at", "pk")[:MAILS_A_RUN])
    if not rows:
        return 0, 0
    backend = mailers["default"]
    try:
        backend.open()
    except OSError:
        # Nothing left: all stay due, and are tried at the next run.
        return 0, len(rows)
    try:
        sent = [_send_one(row, backend, now) for row in rows]
    finally:
        backend.close()
    return sent.count(True), sent.count(False)


def _send_one(row: Subscriber, backend: BaseEmailBackend, now: datetime) -> bool | None:
    """True: sent. False: put off. None: not wanted any more, or another run has it."""
    reason = suppression.reason_for(address_key=row.address_key)
    asked_at = row.events.filter(kind__in=ASKED).aggregate(at=Max("at"))["at"] or row.created_at
    if (reason and reason not in MAY_SIGN_UP_AGAIN) or now - asked_at > TRY_FOR:
        _settle(row, confirm_mail_due_at=None)
        return None
    secret = new_secret()
    claimed = Subscriber.objects.filter(pk=row.pk, confirm_mail_due_at=row.confirm_mail_due_at).update(
        confirm_mail_due_at=now + ONE_MAIL_IN,
        confirm_sent_at=now,
        confirm_token_hash=secret_hash(CONFIRM, secret),
        confirm_expires_at=now + LINK_LASTS,
    )
    if not claimed:
        return None
    message = mail.build(
        template="newsletter_confirm",
        to=parse(row.address).wire,
        context={"url": confirm_url(secret), "hours": LINK_LASTS.days * 24},
        # RFC 3834: no out-of-office note answers it.
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        from_email=settings.NEWSLETTER_FROM or None,
    )
    try:
        backend.send_messages([message])
    except NOT_TAKEN as error:
        _settle(row, confirm_mail_due_at=None if _is_final(error) else now + TRY_AGAIN_AFTER, confirm_sent_at=None)
        return False
    except Exception:
        # In doubt, whatever the backend raised: it stays due in a day.
        return False
    _settle(row, confirm_mail_due_at=None)
    SubscriberEvent.objects.create(subscriber=row, kind=EventKind.CONFIRMATION_SENT, at=now)
    return True


def confirm_url(secret: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/newsletter/confirm/{secret}/"


def _is_final(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and 500 <= error.smtp_code < 600


def _settle(row: Subscriber, **changes: object) -> None:
    Subscriber.objects.filter(pk=row.pk).update(**changes)
