"""A page behind a login or a password is named nowhere to strangers."""

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import make_clinician, make_post, make_standard_page

SECRET = "Quartz Lantern"
ADDRESSES = ("/", "/team/", "/blog/", "/locations/", "/request-a-consultation/", "/sitemap.xml", "/no-such-page/",
             "/search/?q=quartz", "/blog/feed/", "/blog/feed/rss/", "/services/", "/newsletter/")  # fmt: skip


def _restrict(page, kind: str) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x" if kind == "password" else "")


def _answers(client) -> dict[str, str]:
    return {address: client.get(address).content.decode() for address in ADDRESSES}


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
@pytest.mark.parametrize("what", ["clinician", "standard page", "post"])
def test_a_restricted_page_is_in_no_public_answer(client, home, team, blog, what, kind):
    make_standard_page(home, slug="services", show_in_menus=True)
    author = make_clinician(team)
    pages = {
        "clinician": lambda: make_clinician(team, SECRET, summary=f"{SECRET} sees adults."),
        "standard page": lambda: make_standard_page(home, SECRET, intro=f"{SECRET}.", show_in_menus=True),
        "post": lambda: make_post(blog, title=SECRET, summary=f"About {SECRET}.", authors=(author,)),
    }
    page = pages[what]()
    shown = [address for address, html in _answers(client).items() if SECRET in html]
    assert shown, "the test would see it if it were public"
    _restrict(page, kind)
    assert [address for address, html in _answers(client).items() if SECRET in html] == []
    assert SECRET not in client.get(page.url, follow=True).content.decode()


def test_the_page_that_asks_for_a_login_is_there(client, home):
    """Its address looks like a page's; it has to be found before pages are looked for."""
    assert client.get("/_util/login/").status_code == 200
