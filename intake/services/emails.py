"""Emails of intake: the row first, then sending, tried for three days. No email holds a word of a request."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse

from innerbalance import mail
from innerbalance.journal.services.gate import email_is_paused
from innerbalance.locations.services.directory import office_directory
from innerbalance.practice.services import practice
from innerbalance.security.encryption import SealError
from intake.models import ConsultationRequest, Event, IntakeSettings, NotifiedPerson, OutgoingEmail
from intake.rules import safe_contact
from intake.services import answer_clock, records

NOTICE_PAUSE = timedelta(minutes=10)
"""However many requests arrive, the office gets one notice within this time."""

NAMED_IN_A_NOTICE = 20
CLAIM_LASTS = timedelta(minutes=15)
AUTO_REPLY_LASTS = timedelta(hours=12)
RETRIES = (1, 2, 5, 15, 30, 60, 120, 240)
"""Minutes to wait after each failure; the last one again and again."""

GIVE_UP_AFTER = timedelta(days=3)
EMAILS_PER_RUN = 50


def tell_the_office(*, now: datetime) -> int:
    """Owe the office one notice about what arrived since the last one; how many emails were queued."""
    kind = OutgoingEmail.Kind.OFFICE_NOTICE
    if OutgoingEmail.objects.filter(kind=kind, made_at__gt=now - NOTICE_PAUSE).exists():
        return 0
    with transaction.atomic():
        news = list(ConsultationRequest.objects.received().filter(notified_at=None).order_by("received_at", "pk"))
        claimed = [each for each in news if _claim_news(each, now)]
        if not claimed:
            return 0
        emails = [
            OutgoingEmail(kind=kind, recipient_id=user_id, data=_named(requests), made_at=now, due_at=now)
            for user_id, requests in _recipients(claimed).items()
        ]
        OutgoingEmail.objects.bulk_create(emails)
    return len(emails)


def send_due(*, now: datetime) -> tuple[int, int]:
    """Send what is due; (sent, put off). A server that fails once is left alone until the next run."""
    if email_is_paused():
        return 0, 0
    _recover(now)
    sent = put_off = 0
    for row in OutgoingEmail.objects.due(now).order_by("due_at", "pk")[:EMAILS_PER_RUN]:
        claimed = OutgoingEmail.objects.filter(pk=row.pk, state=OutgoingEmail.State.QUEUED).update(
            state=OutgoingEmail.State.SENDING, claimed_at=now, attempts=F("attempts") + 1
        )
        if not claimed:
            continue
        row.refresh_from_db()
        try:
            message = _message(row, now)
        except SealError:
            message = None
        if message is None:
            _finish(row, OutgoingEmail.State.DROPPED)
            continue
        try:
            mail.send(**message)
        except Exception as error:
            # Whatever the server or the network did: the row stays, and only the error's name is kept.
            _put_off(row, now, type(error).__name__)
            put_off += 1
            break
        _finish(row, OutgoingEmail.State.SENT, sent_at=now)
        if row.kind == OutgoingEmail.Kind.AUTO_REPLY and row.request is not None:
            Event.objects.create(request=row.request, kind=Event.Kind.AUTO_REPLY, at=now, version=row.request.version)
        sent += 1
    return sent, put_off


def office_emails_given_up() -> int:
    """How many notices and digests were given up since one last reached the office: somebody has to be told."""
    to_office = OutgoingEmail.objects.exclude(kind=OutgoingEmail.Kind.AUTO_REPLY)
    given_up = to_office.filter(state=OutgoingEmail.State.FAILED)
    last = to_office.filter(state=OutgoingEmail.State.SENT).aggregate(last=Max("sent_at"))["last"]
    return (given_up.filter(due_at__gt=last) if last else given_up).count()


def _claim_news(request: ConsultationRequest, now: datetime) -> bool:
    return bool(ConsultationRequest.objects.filter(pk=request.pk, notified_at=None).update(notified_at=now))


def _recipients(requests: list[ConsultationRequest]) -> dict[int | None, list[ConsultationRequest]]:
    """User id -> what that person is told about. Nobody chosen: None, the practice's own address."""
    people = list(NotifiedPerson.objects.filter(notice=True, user__is_active=True))
    told: dict[int | None, list[ConsultationRequest]] = defaultdict(list)
    nobody: list[int | None] = [None]
    for request in requests:
        concerned: list[int | None] = [
            each.user_id
            for each in people
            if None in (each.office_id, request.office_id) or each.office_id == request.office_id
        ]
        for user_id in concerned or nobody:
            told[user_id].append(request)
    return told


def _named(requests: list[ConsultationRequest]) -> dict:
    return {
        "count": len(requests),
        "references": [request.reference for request in requests[:NAMED_IN_A_NOTICE]],
    }


def _message(row: OutgoingEmail, now: datetime) -> dict | None:
    """Arguments for innerbalance.mail.send; None when the email is no longer wanted. Raises SealError."""
    settings = IntakeSettings.load()
    if row.kind == OutgoingEmail.Kind.AUTO_REPLY:
        return _auto_reply(row, settings, now)
    to = row.recipient.email if row.recipient else practice().email
    if not to:
        return None
    if row.kind == OutgoingEmail.Kind.DIGEST:
        context = {**row.data, "desk": reverse("consultations:queue"), "numbers": reverse("intake_statistics")}
        return {"template": "intake_digest", "to": to, "context": context}
    return {
        "template": "intake_notice",
        "to": to,
        "context": {
            "subject": settings.notice_subject,
            "text": settings.notice_text,
            "desk": reverse("consultations:queue"),
            **row.data,
        },
    }


def _auto_reply(row: OutgoingEmail, settings: IntakeSettings, now: datetime) -> dict | None:
    if row.request is None:
        return None
    answers = records.answers_of(row.request)
    late = now - row.made_at > AUTO_REPLY_LASTS
    if late or not settings.auto_reply_enabled or not safe_contact.may_auto_reply(answers):
        return None
    directory = office_directory()
    return {
        "template": "intake_auto_reply",
        "to": answers.email,
        "context": {
            "subject": settings.auto_reply_subject,
            "text": settings.auto_reply_text,
            "offices": [
                {"office": office, "hours": directory.hours_sentence(office.id, now)}
                for office in answer_clock.clock_offices(directory, row.request.office_id)
            ],
        },
        # RFC 3834: an automatic reply says so, and asks for none in return.
        "headers": {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
    }


def _put_off(row: OutgoingEmail, now: datetime, error: str) -> None:
    if now - row.made_at > GIVE_UP_AFTER:
        _finish(row, OutgoingEmail.State.FAILED, error=error, due_at=now)
        return
    minutes = RETRIES[min(row.attempts, len(RETRIES)) - 1]
    _finish(row, OutgoingEmail.State.QUEUED, error=error, due_at=now + timedelta(minutes=minutes))


def _finish(row: OutgoingEmail, state: str, **changes: object) -> None:
    OutgoingEmail.objects.filter(pk=row.pk).update(state=state, claimed_at=None, **changes)


def _recover(now: datetime) -> None:
    """What a crash left in the sending: the office may get it twice, a reader never does."""
    left = OutgoingEmail.objects.filter(state=OutgoingEmail.State.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    left.filter(kind=OutgoingEmail.Kind.AUTO_REPLY).update(state=OutgoingEmail.State.UNCERTAIN, claimed_at=None)
    left.exclude(kind=OutgoingEmail.Kind.AUTO_REPLY).update(
        state=OutgoingEmail.State.QUEUED, due_at=now, claimed_at=None
    )
