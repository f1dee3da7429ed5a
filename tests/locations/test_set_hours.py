"""The office sets the week and decides about holidays."""

from datetime import date, time

import pytest

from innerbalance.locations.models import Closure, HolidayDecision
from tests.factories import make_user
from tests.locations.factories import make_closure

THANKSGIVING = "2026-11-26"


@pytest.fixture
def office(client, offices):
    client.force_login(make_user("Office"))


def week(*rows, total=None):
    data = {"form-TOTAL_FORMS": str(total or len(rows)), "form-INITIAL_FORMS": "5"}
    for n, (kind, weekday, opens, closes, more) in enumerate(rows):
        data |= {
            f"form-{n}-kind": kind,
            f"form-{n}-weekday": str(weekday),
            f"form-{n}-opens": opens,
            f"form-{n}-closes": closes,
            **{f"form-{n}-{name}": "on" for name in more},
        }
    return data


ROWS = [("front_office", day, "09:00", "15:00", ()) for day in range(5)]


def test_a_week_with_a_break_and_a_late_evening(client, tuesday, offices, office):
    address = f"/admin/opening_hours/{offices[0].pk}/"
    assert client.get(address).status_code == 200
    rows = [*ROWS[:4], ("front_office", 4, "09:00", "12:00", ()), ("front_office", 4, "13:00", "17:00", ())]
    rows += [("sessions", 5, "22:00", "01:00", ("past_midnight",)), ("front_office", 0, "", "", ())]
    response = client.post(address, week(*rows), follow=True)
    assert "Friday 9 am to noon and 1 pm to 5 pm" in response.content.decode()
    assert offices[0].weekly_slots.count() == 7
    assert offices[1].weekly_slots.count() == 5
    assert "9 am to noon and 1 pm to 5 pm" in client.get("/locations/mesa/").content.decode()


def test_remove_a_row(client, tuesday, offices, office):
    rows = [*ROWS[:4], (*ROWS[4][:4], ("DELETE",))]
    client.post(f"/admin/opening_hours/{offices[0].pk}/", week(*rows))
    assert sorted(offices[0].weekly_slots.values_list("weekday", flat=True)) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("front_office", 0, "14:00", "16:00", ()), "This overlaps with other hours on Monday"),
        (("front_office", 5, "15:00", "09:00", ()), "This is not after the opening time."),
        (("front_office", 5, "09:00", "15:00", ("past_midnight",)), "This is more than 24 hours."),
        (("front_office", 5, "09:00", "", ()), "This field is required."),
        (("front_office", 6, "22:00", "10:00", ("past_midnight",)), "This overlaps with other hours on Sunday"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(client, tuesday, offices, office, row, words):
    response = client.post(f"/admin/opening_hours/{offices[0].pk}/", week(*ROWS, row))
    assert words in response.content.decode()
    assert offices[0].weekly_slots.count() == 5


def test_an_old_draft_of_the_page_brings_no_old_hours_back(client, tuesday, offices, office):
    draft = offices[0].save_revision()
    client.post(f"/admin/opening_hours/{offices[0].pk}/", week(*ROWS[:4], (*ROWS[4][:4], ("DELETE",))))
    draft.publish()
    assert offices[0].weekly_slots.count() == 4


def decide(client, day=THANKSGIVING, **values):
    return client.post("/admin/holidays/", {f"{day}-{name}": value for name, value in values.items()}, follow=True)


def test_close_for_a_holiday(client, tuesday, offices, office):
    assert "Thanksgiving Day" in client.get("/admin/holidays/").content.decode()
    decide(client, decision="closed")
    assert Closure.objects.get().first == date(2026, 11, 26)
    assert "Closed Thursday, November 26 (Thanksgiving Day)" in client.get("/locations/mesa/").content.decode()
    assert "Not decided yet" not in client.get("/admin/").content.decode()


def test_one_on_a_weekend_says_which_day_is_which(client, tuesday, offices, office):
    html = client.get("/admin/holidays/").content.decode()
    assert "Falls on a weekend and is observed on Monday, July 5, 2027." in html
    assert "The holiday itself is Sunday, July 4, 2027; offices that observe it usually close on this day." in html


def test_special_hours_then_open_as_usual(client, tuesday, offices, office):
    decide(client, decision="special", opens="09:00", closes="11:00")
    assert Closure.objects.get().closes == time(11)
    decide(client, decision="open")
    assert not Closure.objects.exists()
    assert HolidayDecision.objects.get().decision == "open"


def test_special_hours_need_times(client, tuesday, offices, office):
    html = decide(client, decision="special", opens="09:00").content.decode()
    assert "Enter the time it closes." in html
    assert not HolidayDecision.objects.exists()


def test_taking_the_closure_back_takes_the_decision_back(client, tuesday, offices, office):
    decide(client, decision="closed")
    client.post(f"/admin/closures/delete/{Closure.objects.get().pk}/")
    assert not HolidayDecision.objects.exists()
    assert "Not decided yet" in client.get("/admin/").content.decode()


def test_nothing_is_assumed(client, tuesday, offices):
    tuesday.move_to("2026-11-26T10:00:00-07:00")
    assert "Open now until 3 pm" in client.get("/locations/mesa/").content.decode()


def test_an_entered_closure_stays_when_its_holiday_is_decided(client, tuesday, offices, office):
    """The day is closed already: deciding "closed" notes it, and enters no second closure over the first."""
    make_closure(date(2026, 11, 25), date(2026, 11, 27), reason="Thanksgiving break")
    decide(client, decision="closed")
    assert HolidayDecision.objects.get().closure is None
    assert [c.reason for c in Closure.objects.all()] == ["Thanksgiving break"]
    decide(client, decision="special", opens="09:00", closes="11:00")
    assert [c.reason for c in Closure.objects.all()] == ["Thanksgiving break"]


def test_one_offices_closure_does_not_decide_for_all(client, tuesday, offices, office):
    make_closure(date(2026, 11, 26), location=offices[0])
    decide(client, decision="closed")
    assert HolidayDecision.objects.get().closure.location is None


def test_deciding_again_replaces_the_decision(client, tuesday, offices, office):
    decide(client, decision="closed")
    decide(client, decision="special", opens="09:00", closes="11:00")
    assert [(c.opens, c.closes) for c in Closure.objects.all()] == [(time(9), time(11))]
    assert HolidayDecision.objects.get().decision == "special"


def test_saving_without_a_change_decides_nothing(client, tuesday, offices, office):
    assert "0 decisions saved." in decide(client, decision="").content.decode()
    assert not HolidayDecision.objects.exists()
