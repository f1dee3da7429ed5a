"""What was held because it looked suspicious: a person decides."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User

from intake.models import ConsultationRequest, Event
from intake.services.erasure import destroy
from intake.services.transitions import advance, current


def release(*, request_id: int, version: int, user: User | None, now: datetime) -> ConsultationRequest:
    """It is a person after all: into the queue with it, its clock as it was. Raises Stale."""
    return advance(
        current(request_id=request_id, version=version),
        kind=Event.Kind.RELEASED,
        user=user,
        now=now,
        changes={"quarantined": False},
    )


def discard(*, request_ids: Iterable[int], user: User | None, now: datetime) -> int:
    """Delete held requests for good, with their keys; how many. What was released meanwhile, or is kept, stays."""
    held = ConsultationRequest.objects.held().filter(pk__in=list(request_ids), on_hold=False)
    return destroy(held, user=user, why="discarded")
