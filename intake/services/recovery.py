"""What intake promised since a backup, done again from the journal's lines. Each may be done twice."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from intake.models import ConsultationRequest, Event, OutgoingEmail
from intake.services import erasure, promises, records


def do_deleted(data: dict[str, Any], at: datetime) -> None:
    """With its key: nobody sees it again, and nobody can read it."""
    uids = [uuid.UUID(each) for each in data["requests"]]
    erasure.destroy(ConsultationRequest.objects.filter(uid__in=uids), user=None, why=data["why"])


def do_safe_contact(data: dict[str, Any], at: datetime) -> None:
    """Raises SealError where the request can't be opened: a person has to hear of it."""
    for request in ConsultationRequest.objects.filter(uid=uuid.UUID(data["request"])):
        cipher = records.cipher_of(request)
        answers = records.answers_of(request)
        if all(getattr(answers, name) == said for name, said in data["ways"].items()):
            continue
        sealed = cipher.seal(replace(answers, **data["ways"]).to_json(), field=records.ANSWERS_FIELD)
        ConsultationRequest.objects.filter(pk=request.pk).update(sealed=sealed, version=request.version + 1)
        Event.objects.create(
            request=request,
            kind=Event.Kind.CORRECTED,
            at=at,
            version=request.version + 1,
            data={"questions": sorted(data["ways"])},
        )


def do_legal_hold(data: dict[str, Any], at: datetime) -> None:
    ConsultationRequest.objects.filter(uid=uuid.UUID(data["request"])).update(on_hold=data["on_hold"])


def settle(now: datetime) -> None:
    """No reader gets an automatic reply out of a backup: it is late, and perhaps they had it. A digest is of its day.

    A notice to the office may come twice.
    """
    waiting = OutgoingEmail.objects.filter(state__in=[OutgoingEmail.State.QUEUED, OutgoingEmail.State.SENDING])
    waiting.filter(kind=OutgoingEmail.Kind.AUTO_REPLY).update(state=OutgoingEmail.State.UNCERTAIN, claimed_at=None)
    waiting.filter(kind=OutgoingEmail.Kind.DIGEST).update(state=OutgoingEmail.State.DROPPED, claimed_at=None)


HANDLERS = {
    promises.DELETED: do_deleted,
    promises.CONTACT: do_safe_contact,
    promises.HOLD: do_legal_hold,
}
