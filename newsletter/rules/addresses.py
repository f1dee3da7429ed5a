"""What counts as one email address.

An address is kept as the person typed it, because that is what the mail
server was promised, and compared by a key in which case and the spelling of
an international domain no longer matter. What is valid, email-validator says;
ours are the key and the words for what is wrong.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

# RFC 5321 section 4.5.3.1.3: 256 octets with the angle brackets.
LONGEST_ADDRESS = 254


class AddressFault(StrEnum):
    EMPTY = "empty"
    SPACES = "spaces"
    INCOMPLETE = "incomplete"
    FOREIGN_LETTERS = "foreign_letters"
    LOCAL_PART = "local_part"
    DOMAIN = "domain"
    TOO_LONG = "too_long"


class InvalidAddress(ValueError):
    """The text can't be used as an email address; `fault` says why."""

    def __init__(self, fault: AddressFault):
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Address:
    """`typed`: as written, spaces around it gone. `key`: the same for every spelling.
    `wire`: what an SMTP server without SMTPUTF8 understands (domain as A-labels)."""

    typed: str
    key: str
    wire: str


def parse(text: str) -> Address:
    """The address in `text`; raises InvalidAddress.

    Local parts are compared without case: RFC 5321 section 2.4 would allow a
    difference, no mailbox provider makes one. Dots and +tags are left alone:
    they are different mailboxes at most providers. Quoted local parts are
    refused: nearly every one that reaches a form is an attempt at injection.
    """
    typed = unicodedata.normalize("NFC", text.strip())
    if not typed:
        raise InvalidAddress(AddressFault.EMPTY)
    if any(unicodedata.category(character)[0] in "CZ" for character in typed):
        raise InvalidAddress(AddressFault.SPACES)
    local, _, domain = typed.rpartition("@")
    if not local or not domain:
        raise InvalidAddress(AddressFault.INCOMPLETE)
    # Full-width forms come from East Asian keyboards; NFKC makes them ASCII.
    local = unicodedata.normalize("NFKC", local)
    if not local.isascii():
        raise InvalidAddress(AddressFault.FOREIGN_LETTERS)
    if "@" in local or not _is_valid(f"{local}@example.com"):
        raise InvalidAddress(AddressFault.LOCAL_PART)
    host = domain_key(domain)
    key = f"{local.lower()}@{host}"
    if len(key) > LONGEST_ADDRESS:
        raise InvalidAddress(AddressFault.TOO_LONG)
    return Address(typed=typed, key=key, wire=f"{local}@{host}")


# A list of thousands has few domains.
@lru_cache(maxsize=4096)
def domain_key(domain: str) -> str:
    """The domain as lower-case A-labels (UTS 46 mapping); raises InvalidAddress."""
    try:
        found = validate_email(f"a@{domain.rstrip('.。')}", check_deliverability=False)
    except EmailNotValidError as error:
        raise InvalidAddress(AddressFault.DOMAIN) from error
    return found.ascii_domain.lower()


def _is_valid(address: str) -> bool:
    try:
        validate_email(address, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        return False
    return True
