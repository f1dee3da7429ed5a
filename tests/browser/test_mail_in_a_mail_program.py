"""An issue's mail where it is read: narrow and wide, light and dark, and with pictures that never load."""

import pytest

from innerbalance.pages.models import HomePage
from newsletter.blocks.issue import IssueBlock
from newsletter.blocks.rendering import render_issue
from tests.newsletter.factories import every_block, make_archive, make_issue

pytestmark = pytest.mark.django_db(transaction=True)
POSTS = [{"title": "When worry keeps you up", "url": "http://localhost/a/", "summary": "Four things.", "published": ""}]
# A mail stands in its program's window: the landmarks of a page are not its own.
NO_PAGE = {"region": {"enabled": False}, "landmark-one-main": {"enabled": False}}


@pytest.fixture
def issue(transactional_db, settings, live_server):
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    body = every_block()
    assert {kind for kind, _ in body} == set(IssueBlock.base_blocks)
    return make_issue(make_archive(HomePage.objects.get()), body=body)


@pytest.mark.parametrize("test", [False, True], ids=["mail", "test mail"])
@pytest.mark.parametrize(("width", "dark"), [(320, False), (360, True), (700, False), (1280, True)])
def test_it_is_whole_without_pictures(open_page, assert_accessible, issue, width, dark, test):
    page = open_page(width=width, dark=dark)
    page.route("**/*", lambda route: route.abort())
    page.set_content(render_issue(page=issue, posts=POSTS, test=test).html)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("h1").bounding_box()["width"] <= 520
    # What stands in for the picture can be read: it is as wide as the text, and higher than a line.
    stand_in = page.get_by_alt_text("A path").bounding_box()
    assert stand_in["width"] == page.locator("h1").bounding_box()["width"]
    assert stand_in["height"] >= 24
    button = page.get_by_role("link", name="Ask for a first session").bounding_box()
    assert button["height"] >= 44
    assert page.get_by_text("This is a test.").is_visible() is test
    assert_accessible(page, rules=NO_PAGE)


def test_no_text_is_smaller_than_16_pixels_but_the_editions_number(open_page, issue):
    page = open_page(width=360)
    page.route("**/*", lambda route: route.abort())
    page.set_content(render_issue(page=issue, posts=POSTS).html)
    small = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(one => one.checkVisibility() && [...one.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
            .filter(one => parseFloat(getComputedStyle(one).fontSize) < 16).map(one => one.textContent)"""
    )
    assert [text[:8] for text in small] == ["Edition "]
