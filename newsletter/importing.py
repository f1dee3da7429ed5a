"""Bringing a list of addresses in. Nobody known is changed, and nobody who was suppressed comes back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from . import signing_up
from .address_lists import AddressList
from .addresses import Address
from .models import Subscriber, SubscriberEvent, Suppression
from .subscriber_states import EventKind, SubscriberState
from .suppression import address_hashes

CHUNK = 200


@dataclass(slots=True)
class Numbers:
    """`new`: put on the list, or asked to confirm; in a dry run: that would be."""

    new: int = 0
    known: int = 0
    suppressed: int = 0


def import_list(
    *, listed: AddressList, confirmed: bool, source: str, consent_note: str, user, now: datetime, dry_run: bool
) -> Numbers:
    """Import the good lines of a list.

    `confirmed`: they had confirmed to an earlier newsletter of the practice. Otherwise each is asked by the usual
    mail, and counts as new when it is owed one.
    """
    numbers = Numbers()
    for chunk in _chunks(listed.addresses):
        wanted = _wanted(chunk, numbers)
        if dry_run:
            numbers.new += len(wanted)
        elif confirmed:
            numbers.new += _put_on(wanted, source=source, consent_note=consent_note, user=user, now=now)
        else:
            details = {"source": source, "consent_note": consent_note, "user": user, "now": now}
            numbers.new += sum(signing_up.ask(address=each, kind=EventKind.IMPORTED, **details) for each in wanted)
    return numbers


def _wanted(chunk: list[Address], numbers: Numbers) -> list[Address]:
    known = set(
        Subscriber.objects.filter(address_key__in=[address.key for address in chunk]).values_list(
            "address_key", flat=True
        )
    )
    hashes = {address.key: address_hashes(address.key) for address in chunk}
    listed = [one for each in hashes.values() for one in each]
    suppressed = set(Suppression.objects.for_hashes(listed).values_list("address_hash", flat=True))
    wanted = []
    for address in chunk:
        if address.key in known:
            numbers.known += 1
        elif suppressed.intersection(hashes[address.key]):
            numbers.suppressed += 1
        else:
            wanted.append(address)
    return wanted


def _put_on(wanted: list[Address], *, source: str, consent_note: str, user, now: datetime) -> int:
    new = [
        Subscriber(
            address=address.typed,
            address_key=address.key,
            state=SubscriberState.CONFIRMED,
            source=source,
            consent_note=consent_note,
            created_at=now,
            confirmed_at=now,
        )
        for address in wanted
    ]
    with transaction.atomic():
        # Somebody may sign up at this moment: theirs stays.
        Subscriber.objects.bulk_create(new, ignore_conflicts=True)
        made = Subscriber.objects.filter(public_id__in=[each.public_id for each in new])
        events = [SubscriberEvent(subscriber=each, kind=EventKind.IMPORTED, at=now, user=user) for each in made]
        SubscriberEvent.objects.bulk_create(events)
    return len(events)


def _chunks(addresses: list[Address]) -> Iterator[list[Address]]:
    for start in range(0, len(addresses), CHUNK):
        yield addresses[start : start + CHUNK]
