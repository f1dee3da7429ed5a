"""Whatever a row says, and however it came into the database: every page still answers."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innerbalance.locations.formats import closure_text, read_ahead, week_rows, week_text
from innerbalance.locations.forms import ClosureForm
from innerbalance.locations.models import Closure, LocationPage, WeeklySlot
from innerbalance.locations.models.timetable import Timetable
from innerbalance.locations.rules.structured_hours import (
    opening_hours_specification,
    special_opening_hours_specification,
)
from tests.factories import make_user
from tests.locations.factories import make_closure

NOW = datetime(2026, 11, 24, 17, tzinfo=UTC)
DAYS = st.dates() | st.dates(date(2026, 11, 1), date(2027, 1, 1)) | st.sampled_from([date.min, date.max])
TIMES = st.times() | st.sampled_from([time(0), time(9), time(15)])


def slot_rows():
    fields = {"weekday": st.integers(0, 9), "opens": TIMES, "closes": TIMES, "past_midnight": st.booleans()}
    return st.builds(WeeklySlot, location_id=st.just(1), **fields)


def closure_rows():
    fields = {"first": DAYS, "last": DAYS, "past_midnight": st.booleans(), "reason": st.text(max_size=20)}
    times = {"opens": st.none() | TIMES, "closes": st.none() | TIMES}
    return st.builds(Closure, location_id=st.none() | st.just(1), **fields, **times)


@given(
    st.lists(slot_rows(), max_size=6),
    st.lists(closure_rows(), max_size=5),
    st.sampled_from(["America/Phoenix", "Pacific/Kiritimati", "", "../etc", "Arizona", "America"]),
)
def test_the_evaluator_survives_anything_stored(slots, closures, zone):
    office = LocationPage(pk=1, title="Mesa", time_zone=zone)
    table = Timetable(published=lambda: [office], now=NOW)
    table._rows = ([office], slots, closures)
    hours = table.hours(office)
    assert all(reading.text for reading in read_ahead(hours, NOW, timedelta(days=8)))
    assert len(week_rows(hours, NOW)) == 7
    assert all(closure_text(closure, NOW.date()) for closure in hours.closures)
    assert isinstance(week_text(hours), str)
    assert opening_hours_specification(hours) is not None
    assert special_opening_hours_specification(hours, NOW) is not None
    hours.add_open_time(NOW, timedelta(hours=6))
    assert all(map(str, closures))


@pytest.mark.parametrize("address", ["/", "/locations/", "/locations/mesa/", "/locations/mesa/contact-card/"])
@pytest.mark.parametrize(
    "row",
    [
        Closure(first=date(2026, 11, 25), last=date.max),
        Closure(first=date.max, last=date.max),
        Closure(first=date.min, last=date.max, opens=time(9), closes=time(12)),
        Closure(first=date(2026, 11, 26), last=date(2026, 11, 25)),
        Closure(first=date(2026, 11, 26), last=date(2026, 11, 26), opens=time(9, 0, 30), closes=time(9)),
    ],
    ids=["for ever", "the last day", "always", "backwards", "no time at all"],
)
def test_pages_answer_whatever_closure_is_stored(client, tuesday, offices, address, row):
    row.pk = None
    row.save(force_insert=True)
    assert client.get(address).status_code == 200


def test_the_desk_can_still_delete_it(client, tuesday, offices):
    Closure.objects.create(first=date(2026, 11, 26), last=date(2026, 11, 25), reason="backwards")
    client.force_login(make_user("Office"))
    html = client.get("/admin/closures/").content.decode()
    assert "Unreadable closure from Thursday, November 26, 2026" in html
    assert client.get("/admin/").status_code == 200
    client.post(f"/admin/closures/delete/{Closure.objects.get().pk}/")
    assert not Closure.objects.exists()


def test_an_unknown_time_zone_is_read_as_the_practices_own(client, tuesday, offices):
    LocationPage.objects.update(time_zone="Mars/Olympus")
    assert "Open now until 3 pm" in client.get("/locations/mesa/").content.decode()


@pytest.mark.parametrize("tag", ["read", "read_ahead", "week_text"])
def test_a_page_survives_its_badge_and_footer(client, tuesday, offices, kept, monkeypatch, caplog, tag):
    def fail(*args):
        raise OverflowError("a private detail")

    monkeypatch.setattr(f"innerbalance.locations.templatetags.opening.{tag}", fail)
    response = client.get("/")
    assert response.status_code == 200
    assert "Template tag" in caplog.text
    assert "OverflowError" in caplog.text
    assert "private detail" not in caplog.text
    assert kept.names() == []  # the next reader's page may be whole again


@pytest.mark.parametrize("asked", ["_kept_top_pages", "shared_part", "practice"])
def test_a_page_survives_its_menu_trail_and_data(client, tuesday, offices, monkeypatch, asked):
    def fail(*args, **kwargs):
        raise OverflowError

    monkeypatch.setattr(f"innerbalance.pages.templatetags.site_tags.{asked}", fail)
    response = client.get("/locations/mesa/")
    assert response.status_code == 200
    assert "1 Desert Way" in response.content.decode()


def test_closures_far_away_change_nothing_today(client, tuesday, offices):
    make_closure(date.max, date.max)
    assert "Open now until 3 pm" in client.get("/locations/mesa/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/closures/saved/99999999999999999999/",
        "/admin/opening_hours/99999999999999999999/",
        "/admin/closures/edit/99999999999999999999/",
        "/locations/99999999999999999999/",
        "/locations/mesa/contact-card/more/",
    ],
)
def test_what_is_not_there_is_not_found(client, tuesday, offices, address):
    client.force_login(make_user("Office"))
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@given(st.dictionaries(st.sampled_from(["location", "first", "last", "opens", "closes", "reason", "what"]), st.text()))
def test_a_preview_answers_whatever_is_typed(typed):
    form = ClosureForm(typed, today=NOW.date())
    form.fields["location"].queryset = LocationPage.objects.none()
    assert form.errors or form.cleaned_data
