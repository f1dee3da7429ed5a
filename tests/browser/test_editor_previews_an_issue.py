"""What the editor's preview shows of an issue is what readers get: as wide, as dark, and styled."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from innerbalance.pages.models import HomePage
from innerbalance.security.roles import EDITORS
from newsletter.blocks.previews import PHONE_WIDTH, WIDE
from tests.factories import make_user
from tests.newsletter.factories import make_archive, make_issue
from tests.templates.tokens import hex_colour, schemes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def issue(transactional_db):
    return make_issue(make_archive(HomePage.objects.get()))


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[n : n + 2], 16)) for n in (1, 3, 5))})"


@pytest.mark.parametrize("dark_screen", [False, True])
def test_each_mode_shows_what_it_says_on_any_screen(signed_in, issue, dark_screen):
    page = signed_in(make_user(EDITORS), dark=dark_screen)
    page.goto(reverse("wagtailadmin_pages:edit", args=[issue.pk]))
    page.get_by_role("button", name=re.compile("Toggle preview", re.IGNORECASE)).click()
    preview = page.frame_locator("#w-preview-iframe")
    # The archive page comes first; before it, the panel is not listening.
    expect(preview.get_by_role("heading", name="News of May")).to_be_visible(timeout=20_000)
    mode = page.get_by_label("Preview mode")
    ours = {name: {key: rgb(hex_colour(lch)) for key, lch in colours.items()} for name, colours in schemes().items()}
    for name, width, scheme in (
        ("Email", WIDE, "light"),
        ("Email on a phone", PHONE_WIDTH, "light"),
        ("Email in dark mode", WIDE, "dark"),
    ):
        mode.select_option(label=name)
        mail = preview.frame_locator(f'iframe[title="The email, {width} pixels wide"]')
        around = ours[scheme]["surface" if scheme == "dark" else "surface-sunk"]
        expect(mail.locator("body")).to_have_css("background-color", around, timeout=20_000)
        expect(mail.locator("h1")).to_have_css("color", ours[scheme]["ink"])
        assert mail.locator("html").evaluate("root => root.clientWidth") == width
    mode.select_option(label="Plain text")
    text = preview.locator("pre")
    expect(text).to_contain_text("News of May")
    assert "<" not in text.inner_text()
