"""Bringing addresses in. Nobody known is changed, and nobody who was suppressed comes back."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from . import signing_up
from .addresses import Address
from .models import Subscriber, SubscriberEvent, Suppression
from .subscriber_states import EventKind, SubscriberState
from .suppression import address_hashes


@dataclass(slots=True)
class Numbers:
    """What became of each address, or would. `new`: put on the list, or asked to confirm.

    `not_asked`: the mailbox (without its +tag) got a confirmation mail today.
    """

    new: int = 0
    known: int = 0
    suppressed: int = 0
    not_asked: int = 0

    def add(self, other: "Numbers") -> None:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


def sift(addresses: list[Address]) -> tuple[list[Address], Numbers]:
    """Those that may come in, and the numbers of all of them as a dry run foresees them."""
    keys = [address.key for address in addresses]
    known = set(Subscriber.objects.filter(address_key__in=keys).values_list("address_key", flat=True))
    hashes = {key: address_hashes(key) for key in keys}
    listed = [one for each in hashes.values() for one in each]
    suppressed = set(Suppression.objects.for_hashes(listed).values_list("address_hash", flat=True))
    wanted, numbers = [], Numbers()
    for address in addresses:
        if address.key in known:
            numbers.known += 1
        elif suppressed.intersection(hashes[address.key]):
            numbers.suppressed += 1
        else:
            wanted.append(address)
    numbers.new = len(wanted)
    return wanted, numbers


def put_on_list(addresses: list[Address], *, source: str, consent_note: str, user, now: datetime) -> Numbers:
    """Those who had confirmed to an earlier newsletter of the practice: on the list at once."""
    wanted, numbers = sift(addresses)
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
        made = Subscriber.objects.filter(public_id__in=[each.public_id for each in new]).only("pk")
        events = [SubscriberEvent(subscriber=each, kind=EventKind.IMPORTED, at=now, user=user) for each in made]
        SubscriberEvent.objects.bulk_create(events)
    numbers.known += numbers.new - len(events)
    numbers.new = len(events)
    return numbers


def ask_to_confirm(addresses: list[Address], *, source: str, consent_note: str, user, now: datetime) -> Numbers:
    """Everyone else: owed the usual mail, on the list after confirming."""
    wanted, numbers = sift(addresses)
    details = {"source": source, "consent_note": consent_note, "user": user, "now": now}
    numbers.new = sum(signing_up.ask(address=each, kind=EventKind.IMPORTED, **details) for each in wanted)
    numbers.not_asked = len(wanted) - numbers.new
    return numbers
