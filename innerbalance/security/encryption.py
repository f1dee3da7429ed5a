"""Sealing what a person wrote, so that the database and its copies do not hold it in the clear.

Each record has its own data key. What belongs to the record is sealed with it by AES-256-GCM and
bound to the record and the field: a sealed value moved to another row does not open. The data key
itself is kept wrapped by a key-encryption key from the environment (`INTAKE_KEYS`, newest first),
in a table of its own (`innerbalance.security.record_keys`). Destroying that one row makes every
copy of the record unreadable, wherever it lies.

Nothing here knows a default key, and nothing falls back to plain text: without the right key
there is an error without content.
"""

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
_VERSION = b"\x01"


class SealError(Exception):
    """Something sealed could not be made or opened. The message never holds content."""


class KeyMissing(SealError):
    """No key from the environment, or not the one this record was sealed under."""


class KeyDestroyed(SealError):
    """The record's own key is gone: it was erased, and cannot be read by anyone."""


class CannotOpen(SealError):
    """The sealed value was changed, or belongs to another record, field or key."""


def new_key_text() -> str:
    """A fresh key-encryption key as it stands in the environment (URL-safe base64, 32 bytes)."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode("ascii")


def key_name(key: bytes) -> str:
    """A short name for a key that gives nothing of it away: 16 hex digits of its SHA-256."""
    return hashlib.sha256(b"innerbalance key name" + key).hexdigest()[:16]


@dataclass(frozen=True, repr=False)
class KeyRing:
    """The key-encryption keys by name, the newest first."""

    keys: dict[str, bytes]

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> "KeyRing":
        """Raises KeyMissing when there is none or one is not 32 bytes of URL-safe base64."""
        keys = {}
        for place, text in enumerate(texts, start=1):
            try:
                key = base64.urlsafe_b64decode(text.strip())
            except (binascii.Error, ValueError):
                key = b""
            if len(key) != KEY_BYTES:
                raise KeyMissing(f"Key number {place} in INTAKE_KEYS is not {KEY_BYTES} bytes of base64.")
            keys[key_name(key)] = key
        if not keys:
            raise KeyMissing("INTAKE_KEYS is empty: consultation requests cannot be kept.")
        return cls(keys)

    @property
    def newest(self) -> str:
        return next(iter(self.keys))

    def wrap(self, data_key: bytes, *, record: str) -> tuple[str, bytes]:
        """(name of the key used, wrapped data key), under the newest key."""
        name = self.newest
        return name, _encrypt(self.keys[name], data_key, _bound("wrap", record))

    def unwrap(self, wrapped: bytes, *, key: str, record: str) -> bytes:
        """The data key; raises KeyMissing or CannotOpen."""
        if key not in self.keys:
            raise KeyMissing(f"The key named {key} is not in INTAKE_KEYS.")
        return _decrypt(self.keys[key], wrapped, _bound("wrap", record))


def new_data_key() -> bytes:
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def seal(value: Any, *, key: bytes, record: str, field: str) -> bytes:
    """`value` (anything JSON can hold) sealed with the record's data key."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return _encrypt(key, plain, _bound("seal", record, field))


def unseal(sealed: bytes, *, key: bytes, record: str, field: str) -> Any:
    """What `seal` was given; raises CannotOpen."""
    return json.loads(_decrypt(key, bytes(sealed), _bound("seal", record, field)))


def _bound(*parts: str) -> bytes:
    """The associated data. JSON keeps ("a", "bc") and ("ab", "c") apart."""
    return json.dumps(["innerbalance", *parts]).encode("utf-8")


def _encrypt(key: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, bound)


def _decrypt(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    sealed = bytes(sealed)
    head = len(_VERSION) + NONCE_BYTES
    if sealed[: len(_VERSION)] != _VERSION or len(sealed) <= head:
        raise CannotOpen("This is not a sealed value of ours.")
    try:
        return AESGCM(key).decrypt(sealed[len(_VERSION) : head], sealed[head:], bound)
    except InvalidTag:
        raise CannotOpen("The sealed value does not open with this record's key.") from None
