"""Putting right what the person told us (a number misheard)."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from intake.models import BlindIndex, ConsultationRequest, Event
from intake.rules.questions import Answers
from intake.services import promises, records
from intake.services.blind_indexes import blind_rows
from intake.services.transitions import advance, current


def correct(
    *, request_id: int, version: int, answers: Answers, user: User | None, now: datetime, note: str = ""
) -> ConsultationRequest:
    """Put right what the person told us (a number misheard). The timeline names the questions, not the answers.

    Raises Stale, SealError.
    """
    request = current(request_id=request_id, version=version)
    cipher = records.cipher_of(request, user=user)
    earlier = records.answers_of(request, user=user)
    before, after = earlier.to_json(), answers.to_json()
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    with transaction.atomic():
        corrected = advance(
            request,
            kind=Event.Kind.CORRECTED,
            user=user,
            now=now,
            changes={"sealed": cipher.seal(after, field=records.ANSWERS_FIELD)},
            data={"questions": changed},
            words={"note": note},
        )
        promises.safe_contact(request.uid, before=earlier, after=answers)
        request.blind_indexes.all().delete()
        BlindIndex.objects.bulk_create(blind_rows(request, answers))
    return corrected
