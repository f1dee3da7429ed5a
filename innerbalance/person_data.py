"""A person's wish to see or to erase what the practice keeps about them, across the apps.

Each app that stores such data has a keeper, which the composition root registers here, so that the desk can answer
for all of them without knowing them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, repr=False)
class Person:
    """Whom it is about: the addresses and phone numbers (E.164) that are theirs.

    `theirs` are references of records that are known to be theirs, whatever a search finds; `not_theirs` of records
    that share an address or number but belong to somebody else.
    """

    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    theirs: frozenset[str] = frozenset()
    not_theirs: frozenset[str] = frozenset()


@dataclass(frozen=True, repr=False)
class Kept:
    """What one keeper has: `what` is plain words with a number, `records` can be written as JSON."""

    what: str
    records: list[dict]


class Keeper(Protocol):
    """One app's side of it. Both raise rather than answer half."""

    def export(self, person: Person) -> Kept: ...

    def erase(self, person: Person, *, user, now: datetime) -> int:
        """Erase everything about the person that may be erased; how many records. Writes its own audit lines."""
        ...


_keepers: list[Keeper] = []


def register_keepers(*keepers: Keeper) -> None:
    """Say, at the composition root, who stores data about persons."""
    _keepers[:] = keepers


def keepers() -> tuple[Keeper, ...]:
    """In the order of their registration."""
    return tuple(_keepers)


def export(person: Person) -> list[Kept]:
    """What is kept about a person, keepers that have nothing left out."""
    found = [keeper.export(person) for keeper in keepers()]
    return [kept for kept in found if kept.records]


def erase(person: Person, *, user, now: datetime) -> int:
    """Erase a person everywhere; how many records."""
    return sum(keeper.erase(person, user=user, now=now) for keeper in keepers())
