"""What the desk does between two steps: notes, assignment, planning, legal hold."""

from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction

from intake.models import ConsultationRequest, Event, IntakeSettings
from intake.rules import status
from intake.rules.status import Status
from intake.services import audit, promises
from intake.services.transitions import advance, current, new_event


def add_note(*, request_id: int, note: str, user: User | None, now: datetime) -> Event:
    """A note in the timeline. It changes nothing else, so no screen can be too old for it. Raises SealError."""
    request = ConsultationRequest.objects.get(pk=request_id)
    event = new_event(request, kind=Event.Kind.NOTE, user=user, now=now, version=request.version, words={"note": note})
    with transaction.atomic():
        event.save()
        audit.record(request, audit.MOVE, user=user, step=event.kind)
    return event


def assign(
    *, request_id: int, version: int, assigned_to_id: int | None, user: User | None, now: datetime
) -> ConsultationRequest:
    """Somebody takes care of it, or nobody any more. Raises Stale."""
    return advance(
        current(request_id=request_id, version=version),
        kind=Event.Kind.ASSIGNED,
        user=user,
        now=now,
        changes={"assigned_to_id": assigned_to_id},
        data={"to": assigned_to_id},
    )


def plan_next_step(
    *, request_id: int, version: int, next_step_at: datetime | None, user: User | None, now: datetime
) -> ConsultationRequest:
    """When the desk will look at it again. Raises Stale."""
    request = current(request_id=request_id, version=version)
    return advance(
        request,
        kind=Event.Kind.PLANNED,
        user=user,
        now=now,
        changes={
            "next_step_at": next_step_at,
            "act_by": status.act_by(
                status=Status(request.status),
                answered=request.answered,
                answer_due_at=request.answer_due_at,
                last_step_at=request.last_step_at,
                next_step_at=next_step_at,
                quiet_days=IntakeSettings.load().quiet_days,
            ),
        },
        data={"next_step_at": next_step_at.isoformat() if next_step_at else None},
    )


def set_legal_hold(
    *, request_id: int, version: int, on_hold: bool, user: User | None, now: datetime, note: str = ""
) -> ConsultationRequest:
    """Keep it past its retention period, or no longer. Raises Stale, SealError."""
    request = current(request_id=request_id, version=version)
    return advance(
        request,
        kind=Event.Kind.HOLD_PLACED if on_hold else Event.Kind.HOLD_LIFTED,
        user=user,
        now=now,
        changes={"on_hold": on_hold},
        words={"note": note},
        also=partial(promises.legal_hold, request.uid, on_hold=on_hold),
    )
