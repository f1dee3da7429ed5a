from decimal import Decimal

from innerbalance.locations.maps import map_links
from innerbalance.locations.vcard import Contact, vcard


def card(**changes):
    values = dict.fromkeys(Contact.__dataclass_fields__, "")
    return vcard(Contact(**{**values, "organization": "A Practice", "name": "Mesa", **changes}))


def test_separators_are_escaped():
    assert "ADR;TYPE=WORK:;;1 Way\\, Suite 2\\; rear;;;;" in card(street="1 Way, Suite 2; rear")
    assert "NOTE:one\\ntwo" in card(note="one\ntwo")


def test_long_lines_are_folded_by_octets():
    text = card(note="é" * 200)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "é" * 200 in text.replace("\r\n ", "")


def test_links_name_the_place():
    links = {link.label: link.url for link in map_links("1 Way, Mesa", Decimal("33.4"), Decimal("-111.7"))}
    assert links["Map app on this device"] == "geo:33.4,-111.7?q=1%20Way%2C%20Mesa"
    assert all("1%20Way%2C%20Mesa" in url for url in links.values())
