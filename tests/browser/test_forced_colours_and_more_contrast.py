"""Readers who force their own colours, or ask for more contrast, still see where things are and what is chosen."""

import pytest
from playwright.sync_api import expect

from innerbalance.demo.content.assessment import create_assessment
from tests.factories import make_blog, make_post
from tests.locations.factories import make_index, make_office

pytestmark = pytest.mark.django_db(transaction=True)

EDGES = 3  # to 1: WCAG 1.4.11

# The contrast of two colours as they are painted: the canvas turns every notation into bytes.
HELP = """
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const bytes = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = bytes(colour).map((c) => (c / 255 <= 0.04045 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (bytes(colour)[3] === 255) return colour;
    }
    return "Canvas";
  };
  // By its border, or by being filled with another colour than what is behind it.
  const edge = (element) => {
    const style = getComputedStyle(element);
    const border = style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) >= 1;
    const filled = bytes(style.backgroundColor)[3] === 255;
    return Math.max(
      border ? contrast(style.borderTopColor, behind(element)) : 1,
      filled ? contrast(style.backgroundColor, behind(element)) : 1,
    );
  };
"""
CONTROLS = (
    ".button, .menu-button, .badge, .choice, .assessment label, input:not([type=hidden], [tabindex='-1']), select"
)
FAINT_EDGES = f"""(least) => {{ {HELP}
  return [...document.querySelectorAll({CONTROLS!r})]
    .filter((one) => one.checkVisibility() && !one.matches("[type=radio], [type=checkbox]") && edge(one) < least)
    .map((one) => `${{edge(one).toFixed(1)}} ${{one.outerHTML.slice(0, 90)}}`);
}}"""
FAINT_DRAWING = f"""(least) => {{ {HELP}
  const of = (selector) => getComputedStyle(document.querySelector(selector));
  const field = of(".assessment-plane .is-field").fill;
  const ground = behind(document.querySelector(".assessment-plane svg"));
  const pairs = {{
    "the marker on the plane": [of(".assessment-plane [data-marker]").fill, field],
    "the edge of the plane": [of(".assessment-plane .is-field").stroke, ground],
    "the places on the plane": [of(".assessment-plane .is-place").stroke, field],
    "the line": [of(".assessment-line line").stroke, ground],
    "the part of the line where one is": [of(".assessment-line .is-here").stroke, ground],
    "the marker on the line": [of(".assessment-line [data-marker]").fill, ground],
  }};
  return Object.entries(pairs).filter(([, pair]) => contrast(...pair) < least).map(([name, pair]) => [name, ...pair]);
}}"""
RING = "(one) => { const style = getComputedStyle(one); return style.outlineStyle !== 'none' && style.outlineWidth; }"


@pytest.fixture
def site(home):
    make_office(make_index(home), "Mesa")
    return make_post(make_blog(home), title="Nearness", slug="nearness", body=[("assessment", create_assessment())])


@pytest.fixture(params=["forced, light", "forced, dark", "more contrast", "more contrast, dark"])
def reader(request, open_page, site):
    """A function that gives a page for a reader with these wishes."""
    forced = "forced" in request.param

    def make(width):
        wish = {"forced_colors": "active"} if forced else {"contrast": "more"}
        return open_page(width=width, dark="dark" in request.param, **wish)

    return make


@pytest.mark.parametrize("width", [360, 1280])
def test_every_control_has_an_edge(reader, width):
    page = reader(width)
    for address in ("/", "/blog/nearness/", "/request-a-consultation/", "/locations/mesa/"):
        page.goto(address)
        assert page.evaluate(FAINT_EDGES, EDGES) == [], address


def test_the_open_menu_stands_apart_from_the_page(reader):
    page = reader(360)
    page.goto("/")
    page.get_by_role("button", name="Menu").click()
    expect(page.locator("#menu")).to_be_visible()
    if page.evaluate("() => matchMedia('(forced-colors: active)').matches"):
        assert page.evaluate(f"() => {{ {HELP} return edge(document.getElementById('menu')); }}") >= EDGES
    assert page.evaluate(FAINT_EDGES, EDGES) == []


def test_where_one_stands_can_be_seen(reader):
    page = reader(360)
    page.goto("/blog/nearness/")
    page.get_by_role("button", name="Begin").click()
    for question in page.locator("[data-question]").all():
        choice = question.get_by_role("radio").nth(3)
        choice.check()
        choice.press("ArrowUp")
        assert question.locator("label", has=page.locator(":focus-visible")).evaluate(RING) not in (False, "0px")
        page.locator("[data-finish]").click()
    expect(page.get_by_role("heading", name="Where you stand today")).to_be_visible()
    assert page.evaluate(FAINT_EDGES, EDGES) == []
    assert page.evaluate(FAINT_DRAWING, EDGES) == []
