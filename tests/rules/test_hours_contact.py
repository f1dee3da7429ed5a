from decimal import Decimal

from innerbalance.content_lines import content_lines
from innerbalance.locations.rules.contact import DEVICE, Contact, map_links, vcard


def card(**changes):
    values = dict.fromkeys(Contact.__dataclass_fields__, "")
    return vcard(Contact(**{**values, "organization": "A Practice", "name": "Mesa", **changes}))


def test_separators_are_escaped():
    assert "ADR;TYPE=WORK:;;1 Way\\, Suite 2\\; rear;;;;" in card(street="1 Way, Suite 2; rear")
    assert "NOTE:one\\ntwo" in card(note="one\ntwo")


def test_long_lines_are_folded_by_octets():
    text = card(note="é" * 200)
    assert max(len(line.encode()) for line in text.split("\r\n")) == 75
    assert "é" * 200 in text.replace("\r\n ", "")
    whole = "N" * 75
    assert content_lines([whole, whole + "N"]) == f"{whole}\r\n{whole}\r\n N\r\n"


def test_links_name_the_place():
    found = map_links("1 Way, Mesa")
    assert [link.app for link in found] == [DEVICE, "Apple Maps", "Google Maps", "OpenStreetMap"]
    links = {link.app: link.url for link in map_links("1 Way, Mesa", Decimal("33.4"), Decimal("-111.7"))}
    assert links[DEVICE] == "geo:33.4,-111.7?q=1%20Way%2C%20Mesa"
    assert all("1%20Way%2C%20Mesa" in url for url in links.values())


def test_a_whole_card():
    assert card(phone="+14805550100", email="a@example.org", url="https://example.org/mesa/").split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "FN:A Practice\\, Mesa",
        "N:A Practice\\, Mesa;;;;",
        "ORG:A Practice",
        "ADR;TYPE=WORK:;;;;;;",
        "TEL;TYPE=WORK,VOICE:+14805550100",
        "EMAIL;TYPE=INTERNET:a@example.org",
        "URL:https://example.org/mesa/",
        "END:VCARD",
        "",
    ]


def test_without_coordinates_a_phone_looks_for_the_address():
    (device, *_) = map_links("1 Way", Decimal("33.4"), None)
    assert device.url == "geo:0,0?q=1%20Way"
