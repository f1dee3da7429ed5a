"""What a reader sees of an office, and how long the page may be kept."""

import json
import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import make_clinician
from tests.locations.factories import make_closure

THURSDAY = date(2026, 11, 26)
PHOENIX = ZoneInfo("America/Phoenix")


def test_the_offices_side_by_side(client, tuesday, offices):
    html = client.get("/locations/").content.decode()
    assert html.count("Open now until 3 pm") >= 4  # both cards, both in the footer
    assert "as of Tuesday, November 24, 2026 at 10 am Arizona time" in html
    assert "Front office: Monday to Friday 9 am to 3 pm, Arizona time" in html
    assert "appointment only" in html


def test_no_office_yet(client, home):
    from tests.locations.factories import make_index

    make_index(home)
    response = client.get("/locations/")
    assert "listed here soon" in response.content.decode()


def test_one_office(client, tuesday, offices, team):
    clinician = make_clinician(team)
    clinician.offices.add(offices[0])
    clinician.save()
    make_closure(THURSDAY, reason="Thanksgiving")
    html = client.get("/locations/mesa/").content.decode()
    assert "1 Desert Way" in html
    assert "(480) 555-0100" in html
    assert "Closed Thursday, November 26 (Thanksgiving)" in html
    assert "Ada Sample, LPC" in html
    today = re.search(r'<tr class="week__today">.*?</tr>', html, re.S).group()
    assert "Tuesday" in today
    assert "9 am to 3 pm" in today
    thursday = re.search(r"<tr>\s*<th scope=\"row\">Thursday.*?</tr>", html, re.S).group()
    assert "closed" in thursday
    assert "Thanksgiving" in thursday
    assert "geo:0,0?q=1%20Desert%20Way" in html
    assert "<iframe" not in html


def test_a_clinician_behind_a_password_is_not_named(client, tuesday, offices, team):
    for name in ("Ada Sample", "Bea Sample"):
        clinician = make_clinician(team, name)
        clinician.offices.add(offices[0])
        clinician.save()
    PageViewRestriction.objects.create(page=clinician, restriction_type="password", password="quiet")
    html = client.get("/locations/mesa/").content.decode()
    assert "Ada Sample" in html
    assert "Bea Sample" not in html


def test_session_hours_get_a_column_of_their_own(client, tuesday, offices):
    from innerbalance.locations.models import WeeklySlot

    mesa, _ = offices
    WeeklySlot.objects.create(location=mesa, kind="sessions", weekday=5, opens=time(8), closes=time(20))
    assert "8 am to 8 pm" in client.get("/locations/mesa/").content.decode()
    assert '<th scope="col">Sessions</th>' not in client.get("/locations/tempe/").content.decode()


@pytest.mark.parametrize("address", ["/locations/", "/locations/tempe/", "/"])
@pytest.mark.parametrize(
    ("wall", "change"),
    [
        ("2026-11-24T08:59:30", "2026-11-24T09:00"),
        ("2026-11-24T14:59:50", "2026-11-24T15:00"),
        ("2026-11-24T23:59:45", "2026-11-25T00:00"),
        ("2026-11-25T23:59:59", "2026-11-26T00:00"),
        ("2026-11-27T10:59:40", "2026-11-27T11:00"),
    ],
)
def test_no_page_is_kept_past_the_next_change(client, tuesday, offices, kept, address, wall, change):
    """Around 9 am, 3 pm, midnight, a closure's start and the start of special hours."""
    make_closure(THURSDAY, reason="Thanksgiving")
    make_closure(date(2026, 11, 27), opens=time(11), closes=time(12), location=offices[1])
    end = datetime.fromisoformat(change).replace(tzinfo=PHOENIX).timestamp()
    tuesday.move_to(datetime.fromisoformat(wall).replace(tzinfo=PHOENIX) - timedelta(minutes=10))
    client.get(address)
    assert kept.serves(end - 60)
    assert not kept.serves(end)


@pytest.mark.parametrize("wall", ["2026-11-24T09:00:00", "2026-11-24T15:00:00"])
def test_a_copy_from_before_the_change_is_not_confirmed_after_it(client, tuesday, offices, wall):
    now = datetime.fromisoformat(wall).replace(tzinfo=PHOENIX)
    tuesday.move_to(now - timedelta(seconds=20))
    early = client.get("/locations/tempe/")
    tuesday.move_to(now + timedelta(seconds=1))
    late = client.get("/locations/tempe/", headers={"if-none-match": early["ETag"]})
    assert late.status_code == 200


@pytest.mark.parametrize(
    ("wall", "text"),
    [
        ("2026-11-24T08:59:59", "Opens today at 9 am"),
        ("2026-11-24T09:00:00", "Open now until 3 pm"),
        ("2026-11-24T15:00:00", "Opens tomorrow at 9 am"),
    ],
)
def test_the_badge_at_the_edges(client, tuesday, offices, wall, text):
    tuesday.move_to(datetime.fromisoformat(wall).replace(tzinfo=PHOENIX))
    assert text in client.get("/locations/mesa/").content.decode()


def test_a_card_to_save(client, tuesday, offices):
    response = client.get("/locations/mesa/contact-card/")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert 'filename="mesa.vcf"' in response["Content-Disposition"]
    card = response.content.decode()
    assert card.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert "TEL;TYPE=WORK,VOICE:+14805550100" in card
    assert "ADR;TYPE=WORK:;;1 Desert Way;Mesa;AZ;85000;US" in card


def test_the_page_says_the_same_to_search_engines(client, tuesday, offices):
    make_closure(THURSDAY, reason="Thanksgiving")
    html = client.get("/locations/mesa/").content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S).group(1))
    office = next(thing for thing in data["@graph"] if thing.get("@id", "").endswith("#office"))
    assert office["openingHoursSpecification"][0]["opens"] == "09:00"
    assert office["specialOpeningHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": "2026-11-26",
            "validThrough": "2026-11-26",
            "opens": "00:00",
            "closes": "00:00",
        }
    ]
    assert_defined(office)


def assert_defined(thing: dict) -> None:
    """Every property belongs to the thing's type, or to one above it, in schema.org's definitions."""
    from pathlib import Path

    vocabulary = json.loads((Path(__file__).parent.parent / "data/schema_org_extract.json").read_text())
    kinds, here = [], thing["@type"]
    pending = [here]
    while pending:
        kind = pending.pop()
        kinds.append(kind)
        pending += vocabulary["types"][kind]["above"]
    allowed = {name: expected for kind in kinds for name, expected in vocabulary["types"][kind]["properties"].items()}
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        assert name in allowed, (here, name)
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, dict):
                continue
            if "@type" in one:
                assert one["@type"] in allowed[name], (name, one["@type"])
                assert_defined(one)
            else:
                assert set(one) == {"@id"}


def test_few_questions_to_the_database(client, tuesday, offices, django_assert_max_num_queries):
    client.get("/locations/tempe/")
    with django_assert_max_num_queries(30):
        client.get("/locations/tempe/")


def test_the_footer_gives_the_coming_days_once(client, tuesday, offices):
    html = client.get("/").content.decode()
    data = re.findall(r'<script id="opening-readings" type="application/json">(.*?)</script>', html)
    assert len(data) == 1
    readings = json.loads(data[0])
    assert set(readings) == {"mesa", "tempe"}
    assert readings["mesa"][0] == [1795536000, "Open now until 3 pm", 1]
    assert len(data[0]) < 3000
