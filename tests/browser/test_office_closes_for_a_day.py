"""The office closes Tempe for tomorrow in the browser, and a reader's page follows the clock by itself."""

import pytest
import time_machine
from playwright.sync_api import expect

from tests.factories import make_user
from tests.locations.factories import make_index, make_office

pytestmark = pytest.mark.django_db(transaction=True)

TUESDAY_2_58_PM = "2026-11-24T14:58:00-07:00"


@pytest.fixture
def tempe(home):
    index = make_index(home)
    make_office(index, "Mesa")
    return make_office(index, "Tempe")


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "America/Phoenix"])
def test_the_badge_changes_at_3_pm_without_reloading(open_page, tempe, zone):
    with time_machine.travel(TUESDAY_2_58_PM):
        page = open_page(timezone_id=zone, locale="de-DE")
        page.clock.install(time=TUESDAY_2_58_PM)
        page.goto("/locations/tempe/")
        badge = page.locator("main [data-opening=tempe]")
        expect(badge).to_have_text("Open now until 3 pm")
        expect(page.locator("main [data-opening-moment]")).to_be_hidden()
        page.clock.run_for(3 * 60 * 1000)
        expect(badge).to_have_text("Opens tomorrow at 9 am")
        expect(page.locator("footer [data-opening=mesa]")).to_have_text("Opens tomorrow at 9 am")
        page.clock.run_for(18 * 60 * 60 * 1000)
        expect(badge).to_have_text("Open now until 3 pm")


def test_a_page_left_open_for_weeks_says_the_ordinary_hours(open_page, tempe):
    with time_machine.travel(TUESDAY_2_58_PM):
        page = open_page()
        page.clock.install(time=TUESDAY_2_58_PM)
        page.goto("/locations/tempe/")
        page.clock.fast_forward(20 * 24 * 60 * 60 * 1000)
        expect(page.locator("main [data-opening=tempe]")).to_have_text("Front office: Monday to Friday 9 am to 3 pm")


def test_without_javascript_the_page_names_its_moment(open_page, tempe):
    with time_machine.travel(TUESDAY_2_58_PM, tick=False):
        page = open_page(javascript=False)
        page.goto("/locations/tempe/")
        expect(page.locator("main [data-opening=tempe]")).to_have_text("Open now until 3 pm")
        expect(page.locator("main [data-opening-moment]")).to_have_text(
            "as of Tuesday, November 24, 2026 at 2:58 pm Arizona time"
        )


@pytest.mark.parametrize("address", ["/locations/", "/locations/tempe/"])
@pytest.mark.parametrize(("width", "dark"), [(320, False), (360, True), (1280, False)])
def test_everyone_can_use_it(open_page, assert_accessible, tempe, address, width, dark):
    page = open_page(width=width, dark=dark)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page)


def test_close_tempe_for_tomorrow(signed_in, open_page, tempe):
    page = signed_in(make_user("Office"))
    form = page.locator("[data-closure-form]")
    form.get_by_label("Office").select_option(label="Tempe")
    form.get_by_label("Reason").fill("A pipe burst")
    form.get_by_label("Reason").blur()
    expect(form.locator("[data-closure-preview]")).to_contain_text("Tempe will read")
    form.get_by_role("button", name="Save closure").click()
    expect(page.locator("main")).to_contain_text("A pipe burst")
    reader = open_page()
    for address in ("/locations/", "/locations/tempe/"):
        reader.goto(address)
        expect(reader.locator("main")).to_contain_text("A pipe burst")
    tomorrow = tempe.closures.get().first
    with time_machine.travel(f"{tomorrow}T10:00:00-07:00"):
        reader = open_page()
        reader.clock.install(time=f"{tomorrow}T10:00:00-07:00")
        for address in ("/", "/locations/", "/locations/tempe/"):
            reader.goto(address)
            expect(reader.locator("footer [data-opening=tempe]")).to_contain_text("Closed today (A pipe burst)")
            expect(reader.locator("footer [data-opening=mesa]")).not_to_contain_text("pipe")


def test_weekly_hours_fit_beside_the_menu(signed_in, tempe):
    page = signed_in(make_user("Office"))
    page.goto(f"/admin/opening_hours/{tempe.pk}/")
    last = page.get_by_role("columnheader", name="Remove").bounding_box()
    assert last["x"] + last["width"] <= 1280
