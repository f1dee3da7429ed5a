"""What counts as one mail address.

An address is kept as the person typed it, because that is what the mail
server was promised, and compared by a key in which case and the spelling of
an international domain no longer matter.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import idna

# RFC 5321 sections 4.5.3.1.1 and 4.5.3.1.3 (256 octets with the angle brackets).
LONGEST_LOCAL_PART = 64
LONGEST_ADDRESS = 254

# RFC 5322 dot-atom. Quoted local parts are legal and unknown in practice:
# nearly every one that reaches a form is an attempt at header injection.
LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
TOP_LEVEL = re.compile(r"xn--[a-z0-9-]+|[a-z]{2,63}")


class InvalidAddress(ValueError):
    """The text can't be used as a mail address; `str()` says why in plain words."""


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
    they are different mailboxes at most providers.
    """
    typed = unicodedata.normalize("NFC", text.strip())
    if not typed:
        raise InvalidAddress("Enter a mail address.")
    if any(unicodedata.category(character)[0] in "CZ" for character in typed):
        raise InvalidAddress("A mail address has no spaces or line breaks in it.")
    local, at, domain = typed.rpartition("@")
    if not at or not local or not domain:
        raise InvalidAddress("A mail address looks like name@example.com.")
    # Full-width forms come from East Asian keyboards; NFKC makes them ASCII.
    local = unicodedata.normalize("NFKC", local)
    if not local.isascii():
        raise InvalidAddress("We can't send to an address with these letters before the @.")
    if not LOCAL_PART.fullmatch(local) or len(local) > LONGEST_LOCAL_PART:
        raise InvalidAddress("The part before the @ is not complete, or has a sign too many.")
    host = domain_key(domain)
    key = f"{local.lower()}@{host}"
    if len(key) > LONGEST_ADDRESS:
        raise InvalidAddress("This mail address is too long.")
    return Address(typed=typed, key=key, wire=f"{local}@{host}")


# A list of thousands has few domains.
@lru_cache(maxsize=4096)
def domain_key(domain: str) -> str:
    """The domain as lower-case A-labels (UTS 46 mapping); raises InvalidAddress."""
    try:
        host = idna.encode(domain.rstrip("."), uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise InvalidAddress("The part after the @ is not a domain name.") from error
    labels = host.split(".")
    if len(labels) < 2 or not TOP_LEVEL.fullmatch(labels[-1]):
        raise InvalidAddress("The part after the @ needs an ending such as .com or .org.")
    return host
