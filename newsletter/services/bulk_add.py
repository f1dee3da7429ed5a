"""Bringing addresses in. Nobody known is changed, and nobody who was suppressed comes back."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from innerbalance.security.rate_limits import hit_each
from newsletter.models import Subscriber, SubscriberEvent, Suppression
from newsletter.rules.addresses import Address
from newsletter.rules.sign_up import ONE_MAIL_IN, mailbox
from newsletter.rules.subscriber_states import EventKind, SubscriberState
from newsletter.services import Actor
from newsletter.services.address_hashes import address_hashes
from newsletter.services.subscriptions import DAILY_MAIL


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


def put_on_list(addresses: list[Address], *, source: str, consent_note: str, user: Actor, now: datetime) -> Numbers:
    """Those who had confirmed to an earlier newsletter of the practice: on the list at once."""
    wanted, numbers = sift(addresses)
    about = {"source": source, "consent_note": consent_note, "created_at": now}
    fields = {"state": SubscriberState.CONFIRMED, "confirmed_at": now, **about}
    numbers.new = _make(wanted, fields=fields, user=user, now=now)
    numbers.known += len(wanted) - numbers.new
    return numbers


def ask_to_confirm(addresses: list[Address], *, source: str, consent_note: str, user: Actor, now: datetime) -> Numbers:
    """Everyone else: owed the usual mail as by `subscriptions.ask`, on the list after confirming."""
    wanted, numbers = sift(addresses)
    mailboxes: dict[str, Address] = {}
    for address in wanted:
        mailboxes.setdefault(mailbox(address.key), address)
    free = hit_each(purpose=DAILY_MAIL, identities=mailboxes, limit=1, window=ONE_MAIL_IN, now=now)
    asked = [address for name, address in mailboxes.items() if name in free]
    about = {"source": source, "consent_note": consent_note, "created_at": now}
    fields = {"state": SubscriberState.PENDING, "confirm_mail_due_at": now, **about}
    numbers.new = _make(asked, fields=fields, user=user, now=now)
    numbers.known += len(asked) - numbers.new
    numbers.not_asked = len(wanted) - len(asked)
    return numbers


def _make(addresses: list[Address], *, fields: dict, user: Actor, now: datetime) -> int:
    """A row and a line of history for each; how many. Whoever signs up at this very moment keeps their own."""
    new = [Subscriber(address=address.typed, address_key=address.key, **fields) for address in addresses]
    with transaction.atomic():
        Subscriber.objects.bulk_create(new, ignore_conflicts=True)
        made = Subscriber.objects.filter(public_id__in=[each.public_id for each in new]).only("pk")
        events = [SubscriberEvent(subscriber=each, kind=EventKind.IMPORTED, at=now, user=user) for each in made]
        SubscriberEvent.objects.bulk_create(events)
    return len(events)
