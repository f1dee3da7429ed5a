"""A request arrives. What reached this place is kept: as it is, or held for a look; never refused, never dropped."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from innerbalance.durability import waiting_for_the_disk
from innerbalance.security.keyed_hash import keyed_hash, keyed_hashes
from innerbalance.security.rate_limits import hit
from innerbalance.security.record_keys import create_cipher
from intake.models import BlindIndex, ConsultationRequest, Event, IntakeSettings, OutgoingEmail, RecentSubmission
from intake.rules import safe_contact, status, suspicion
from intake.rules.contact import email_spelling
from intake.rules.questions import Answers, screened_texts
from intake.rules.reference import new_reference
from intake.rules.status import Status
from intake.rules.suspicion import Reason
from intake.services import answer_clock, records
from intake.services.blind_indexes import blind_rows

SAME_AGAIN = timedelta(hours=24)
"""The same content within this time is the same request."""

NETWORK_LIMIT, NETWORK_WINDOW = 10, timedelta(hours=1)
CONTACT_LIMIT, CONTACT_WINDOW = 3, timedelta(hours=24)
AUTO_REPLY_PAUSE = timedelta(days=1)
TRIES = 3


@dataclass(frozen=True)
class Preferences:
    """What the desk sorts by, apart from the words: pages by id, None where there is no preference."""

    office_id: int | None = None
    telehealth: bool = False
    clinician_id: int | None = None
    source: str = ""
    source_page_id: int | None = None


@dataclass(frozen=True)
class SubmissionSignals:
    """How the form came: what was in the trap, how old the form was (None: not ours), from which network."""

    honeypot: str
    form_age: timedelta | None
    network: str


@dataclass(frozen=True)
class Received:
    """`repeated` when the same content was sent before: then `request` is the first one."""

    request: ConsultationRequest
    repeated: bool


def receive_request(
    *, answers: Answers, preferences: Preferences, signals: SubmissionSignals, now: datetime
) -> Received:
    """Keep a request, sealed, with its clock, and the email it calls for; all in one transaction, on the disk.

    The same content sent again, also at the same moment by ten connections, is one request. Raises KeyMissing
    without an encryption key, DatabaseError when it cannot be kept.
    """
    fingerprints = _fingerprints(answers)
    # Read before the transaction: on SQLite all others who send something wait while it lasts.
    settings = IntakeSettings.load()
    due = answer_clock.due_for(office_id=preferences.office_id, received_at=now, settings=settings)
    for _ in range(TRIES):
        earlier = _earlier(fingerprints, now)
        if earlier is not None:
            return Received(request=earlier, repeated=True)
        try:
            with waiting_for_the_disk(), transaction.atomic():
                request = _keep(answers, preferences, signals, fingerprints[0], now, settings=settings, due=due)
            return Received(request=request, repeated=False)
        except IntegrityError:
            # Another connection was quicker with the same content, or the reference was taken: look again.
            continue
    earlier = _earlier(fingerprints, now)
    if earlier is None:
        raise IntegrityError("The request could not be kept.")
    return Received(request=earlier, repeated=True)


def _keep(
    answers: Answers,
    preferences: Preferences,
    signals: SubmissionSignals,
    fingerprint: str,
    now: datetime,
    *,
    settings: IntakeSettings,
    due: datetime | None,
) -> ConsultationRequest:
    request = ConsultationRequest(
        reference=new_reference(),
        office_id=preferences.office_id,
        telehealth=preferences.telehealth,
        clinician_id=preferences.clinician_id,
        source=preferences.source,
        source_page_id=preferences.source_page_id,
        received_at=now,
        answer_due_at=due,
        last_step_at=now,
        act_by=status.act_by(
            status=Status.NEW,
            answered=False,
            answer_due_at=due,
            last_step_at=now,
            next_step_at=None,
            quiet_days=settings.quiet_days,
        ),
    )
    request.sealed = create_cipher(request.uid).seal(answers.to_json(), field=records.ANSWERS_FIELD)
    request.save()
    _claim(fingerprint, request, now)
    # Counted only now: a repetition of the same content never gets here, so it uses up no limit.
    reasons = _suspicions(answers, signals, now)
    if reasons:
        request.quarantined = True
        request.quarantine_reasons = [reason.value for reason in reasons]
        request.save(update_fields=["quarantined", "quarantine_reasons"])
    BlindIndex.objects.bulk_create(blind_rows(request, answers))
    kind = Event.Kind.HELD if reasons else Event.Kind.RECEIVED
    Event.objects.create(request=request, kind=kind, at=now, data={"reasons": request.quarantine_reasons})
    if not reasons:
        _owe_auto_reply(request, answers, settings, now)
    return request


def _fingerprints(answers: Answers) -> list[str]:
    content = json.dumps(answers.to_json(), sort_keys=True, ensure_ascii=False)
    return keyed_hashes("intake-same-content", content)


def _earlier(fingerprints: list[str], now: datetime) -> ConsultationRequest | None:
    return ConsultationRequest.objects.filter(
        pk__in=RecentSubmission.objects.filter(fingerprint__in=fingerprints, expires_at__gt=now).values("request")
    ).first()


def _claim(fingerprint: str, request: ConsultationRequest, now: datetime) -> None:
    """Say that this content is this request; raises IntegrityError when somebody else just did.

    In the transaction that writes the request: of ten identical posts at once nine fail on this key, roll back, and
    find the first one's reference. A time bucket in the hash would let two through at its edge; a row that expires
    does not.
    """
    expires_at = now + SAME_AGAIN
    taken_over = RecentSubmission.objects.filter(fingerprint=fingerprint, expires_at__lte=now).update(
        request=request, expires_at=expires_at
    )
    if not taken_over:
        RecentSubmission.objects.create(fingerprint=fingerprint, request=request, expires_at=expires_at)


def _suspicions(answers: Answers, signals: SubmissionSignals, now: datetime) -> list[Reason]:
    network_ok = hit(
        purpose="intake-network", identity=signals.network, limit=NETWORK_LIMIT, window=NETWORK_WINDOW, now=now
    )
    contacts = [each for each in (answers.phone, email_spelling(answers.email)) if each]
    within = [
        hit(purpose="intake-contact", identity=each, limit=CONTACT_LIMIT, window=CONTACT_WINDOW, now=now)
        for each in contacts
    ]
    return suspicion.suspicions(
        honeypot=signals.honeypot,
        form_age=signals.form_age,
        texts=screened_texts(answers),
        within_network_limit=network_ok,
        within_contact_limit=all(within),
    )


def _owe_auto_reply(request: ConsultationRequest, answers: Answers, settings: IntakeSettings, now: datetime) -> None:
    """Queue the after-hours reply where it is safe, at most once a day for an address."""
    if not settings.auto_reply_enabled or not safe_contact.may_auto_reply(answers):
        return
    if not answer_clock.is_closed(office_id=request.office_id, now=now):
        return
    lately = records.same_person(phone="", email=answers.email).filter(
        emails__kind=OutgoingEmail.Kind.AUTO_REPLY, emails__made_at__gt=now - AUTO_REPLY_PAUSE
    )
    # The look back makes it a day by the clock; the counter holds when two arrive at the same moment.
    if lately.exists() or not hit(
        purpose="intake-auto-reply",
        identity=keyed_hash("intake-mail", email_spelling(answers.email)),
        limit=1,
        window=AUTO_REPLY_PAUSE,
        now=now,
    ):
        return
    OutgoingEmail.objects.create(kind=OutgoingEmail.Kind.AUTO_REPLY, request=request, made_at=now, due_at=now)
