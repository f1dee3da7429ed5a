"""Each sealed record's own key: made, used, wrapped anew, destroyed. See `encryption` for what they protect."""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from .encryption import KeyDestroyed, KeyMissing, KeyRing, SealError, new_data_key, seal, unseal
from .models import RecordKey


def key_ring() -> KeyRing:
    """The keys of the environment; raises KeyMissing."""
    return KeyRing.from_texts(settings.INTAKE_KEYS)


@dataclass(frozen=True, repr=False)
class RecordCipher:
    """Seals and opens what belongs to one record."""

    record: UUID
    key: bytes

    def seal(self, value: Any, *, field: str) -> bytes:
        return seal(value, key=self.key, record=str(self.record), field=field)

    def unseal(self, sealed: bytes, *, field: str) -> Any:
        """Raises CannotOpen."""
        return unseal(sealed, key=self.key, record=str(self.record), field=field)


def create_cipher(record: UUID) -> RecordCipher:
    """A new record's cipher; its key is kept, wrapped under the newest key. Raises KeyMissing."""
    data_key = new_data_key()
    name, wrapped = key_ring().wrap(data_key, record=str(record))
    RecordKey.objects.create(record=record, key_name=name, wrapped=wrapped)
    return RecordCipher(record=record, key=data_key)


def open_cipher(record: UUID) -> RecordCipher:
    """The cipher of a record; raises KeyDestroyed, KeyMissing or CannotOpen."""
    row = RecordKey.objects.filter(record=record).first()
    if row is None:
        raise KeyDestroyed("This record's key was destroyed.")
    return _unwrap(row, key_ring())


def open_ciphers(records: Iterable[UUID]) -> dict[UUID, RecordCipher]:
    """The ciphers of many records in one query; a record whose key is gone or damaged is not among them.

    Raises KeyMissing without any key.
    """
    ring, found = key_ring(), {}
    for row in RecordKey.objects.filter(record__in=list(records)):
        with contextlib.suppress(SealError):
            found[row.record] = _unwrap(row, ring)
    return found


def destroy_keys(records: Iterable[UUID]) -> int:
    """Make every copy of these records unreadable; how many keys were there."""
    return RecordKey.objects.filter(record__in=list(records)).delete()[0]


@dataclass
class Rotation:
    """What a rotation did and what is left. `unknown` counts keys wrapped by a key we no longer have."""

    wrapped_anew: int = 0
    changed_meanwhile: int = 0
    left: int = 0
    unknown: int = 0


def rotate(*, batch: int = 200, stop: Callable[[], bool] = lambda: False) -> Rotation:
    """Wrap every record's key under the newest key of the environment, while the site runs.

    What was sealed is not touched, only the wrapping. Each row is replaced by a conditional UPDATE, so
    this can be stopped at any moment, run twice at once, and started again; it goes on where it was.
    Raises KeyMissing without any key, CannotOpen when a row was tampered with.
    """
    ring, done = key_ring(), Rotation()
    waiting = RecordKey.objects.exclude(key_name=ring.newest)
    old = waiting.filter(key_name__in=ring.keys)
    last: UUID | None = None
    while not stop():
        rows = list((old.filter(record__gt=last) if last else old).order_by("record")[:batch])
        if not rows:
            break
        for row in rows:
            name, wrapped = ring.wrap(_unwrap(row, ring).key, record=str(row.record))
            changed = RecordKey.objects.filter(record=row.record, key_name=row.key_name).update(
                key_name=name, wrapped=wrapped
            )
            done.wrapped_anew += changed
            done.changed_meanwhile += 1 - changed
        last = rows[-1].record
    done.left = waiting.count()
    done.unknown = waiting.exclude(key_name__in=ring.keys).count()
    return done


def missing_keys() -> set[str]:
    """Names of keys that records are wrapped under and that the environment does not hold."""
    try:
        known = set(key_ring().keys)
    except KeyMissing:
        known = set()
    return set(RecordKey.objects.values_list("key_name", flat=True).distinct()) - known


def _unwrap(row: RecordKey, ring: KeyRing) -> RecordCipher:
    key = ring.unwrap(bytes(row.wrapped), key=row.key_name, record=str(row.record))
    return RecordCipher(record=row.record, key=key)
