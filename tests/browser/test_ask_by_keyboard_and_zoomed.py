"""The whole consultation form by keyboard alone, at 100 % and at 400 % zoom (a window of 1280 by 1024 then shows 320 by
256 CSS pixels): every stop of the Tab key is seen, and nothing needs scrolling sideways."""

import re

import pytest
from playwright.sync_api import expect

from intake.models import ConsultationRequest
from intake.services.records import answers_of
from tests.browser.test_ask_for_a_consultation import ADDRESS, patient_reader, two_offices  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

ZOOMS = {
    "100 %": {"width": 1280, "height": 1024},
    "400 %": {"width": 320, "height": 256, "device_scale_factor": 4},
}
MANY_STOPS = 120

# Where the focus is: what has it, how much of it can be seen (WCAG 2.4.11: another part of the page may cover a part of
# it, not all), and whether a ring is drawn around it or around the label that holds it.
FOCUS = """() => {
  const focused = document.activeElement;
  const ring = focused.closest(".choice") || focused;
  const box = ring.getBoundingClientRect();
  const seen = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x, y])).filter(([x, y]) => {
    const top = document.elementFromPoint(box.x + x * box.width, box.y + y * box.height);
    return top && (ring.contains(top) || top.contains(ring) && !top.matches("html, body"));
  });
  const style = getComputedStyle(ring);
  return {
    id: focused.id, name: focused.name || "", text: focused.textContent.trim().slice(0, 40),
    seen: seen.length / 9, ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


@pytest.fixture(params=ZOOMS, ids=list(ZOOMS))
def page(request, open_page):
    page = open_page(**ZOOMS[request.param])
    page.goto(ADDRESS)
    return page


def focus(page) -> dict:
    """Where the keyboard is now; fails when the reader could not see it."""
    at = page.evaluate(FOCUS)
    assert at["seen"] > 0, f"covered, or out of sight: {at}"
    assert at["ringed"], f"no ring: {at}"
    return at


def tab_to(page, wanted: str, *, back: bool = False) -> None:
    """Press Tab until the field with this id or name, or the link or button with this text, has the focus."""
    for _ in range(MANY_STOPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        at = focus(page)
        if wanted in (at["id"], at["name"], at["text"]):
            return
    raise AssertionError(f"The Tab key never reaches {wanted}.")


def no_sideways_scrolling(page) -> bool:
    return page.evaluate(
        "() => { scrollTo(500, scrollY); return scrollX === 0 && document.body.scrollWidth <= innerWidth; }"
    )


def test_the_whole_form_without_a_mouse(page):
    tab_to(page, "name")
    page.keyboard.type("Ana Ruiz")
    tab_to(page, "phone")
    page.keyboard.type("480 555 0134")
    tab_to(page, "voicemail_safe")
    page.keyboard.press("Space")
    tab_to(page, "text_safe")
    page.keyboard.press("ArrowDown")
    tab_to(page, "practice_named")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    tab_to(page, "best_times")
    page.keyboard.press("Space")
    tab_to(page, "who_for")
    page.keyboard.press("Space")
    tab_to(page, "note")
    page.keyboard.type("One line")
    page.keyboard.press("Enter")
    page.keyboard.type("and another")
    tab_to(page, "phone", back=True)
    tab_to(page, "Send my request")
    assert no_sideways_scrolling(page)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("received"))
    said = answers_of(ConsultationRequest.objects.get())
    assert (said.name, said.phone) == ("Ana Ruiz", "+14805550134")
    assert (said.voicemail_safe, said.text_safe, said.practice_named) == ("yes", "no", "yes")
    assert (said.best_times, said.who_for) == (("morning",), "me")
    assert said.note.split() == "One line and another".split()
    assert no_sideways_scrolling(page)


def test_the_mistakes_take_the_focus_and_each_leads_to_its_field(page):
    tab_to(page, "email")
    page.keyboard.type("ana at example")
    page.keyboard.press("Enter")
    page.locator("#error-summary").wait_for()
    assert page.evaluate(FOCUS)["id"] == "error-summary"
    links = page.locator("#error-summary a")
    assert links.count() >= 4
    assert no_sideways_scrolling(page)
    for number in range(links.count()):
        page.locator("#error-summary").focus()
        for _ in range(number + 1):
            page.keyboard.press("Tab")
            focus(page)
        target = links.nth(number).get_attribute("href").removeprefix("#")
        page.keyboard.press("Enter")
        expect(page.locator(f"[id='{target}']")).to_be_focused()
        at = focus(page)
        assert (at["id"], at["seen"]) == (target, 1), "The button that stays at the top covers the field."
    assert page.locator("#id_email").input_value() == "ana at example"


def test_nothing_is_cut_off(page):
    """Words that stick out of their box are lost at this size, for nobody can scroll there."""
    cut = page.evaluate("""() => [...document.querySelectorAll("main *, header *, footer *")]
      .filter((one) => one.clientWidth > 1 && getComputedStyle(one).overflowX !== "visible" &&
        one.scrollWidth > one.clientWidth + 1 && !one.matches(".honeypot, .honeypot *, textarea, select, input"))
      .map((one) => one.outerHTML.slice(0, 80))""")
    assert cut == []
    wide = page.evaluate("""() => [...document.querySelectorAll("main *, header *, footer *")]
      .filter((one) => !one.closest("svg") && one.checkVisibility())
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .map((one) => one.outerHTML.slice(0, 80))""")
    assert wide == []
