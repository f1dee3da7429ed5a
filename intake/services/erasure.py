"""The end of a request: by retention, by a person's wish, or because it was spam.

Deleting always destroys the record's key in the same transaction, and always leaves one line by reference in
the audit log.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from innerbalance import person_data
from innerbalance.person_data import Kept, Person
from innerbalance.security.record_keys import destroy_keys
from intake.models import ConsultationRequest, IntakeSettings
from intake.rules import status
from intake.rules.retention import cutoffs
from intake.rules.status import Outcome
from intake.services import audit, promises, records

BATCH = 500


class OnLegalHold(Exception):
    """A request of this person is on legal hold: that has to be lifted first. `references` names them."""

    def __init__(self, references: list[str]) -> None:
        self.references = references
        super().__init__(f"On legal hold: {', '.join(references)}.")


class IndexIncomplete(Exception):
    """Requests can't all be found by who asked: an export or erasure would be half. Run rebuild_blind_indexes first."""


def due_for_deletion(*, now: datetime) -> QuerySet[ConsultationRequest]:
    """What is past its retention period; what is on legal hold never is."""
    limits = cutoffs(now=now, periods=IntakeSettings.load().periods())
    client = Q(outcome=Outcome.BECAME_CLIENT)
    ended = Q(quarantined=False, status__in=status.ENDED)
    return ConsultationRequest.objects.filter(on_hold=False).filter(
        Q(quarantined=True, received_at__lt=limits.quarantine)
        | ended & client & Q(ended_at__lt=limits.clients)
        | ended & ~client & Q(ended_at__lt=limits.others)
    )


def purge(*, now: datetime, user: User | None = None) -> int:
    """Delete what is due, in batches; how many."""
    return destroy(due_for_deletion(now=now), user=user, why="retention")


def destroy(requests: QuerySet[ConsultationRequest], *, user: User | None, why: str) -> int:
    """Delete requests, all that hangs on them, and their keys; how many. `why` is a code for the audit log."""
    total = 0
    while batch := list(requests.only("pk", "uid", "reference").order_by("pk")[:BATCH]):
        with transaction.atomic():
            for request in batch:
                audit.record(request, audit.PURGE, user=user, why=why)
            promises.deleted((request.uid for request in batch), why=why)
            destroy_keys(request.uid for request in batch)
            ConsultationRequest.objects.filter(pk__in=[request.pk for request in batch]).delete()
        total += len(batch)
    return total


def person_of(request: ConsultationRequest, *, user: User | None, not_theirs: Iterable[str] = ()) -> Person:
    """The person behind a request, by the address and number they gave in it. Raises SealError."""
    answers = records.answers_of(request, user=user)
    return Person(
        mails=_some(answers.email),
        phones=_some(answers.phone),
        theirs=frozenset([request.reference]),
        not_theirs=frozenset(not_theirs),
    )


def export_person(*, request_id: int, user: User | None, not_theirs: Iterable[str] = ()) -> list[Kept]:
    """What the whole site keeps about the person behind a request, for handing it to them.

    `not_theirs`: as for erase_person. The audit log names each request that was read for it. Raises IndexIncomplete.
    """
    request = ConsultationRequest.objects.get(pk=request_id)
    person = person_of(request, user=user, not_theirs=not_theirs)
    references = list(_requests_of(person).order_by("received_at", "pk").values_list("reference", flat=True))
    audit.record(request, audit.EXPORT, user=user, what="person", references=references)
    return person_data.export(person)


def erase_person(*, request_id: int, user: User | None, now: datetime, not_theirs: Iterable[str] = ()) -> int:
    """Erase the person behind a request everywhere on the site; how many records. All or nothing.

    `not_theirs` are references that share an address or number but are another person's (a household with one
    phone). Raises OnLegalHold, IndexIncomplete, SealError.
    """
    request = ConsultationRequest.objects.get(pk=request_id)
    person = person_of(request, user=user, not_theirs=not_theirs)
    with transaction.atomic():
        return person_data.erase(person, user=user, now=now)


class RequestKeeper:
    """Intake's side of `innerbalance.person_data`."""

    def export(self, person: Person) -> Kept:
        requests = list(_requests_of(person).prefetch_related("events"))
        answers = records.answers_of_many(requests)
        found = [
            {
                "reference": request.reference,
                "received_at": request.received_at.isoformat(),
                "status": request.get_status_display(),
                "answers": asdict(answers[request.pk]) if request.pk in answers else None,
                "timeline": [
                    {"at": entry.event.at.isoformat(), "what": entry.event.get_kind_display(), **entry.words}
                    for entry in (records.timeline(request) if request.pk in answers else [])
                ],
            }
            for request in requests
        ]
        what = ngettext("%(count)s consultation request", "%(count)s consultation requests", len(found))
        return Kept(what=what % {"count": len(found)}, records=found)

    def erase(self, person: Person, *, user: User | None, now: datetime) -> int:
        requests = _requests_of(person)
        on_hold = list(requests.filter(on_hold=True).values_list("reference", flat=True))
        if on_hold:
            raise OnLegalHold(on_hold)
        ids = list(requests.values_list("pk", flat=True))
        return destroy(ConsultationRequest.objects.filter(pk__in=ids), user=user, why="erasure")


def _requests_of(person: Person) -> QuerySet[ConsultationRequest]:
    if not records.index_is_complete():
        raise IndexIncomplete
    same = [records.same_person(phone="", email=email) for email in person.mails]
    same += [records.same_person(phone=phone, email="") for phone in person.phones]
    ids = {pk for found in same for pk in found.values_list("pk", flat=True)}
    theirs = Q(pk__in=ids) | Q(reference__in=person.theirs)
    return ConsultationRequest.objects.filter(theirs).exclude(reference__in=person.not_theirs)


def _some(value: str) -> tuple[str, ...]:
    return (value,) if value else ()
