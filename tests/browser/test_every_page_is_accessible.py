"""Each page type by axe, light and dark, on a phone and a wide screen; no page scrolls sideways."""

import pytest

from tests.templates.small_site import build_small_site


@pytest.fixture
def small_site(transactional_db):
    return build_small_site()


def walk(page, site):
    """Opens each kind of page in turn."""
    for path in site.paths.values():
        page.goto(path)
        yield path


@pytest.mark.parametrize(("width", "dark"), [(360, False), (360, True), (1280, False), (1280, True)])
def test_every_page_is_accessible(open_page, small_site, assert_accessible, width, dark):
    page = open_page(width=width, dark=dark)
    for _ in walk(page, small_site):
        assert_accessible(page)


def test_nothing_scrolls_sideways_at_320_pixels(open_page, small_site):
    page = open_page(width=320, height=640)
    wide = [
        path for path in walk(page, small_site) if page.evaluate("document.documentElement.scrollWidth > innerWidth")
    ]
    assert not wide


def test_what_is_touched_is_large_enough(open_page, small_site):
    """44 px for what stands alone; links inside a sentence are exempt (WCAG 2.5.8)."""
    page = open_page(width=360, height=800)
    script = """() => [...document.querySelectorAll('button, summary, input, .button, nav a, .chips a, footer ul a')]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 43.5 && !one.closest('.skip-link'))
        .map(one => one.outerHTML.slice(0, 120))"""
    small = [one for _ in walk(page, small_site) for one in page.evaluate(script)]
    assert not small


def test_the_menu_opens_without_script_and_closes_by_escape(open_page, small_site):
    page = open_page(width=360, height=740, javascript=False)
    page.goto("/")
    menu = page.get_by_role("navigation", name="Main")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert menu.get_by_role("link", name="Reading").is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()


def test_by_keyboard_the_first_stop_leads_past_the_header(open_page, small_site):
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_link_is_copied_when_the_browser_can(open_page, small_site):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(small_site.paths["post"])
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("The link is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith(small_site.paths["post"])


def test_on_paper_the_article_stands_alone(open_page, small_site):
    page = open_page()
    page.goto(small_site.paths["post"])
    page.emulate_media(media="print")
    assert page.locator("main h1").is_visible()
    assert page.locator(".print-only").is_visible()
    for part in (".site-footer", ".menu", ".breadcrumbs", ".related", ".share"):
        assert not page.locator(part).first.is_visible(), part
