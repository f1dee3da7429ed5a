"""Links that open the visitor's own map app. Nothing is asked of anybody until one is followed."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote


@dataclass(frozen=True)
class MapLink:
    label: str
    url: str


def map_links(address: str, latitude: Decimal | None = None, longitude: Decimal | None = None) -> list[MapLink]:
    """`geo:` (RFC 5870) for phones that know it, then addresses that open Apple's, Google's or OSM's map."""
    query = quote(address)
    place = f"{latitude},{longitude}" if latitude is not None and longitude is not None else "0,0"
    return [
        MapLink("Map app on this device", f"geo:{place}?q={query}"),
        MapLink("Apple Maps", f"https://maps.apple.com/?q={query}"),
        MapLink("Google Maps", f"https://www.google.com/maps/search/?api=1&query={query}"),
        MapLink("OpenStreetMap", f"https://www.openstreetmap.org/search?query={query}"),
    ]
