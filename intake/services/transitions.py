"""The next steps at the desk. Each goes by the table in `intake.rules.status` and by a conditional UPDATE.

The caller names the `version` its screen showed. When somebody else was quicker, nothing is written and
`Stale` tells who did what meanwhile.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from intake.models import ConsultationRequest, Event, IntakeSettings
from intake.rules import status
from intake.rules.status import Attempt, Move, Outcome, Status
from intake.services import answer_clock, audit, records


class Stale(Exception):
    """The request changed since the screen was drawn. `request` is as it is now, `since` what happened meanwhile."""

    def __init__(self, request: ConsultationRequest, since: list[Event]) -> None:
        self.request = request
        self.since = since
        super().__init__(f"{request.reference} was changed meanwhile.")


class Held(Exception):
    """The request is held as possible spam: release it first. `str()` says so to staff."""


def log_attempt(
    *,
    request_id: int,
    version: int,
    attempt: Attempt,
    user: User | None,
    now: datetime,
    note: str = "",
    next_step_at: datetime | None = None,
) -> ConsultationRequest:
    """Somebody tried to reach the person. Raises Stale, Held, MoveNotAllowed, SealError, as all moves do."""
    return _move(
        Move.ATTEMPT,
        request_id=request_id,
        version=version,
        user=user,
        now=now,
        attempt=attempt,
        next_step_at=next_step_at,
        data={"attempt": attempt.value},
        words={"note": note},
    )


def book(
    *,
    request_id: int,
    version: int,
    appointment_at: datetime,
    user: User | None,
    now: datetime,
    office_id: int | None = None,
    telehealth: bool = False,
    clinician_id: int | None = None,
    note: str = "",
) -> ConsultationRequest:
    """A consultation is arranged; the appointment is the next step."""
    return _move(
        Move.BOOK,
        request_id=request_id,
        version=version,
        user=user,
        now=now,
        next_step_at=appointment_at,
        changes={
            "appointment_at": appointment_at,
            "office_id": office_id,
            "telehealth": telehealth,
            "clinician_id": clinician_id,
        },
        data={"appointment_at": appointment_at.isoformat()},
        words={"note": note},
    )


def refer(
    *, request_id: int, version: int, referred_to: str, user: User | None, now: datetime, note: str = ""
) -> ConsultationRequest:
    """The person is better helped elsewhere; to whom is kept sealed."""
    words = {"to": referred_to, "note": note}
    return _move(Move.REFER, request_id=request_id, version=version, user=user, now=now, words=words)


def decline(*, request_id: int, version: int, reason: str, user: User | None, now: datetime) -> ConsultationRequest:
    """The practice can't help; the reason is kept sealed."""
    return _move(Move.DECLINE, request_id=request_id, version=version, user=user, now=now, words={"note": reason})


def close(
    *,
    request_id: int,
    version: int,
    outcome: Outcome,
    user: User | None,
    now: datetime,
    note: str = "",
    merged_into_id: int | None = None,
) -> ConsultationRequest:
    """The request has ended. For a duplicate use `merging.merge`, which tells both timelines."""
    return _move(
        Move.CLOSE,
        request_id=request_id,
        version=version,
        user=user,
        now=now,
        changes={"outcome": outcome.value, "merged_into_id": merged_into_id},
        data={"outcome": outcome.value},
        words={"note": note},
    )


def reopen(*, request_id: int, version: int, user: User | None, now: datetime, note: str = "") -> ConsultationRequest:
    """It had not ended after all."""
    return _move(
        Move.REOPEN,
        request_id=request_id,
        version=version,
        user=user,
        now=now,
        changes={"outcome": "", "merged_into_id": None},
        words={"note": note},
    )


def current(*, request_id: int, version: int) -> ConsultationRequest:
    """The request, if it is still at `version`; raises Stale."""
    request = ConsultationRequest.objects.get(pk=request_id)
    if request.version != version:
        raise Stale(request, happened_since(request, version))
    return request


def happened_since(request: ConsultationRequest, version: int) -> list[Event]:
    return list(request.events.filter(version__gt=version).select_related("by"))


def advance(
    request: ConsultationRequest,
    *,
    kind: Event.Kind,
    user: User | None,
    now: datetime,
    changes: dict[str, Any],
    data: dict[str, Any] | None = None,
    words: dict[str, str] | None = None,
    also: Callable[[], None] = lambda: None,
) -> ConsultationRequest:
    """Write `changes` if the request is still as it was read, one event beside it, one line in the audit log.

    `also` is called in the same transaction.
    Raises Stale, and SealError when `words` cannot be sealed; then nothing is written.
    """
    event = new_event(request, kind=kind, user=user, now=now, version=request.version + 1, data=data, words=words)
    with transaction.atomic():
        written = ConsultationRequest.objects.filter(pk=request.pk, version=request.version).update(
            **changes, version=request.version + 1
        )
        if not written:
            fresh = ConsultationRequest.objects.get(pk=request.pk)
            raise Stale(fresh, happened_since(fresh, request.version))
        event.save()
        audit.record(request, audit.MOVE, user=user, step=event.kind)
        also()
    return ConsultationRequest.objects.get(pk=request.pk)


def new_event(
    request: ConsultationRequest,
    *,
    kind: Event.Kind,
    user: User | None,
    now: datetime,
    version: int,
    data: dict[str, Any] | None = None,
    words: dict[str, str] | None = None,
) -> Event:
    """One more line of the timeline, unsaved; what somebody wrote is sealed with the request's own key.

    Made before any transaction, so that a failure to seal is still in the audit log. Raises SealError.
    """
    event = Event(request=request, kind=kind, at=now, by=user, version=version, data=data or {})
    written = {name: text.strip() for name, text in (words or {}).items() if text.strip()}
    if written:
        event.sealed = records.cipher_of(request, user=user).seal(written, field=records.event_field(event))
    return event


def _move(
    move: Move,
    *,
    request_id: int,
    version: int,
    user: User | None,
    now: datetime,
    attempt: Attempt | None = None,
    next_step_at: datetime | None = None,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
    words: dict[str, str] | None = None,
) -> ConsultationRequest:
    request = current(request_id=request_id, version=version)
    if request.quarantined:
        raise Held(
            gettext("%(reference)s is held as possible spam. Release it first.") % {"reference": request.reference}
        )
    before = Status(request.status)
    after = status.destination(move, before, answered=request.answered)
    changes = dict(changes or {})
    changes |= {
        "status": after.value,
        "last_step_at": now,
        "next_step_at": next_step_at,
        "ended_at": now if after in status.ENDED else None,
    }
    answered = request.answered
    if not answered and status.answers(move, attempt):
        answered = True
        changes["first_answered_at"] = now
        changes["open_time_to_answer"] = answer_clock.open_time(
            office_id=request.office_id, start=request.received_at, end=now
        )
    changes["act_by"] = status.act_by(
        status=after,
        answered=answered,
        answer_due_at=request.answer_due_at,
        last_step_at=now,
        next_step_at=next_step_at,
        quiet_days=IntakeSettings.load().quiet_days,
    )
    return advance(
        request,
        kind=Event.Kind(move.value),
        user=user,
        now=now,
        changes=changes,
        data={"from": before.value, "to": after.value, **(data or {})},
        words=words,
    )
