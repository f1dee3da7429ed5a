"""Names that leave the house: links in mails, Message-IDs, return paths.

A token is what it speaks of and a keyed hash of that for one purpose, so a
preferences link is no unsubscribe link. An unsubscribe link has no date: it
works as long as its key is in HASH_KEYS, and keys are added in front, not
replaced (docs/newsletter.md). A preferences link says on which day it was made,
and the view lets it expire. A confirmation link keeps its end in the database.
"""

import base64
import binascii
import hmac
import re
import secrets
import uuid
from datetime import date

from innerbalance.security.keyed_hash import keyed_hash, keyed_hashes

UNSUBSCRIBE = "newsletter.unsubscribe"
PREFERENCES = "newsletter.preferences"
CONFIRM = "newsletter.confirm"
UNDO = "newsletter.undo"
DELIVERY = "newsletter.delivery"

# 16 bytes: forging one takes 2**127 tries on average (RFC 2104 section 5 allows half of the hash).
SIGNATURE_HEX = 32
# A return path's local part is at most 64 characters and may lose its case on the way.
REFERENCE = re.compile(r"d(\d{1,18})-([0-9a-f]{20})", re.IGNORECASE)


def subscriber_token(purpose: str, public_id: uuid.UUID, issue: int | None = None) -> str:
    """A URL-safe token of about 65 characters for one subscriber and purpose.

    `issue`: the id of the campaign it stands in, for the numbers of that issue.
    """
    about = public_id.bytes + (issue.to_bytes(6, "big") if issue else b"")
    return _token(purpose, about)


def dated_token(purpose: str, public_id: uuid.UUID, made_on: date) -> str:
    """As `subscriber_token`, with the day that it was made on."""
    return _token(purpose, public_id.bytes + made_on.toordinal().to_bytes(3, "big"))


def read_dated_token(purpose: str, token: str) -> tuple[uuid.UUID, date | None] | None:
    """(public id, the day it was made on) of a token; the day is None where it has none, the rest as below."""
    about = _read(purpose, token)
    if about is None:
        return None
    return uuid.UUID(bytes=about[:16]), date.fromordinal(int.from_bytes(about[16:], "big")) if len(
        about
    ) == 19 else None


def read_subscriber_token(purpose: str, token: str) -> tuple[uuid.UUID, int | None] | None:
    """(public id, campaign id or None) of a token; None when it is forged, damaged or of another purpose."""
    about = _read(purpose, token)
    if about is None:
        return None
    return uuid.UUID(bytes=about[:16]), int.from_bytes(about[16:], "big") if len(about) == 22 else None


def new_secret() -> str:
    """A token for something that ends: keep `secret_hash(purpose, token)`, send the token."""
    return secrets.token_urlsafe(32)


def secret_hash(purpose: str, secret: str) -> str:
    return keyed_hash(purpose, secret)


def secret_hashes(purpose: str, secret: str) -> list[str]:
    """Under every key, newest first: look the row up by `__in`, so that a rotation breaks no open link."""
    return keyed_hashes(purpose, secret)


def delivery_reference(delivery_id: int) -> str:
    """Names a delivery in Message-IDs, return paths and providers' metadata; can't be guessed."""
    return f"d{delivery_id}-{keyed_hash(DELIVERY, str(delivery_id))[:20]}"


def read_delivery_reference(text: str) -> int | None:
    """The id of the delivery named anywhere in `text`; None when there is none, or it is forged."""
    found = REFERENCE.search(text)
    if found and _signed(DELIVERY, found[1], found[2].lower(), 20):
        return int(found[1])
    return None


def message_id(delivery_id: int, domain: str) -> str:
    """The same for every attempt, with angle brackets (RFC 5322 section 3.6.4)."""
    return f"<{delivery_reference(delivery_id)}@{domain}>"


def _token(purpose: str, about: bytes) -> str:
    signature = bytes.fromhex(keyed_hash(purpose, about.hex())[:SIGNATURE_HEX])
    return base64.urlsafe_b64encode(about + signature).decode().rstrip("=")


def _read(purpose: str, token: str) -> bytes | None:
    """What a token speaks of: a public id alone (16 bytes), with a day (19) or a campaign (22)."""
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return None
    about, signature = raw[:-16], raw[-16:]
    if len(about) in {16, 19, 22} and _signed(purpose, about.hex(), signature.hex(), SIGNATURE_HEX):
        return about
    return None


def _signed(purpose: str, about: str, signature: str, length: int) -> bool:
    return any(hmac.compare_digest(made[:length], signature) for made in keyed_hashes(purpose, about))
