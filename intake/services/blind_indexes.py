"""What requests are found by, after a restore or under a new key."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext, ngettext

from innerbalance.security.encryption import SealError
from innerbalance.security.record_keys import key_ring
from intake.models import BlindIndex, ConsultationRequest
from intake.rules.contact import blind_terms
from intake.rules.questions import Answers
from intake.services import records

AT_ONCE = 500


def blind_rows(request: ConsultationRequest, answers: Answers) -> list[BlindIndex]:
    """What the request will be found by, unsaved."""
    terms = blind_terms(name=answers.name, phone=answers.phone, email=answers.email)
    return [
        BlindIndex(request=request, kind=kind, token=records.tokens_of(kind, spelling)[0]) for kind, spelling in terms
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
                    rows = blind_rows(request, records.answers_of(request))
                except SealError:
                    closed.append(request.reference)
                    continue
                request.blind_indexes.all().delete()
                BlindIndex.objects.bulk_create(rows)
                done += 1
        last = ids[-1]
    return Rebuilt(done=done, closed=closed)


def index_again() -> str:
    """The same after a restore; in plain words which requests can't be found, "" when all can."""
    try:
        closed = rebuild_blind_indexes().closed
    except SealError:
        return gettext(
            "Without INTAKE_KEYS no request can be found. Put them in place; then run rebuild_blind_indexes."
        )
    if not closed:
        return ""
    return ngettext(
        "%(count)s request can't be opened: its key is in no archive.",
        "%(count)s requests can't be opened: their keys are in no archive.",
        len(closed),
    ) % {"count": len(closed)}
