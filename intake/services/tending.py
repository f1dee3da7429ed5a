"""What the desk does between moves: notes, assignment, planning, corrections, keep."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from innerbalance.security.encryption import SealError
from innerbalance.security.record_keys import key_ring
from intake import status
from intake.contact import blind_terms
from intake.models import BlindIndex, ConsultationRequest, Event, IntakeSettings
from intake.questions import Answers
from intake.services import audit, reading
from intake.services.moving import Stale, advance, current, new_event
from intake.status import Status

AT_ONCE = 500


def add_note(*, request_id: int, note: str, user, now: datetime) -> Event:
    """A note in the timeline. It changes nothing else, so no screen can be too old for it. Raises SealError."""
    request = ConsultationRequest.objects.get(pk=request_id)
    event = new_event(request, kind=Event.Kind.NOTE, user=user, now=now, version=request.version, words={"note": note})
    with transaction.atomic():
        event.save()
        audit.record(request, audit.MOVE, user=user, step=event.kind)
    return event


def assign(*, request_id: int, version: int, assigned_to_id: int | None, user, now: datetime) -> ConsultationRequest:
    """Somebody takes care of it, or nobody any more. Raises Stale."""
    return advance(
        current(request_id=request_id, version=version),
        kind=Event.Kind.ASSIGNED,
        user=user,
        now=now,
        changes={"assigned_to_id": assigned_to_id},
        data={"to": assigned_to_id},
    )


def assign_many(
    *, versions: dict[int, int], assigned_to_id: int | None, user, now: datetime
) -> tuple[list[ConsultationRequest], list[Stale]]:
    """Assign each request (id -> version as on the screen); what changed meanwhile is left alone and returned."""
    done, stale = [], []
    for request_id, version in versions.items():
        try:
            done.append(
                assign(request_id=request_id, version=version, assigned_to_id=assigned_to_id, user=user, now=now)
            )
        except Stale as error:
            stale.append(error)
    return done, stale


def plan_next_step(
    *, request_id: int, version: int, next_step_at: datetime | None, user, now: datetime
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


def set_kept(*, request_id: int, version: int, kept: bool, user, now: datetime, note: str = "") -> ConsultationRequest:
    """Keep it past its retention period (a legal hold, say), or no longer. Raises Stale, SealError."""
    return advance(
        current(request_id=request_id, version=version),
        kind=Event.Kind.KEPT if kept else Event.Kind.NOT_KEPT,
        user=user,
        now=now,
        changes={"kept": kept},
        words={"note": note},
    )


def correct(
    *, request_id: int, version: int, answers: Answers, user, now: datetime, note: str = ""
) -> ConsultationRequest:
    """Put right what the person told us (a number misheard). The timeline names the questions, not the answers.

    Raises Stale, SealError.
    """
    request = current(request_id=request_id, version=version)
    safe = reading.safe_of(request, user=user)
    before, after = reading.answers_of(request, user=user).to_json(), answers.to_json()
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    with transaction.atomic():
        corrected = advance(
            request,
            kind=Event.Kind.CORRECTED,
            user=user,
            now=now,
            changes={"sealed": safe.seal(after, field=reading.ANSWERS_FIELD)},
            data={"questions": changed},
            words={"note": note},
        )
        request.blind_indexes.all().delete()
        BlindIndex.objects.bulk_create(blind_rows(request, answers))
    return corrected


def blind_rows(request: ConsultationRequest, answers: Answers) -> list[BlindIndex]:
    """What the request will be found by, unsaved."""
    terms = blind_terms(name=answers.name, phone=answers.phone, mail=answers.mail)
    return [
        BlindIndex(request=request, kind=kind, token=reading.tokens_of(kind, spelling)[0]) for kind, spelling in terms
    ]


@dataclass(frozen=True)
class Rebuilt:
    """How many requests can be found again, and which could not be opened."""

    done: int
    closed: list[str]


def rebuild_blind_indexes() -> Rebuilt:
    """Make them anew for every request, after a restore or under a new hash key. May run beside the site.

    What cannot be opened keeps the index it has, and is in the audit log. Raises KeyMissing without any key.
    """
    key_ring()
    done, closed, last = 0, [], 0
    while ids := list(
        ConsultationRequest.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        with transaction.atomic():
            # Locked, so that a correction made meanwhile is not undone.
            for request in ConsultationRequest.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
                try:
                    rows = blind_rows(request, reading.answers_of(request))
                except SealError:
                    closed.append(request.reference)
                    continue
                request.blind_indexes.all().delete()
                BlindIndex.objects.bulk_create(rows)
                done += 1
        last = ids[-1]
    return Rebuilt(done=done, closed=closed)
