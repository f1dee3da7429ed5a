"""An office as a vCard 3.0 (RFC 2426), the version that every address book reads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    organization: str
    name: str
    phone: str
    email: str
    street: str
    city: str
    region: str
    postal_code: str
    country: str
    url: str
    note: str


def vcard(contact: Contact) -> str:
    """The card with CRLF line ends, long lines folded at 75 octets."""
    full_name = f"{contact.organization}, {contact.name}"
    address = [contact.street, contact.city, contact.region, contact.postal_code, contact.country]
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"FN:{_escaped(full_name)}",
        f"N:{_escaped(full_name)};;;;",
        f"ORG:{_escaped(contact.organization)}",
        "ADR;TYPE=WORK:;;" + ";".join(_escaped(part) for part in address),
    ]
    if contact.phone:
        lines.append(f"TEL;TYPE=WORK,VOICE:{contact.phone}")
    if contact.email:
        lines.append(f"EMAIL;TYPE=INTERNET:{_escaped(contact.email)}")
    if contact.note:
        lines.append(f"NOTE:{_escaped(contact.note)}")
    lines += [f"URL:{contact.url}", "END:VCARD"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    for plain, kept in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(plain, kept)
    return text


def _folded(line: str) -> str:
    parts, part = [], ""
    for character in line:
        if len((part + character).encode()) > 74:
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part])
