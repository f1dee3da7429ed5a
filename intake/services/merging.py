"""Two requests of one person become one."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from intake.models import ConsultationRequest, Event
from intake.rules.status import Outcome
from intake.services import transitions


class SameRequest(ValueError):
    """A request is no duplicate of itself."""


def merge(
    *, duplicate_id: int, duplicate_version: int, into_id: int, user: User | None, now: datetime
) -> ConsultationRequest:
    """Close one request as the duplicate of another; both timelines say so. Returns the closed one.

    Raises SameRequest, Stale, Held, MoveNotAllowed, ConsultationRequest.DoesNotExist.
    """
    if duplicate_id == into_id:
        raise SameRequest
    with transaction.atomic():
        into = ConsultationRequest.objects.get(pk=into_id)
        closed = transitions.close(
            request_id=duplicate_id,
            version=duplicate_version,
            outcome=Outcome.DUPLICATE,
            user=user,
            now=now,
            merged_into_id=into.pk,
        )
        transitions.new_event(
            into,
            kind=Event.Kind.MERGED,
            user=user,
            now=now,
            version=into.version,
            data={"reference": closed.reference},
        ).save()
    return closed
