"""What other apps learn through the core's interface."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from wagtail.models import PageViewRestriction

from innerbalance.locations.models import WeeklySlot
from innerbalance.locations.models.pages import read_timetable
from innerbalance.locations.rules.slots import Kind
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


def test_an_offices_own_closure_holds_over_one_of_all_offices(offices):
    """Whichever was entered first."""
    mesa, tempe = offices
    make_closure(date(2026, 11, 24), location=mesa, opens=time(9), closes=time(11))
    make_closure(date(2026, 11, 24))
    directory = office_directory()
    assert directory.hours_sentence(mesa.pk, TUESDAY) == "Open now until 11 am"
    assert directory.hours_sentence(tempe.pk, TUESDAY) == "Closed today. Opens tomorrow at 9 am"


def test_of_two_closures_of_one_office_the_later_entered_one_holds(offices):
    mesa, _ = offices
    make_closure(date(2026, 11, 24), location=mesa)
    make_closure(date(2026, 11, 23), date(2026, 11, 24), location=mesa, opens=time(9), closes=time(12))
    assert office_directory().hours_sentence(mesa.pk, TUESDAY) == "Open now until noon"


def test_closing_sessions_leaves_the_phone_answered(offices):
    mesa, _ = offices
    WeeklySlot.objects.create(location=mesa, kind="sessions", weekday=1, opens=time(8), closes=time(20))
    make_closure(date(2026, 11, 24), location=mesa, applies_to="sessions")
    table = read_timetable()
    assert table.hours(mesa).is_open(TUESDAY)
    assert not table.hours(mesa, Kind.SESSIONS).is_open(TUESDAY)


def test_closing_the_front_office_leaves_sessions(offices):
    mesa, _ = offices
    WeeklySlot.objects.create(location=mesa, kind="sessions", weekday=1, opens=time(8), closes=time(20))
    make_closure(date(2026, 11, 24), applies_to="front_office", opens=time(9), closes=time(9, 30))
    table = read_timetable()
    assert not table.hours(mesa).is_open(TUESDAY)
    assert table.hours(mesa, Kind.SESSIONS).is_open(TUESDAY)


def test_special_hours_make_no_session_hours_where_there_are_none(offices):
    mesa, _ = offices
    make_closure(date(2026, 11, 24), opens=time(9), closes=time(12))
    table = read_timetable()
    assert table.hours(mesa).is_open(TUESDAY)
    assert not table.hours(mesa, Kind.SESSIONS).is_open(TUESDAY)


def test_offices_stand_in_the_order_of_the_page_tree(offices):
    mesa, tempe = offices
    tempe.move(mesa.get_parent(), pos="first-child")
    assert [office.name for office in office_directory().offices()] == ["Tempe", "Mesa"]


def test_an_office_behind_a_password_is_no_office_to_the_public(client, offices):
    mesa, _ = offices
    PageViewRestriction.objects.create(page=mesa, restriction_type="password", password="quiet")
    assert [office.name for office in office_directory().offices()] == ["Tempe"]
    for address in ("/", "/locations/", "/locations/tempe/"):
        html = client.get(address).content.decode()
        assert "Tempe" in html
        assert "Mesa" not in html
