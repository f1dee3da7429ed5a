"""Keyed hashes: a value can be recognised again by us, and read by nobody.

HMAC-SHA256 (RFC 2104) under a key made for one purpose from HASH_KEYS, so that hashes of different purposes
cannot be matched with each other.
"""

import hashlib
import hmac

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def keyed_hash(purpose: str, value: str) -> str:
    """Hex digest (64 characters) of `value` for `purpose` under the newest key. No key: ImproperlyConfigured."""
    return keyed_hashes(purpose, value)[0]


def keyed_hashes(purpose: str, value: str) -> list[str]:
    """Digests under every key, newest first: for looking up what was hashed before the keys were rotated."""
    if not settings.HASH_KEYS:
        raise ImproperlyConfigured("HASH_KEYS is empty: set at least one key in the environment.")
    return [_digest(key, purpose, value) for key in settings.HASH_KEYS]


def _digest(key: str, purpose: str, value: str) -> str:
    purpose_key = hmac.digest(key.encode(), purpose.encode(), hashlib.sha256)
    return hmac.new(purpose_key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
