"""What other apps learn through the core's interface."""

from datetime import UTC, date, datetime, timedelta

import pytest

from innerbalance.locations.services.directory import office_directory
from tests.locations.factories import make_closure, make_index, make_office

TUESDAY = datetime(2026, 11, 24, 17, tzinfo=UTC)


def test_the_directory(offices):
    mesa, tempe = office_directory().offices()
    assert (mesa.name, mesa.slug, mesa.url, mesa.phone) == ("Mesa", "mesa", "/locations/mesa/", "+14805550100")
    assert mesa.address_lines == ("1 Desert Way", "Mesa, AZ 85000")
    assert str(mesa.time_zone) == "America/Phoenix"
    directory = office_directory()
    assert directory.is_open(tempe.id, TUESDAY)
    assert directory.hours_sentence(tempe.id, TUESDAY) == "Open now until 3 pm"
    assert directory.open_time_between(mesa.id, TUESDAY, TUESDAY + timedelta(days=1)) == timedelta(hours=6)
    with pytest.raises(KeyError):
        directory.is_open(0, TUESDAY)


def test_the_answer_clock_stands_still_on_a_closure(offices):
    _, tempe = offices
    make_closure(date(2026, 11, 25), location=tempe)
    due = office_directory().add_open_time(tempe.pk, TUESDAY, timedelta(hours=6))
    assert due == datetime(2026, 11, 26, 17, tzinfo=UTC)


def test_a_draft_is_no_office(home):
    index = make_index(home)
    make_office(index, "Mesa").unpublish()
    assert office_directory().offices() == []


def test_the_demo_makes_both_offices_once(home):
    from innerbalance.demo.content.offices import create_offices

    first = create_offices(home)
    again = create_offices(home)
    assert [o.slug for o in first] == [o.slug for o in again] == ["mesa", "tempe"]
    assert office_directory().is_open(first[0].pk, TUESDAY)
