"""How an office is saved to an address book and found on a map."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from innerbalance.content_lines import content_lines, escape_text


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
    """The office as a vCard 3.0 (RFC 2426), the version that every address book reads."""
    full_name = f"{contact.organization}, {contact.name}"
    address = [contact.street, contact.city, contact.region, contact.postal_code, contact.country]
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"FN:{escape_text(full_name)}",
        f"N:{escape_text(full_name)};;;;",
        f"ORG:{escape_text(contact.organization)}",
        "ADR;TYPE=WORK:;;" + ";".join(escape_text(part) for part in address),
    ]
    if contact.phone:
        lines.append(f"TEL;TYPE=WORK,VOICE:{contact.phone}")
    if contact.email:
        lines.append(f"EMAIL;TYPE=INTERNET:{escape_text(contact.email)}")
    if contact.note:
        lines.append(f"NOTE:{escape_text(contact.note)}")
    return content_lines([*lines, f"URL:{contact.url}", "END:VCARD"])


DEVICE = "device"


@dataclass(frozen=True)
class MapLink:
    """`app` is the name of a map, or DEVICE for whichever one the visitor's device opens."""

    app: str
    url: str


def map_links(address: str, latitude: Decimal | None = None, longitude: Decimal | None = None) -> list[MapLink]:
    """`geo:` (RFC 5870) for phones that know it, then addresses that open Apple's, Google's or OSM's map.

    Nothing is asked of anybody until one is followed.
    """
    query = quote(address)
    place = f"{latitude},{longitude}" if latitude is not None and longitude is not None else "0,0"
    return [
        MapLink(DEVICE, f"geo:{place}?q={query}"),
        MapLink("Apple Maps", f"https://maps.apple.com/?q={query}"),
        MapLink("Google Maps", f"https://www.google.com/maps/search/?api=1&query={query}"),
        MapLink("OpenStreetMap", f"https://www.openstreetmap.org/search?query={query}"),
    ]
