"""What mail programs make of an issue: one column, readable, in the site's colours, light and dark."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings

from newsletter.blocks import previews as issue_previews
from newsletter.blocks.rendering import PREFERENCES_URL, TEST_PATH, UNSUBSCRIBE_URL, render_issue
from newsletter.rules.checklist import LARGEST_HTML
from tests.factories import make_image
from tests.newsletter.factories import make_issue
from tests.templates.tokens import hex_colour, schemes

pytestmark = pytest.mark.django_db
STYLES = (Path(settings.BASE_DIR) / "templates/mail/newsletter_issue.css").read_text()
HEX = re.compile(r"#[0-9a-f]{6}\b")
WHITE = "#ffffff"


@pytest.fixture
def outputs(issue):
    return render_issue(page=issue, posts=[])


def preview(issue, mode: str) -> str:
    return issue.make_preview_request(preview_mode=mode).content.decode()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_one_of_the_sites(scheme):
    light, _, dark = STYLES.partition("@media (prefers-color-scheme: dark)")
    used = set(HEX.findall(light if scheme == "light" else dark))
    assert used
    assert used - {WHITE} <= {hex_colour(colour) for colour in schemes()[scheme].values()}


def test_what_can_be_inlined_is_inlined_and_the_rest_stays_in_the_head(outputs):
    style = re.search(r"<style>(.*?)</style>", outputs.html, re.DOTALL)[1]
    assert "prefers-color-scheme: dark" in style
    assert "max-width: 480px" in style
    assert style.lstrip().startswith("@media")
    for tag in re.findall(r"<(?:h1|h2|p|a|td)\b[^>]*>", outputs.html):
        assert "style=" in tag or 'class="' not in tag, tag


def test_nothing_is_fetched_but_pictures(outputs):
    assert not re.search(r"<(link|script|iframe|form|video)\b|@import|@font-face|url\(", outputs.html)


def test_every_address_in_it_is_absolute(archive):
    body = [
        ("image", {"image": make_image(), "alt": "A path", "decorative": False, "caption": "", "credit": ""}),
        ("text", '<p><a href="/team/">Our team</a></p>'),
        (
            "callout",
            {"heading": "Talk", "text": "", "buttons": [{"text": "Ask", "page": None, "address": "/request/"}]},
        ),
    ]
    outputs = render_issue(page=make_issue(archive, body=body), posts=[])
    found = re.findall(r'(?:href|src)="([^"]*)"', outputs.html)
    assert len(found) > 5
    assert all(one.startswith(("http://", "https://")) or one in {UNSUBSCRIBE_URL, PREFERENCES_URL} for one in found)


def test_twenty_posts_and_a_full_body_stay_well_below_where_gmail_cuts(archive):
    body = [("text", f"<p>{'A sentence of an editor. ' * 40}</p>") for _ in range(12)]
    body.append(("latest_posts", {"heading": "New", "most": 20}))
    posts = [
        {"title": "T" * 90, "url": f"https://example.org/{n}/", "summary": "s" * 250, "published": "2026-05-01"}
        for n in range(20)
    ]
    html = render_issue(page=make_issue(archive, body=body), posts=posts).html
    assert len(html.encode()) < LARGEST_HTML / 2


def test_text_mails_have_short_lines_and_whole_addresses(outputs):
    for line in outputs.text.splitlines():
        assert len(line) <= 72 or " " not in line.strip(), line


def test_both_parts_say_who_writes_why_and_how_to_leave(outputs):
    for output in (outputs.html, outputs.text):
        plain = " ".join(output.split())
        for words in (
            "Inner Balance Counseling",
            "You get this because you signed up",
            "Unsubscribe",
            "Read it on the",
        ):
            assert words in plain
        assert "We don't track whether you open this email" in plain
        assert UNSUBSCRIBE_URL in output
        assert PREFERENCES_URL in output


class TestPreviews:
    def test_each_is_as_wide_as_it_says_in_the_scheme_that_it_says(self, issue):
        for mode, width, scheme, query in (
            ("mail", issue_previews.WIDE, "light", "not all"),
            ("mail-phone", issue_previews.PHONE_WIDTH, "light", "not all"),
            ("mail-dark", issue_previews.WIDE, "dark", "all"),
        ):
            html = unescape(preview(issue, mode))
            assert f"width: {width}px" in html
            assert f'name="color-scheme" content="{scheme}"' in html
            # Whatever the editor's own screen is.
            assert "prefers-color-scheme" not in html
            assert f"@media {query}{{" in html.replace(" {", "{")

    def test_its_styles_may_apply_and_nothing_may_run(self, issue):
        policy = issue.make_preview_request(preview_mode="mail")["Content-Security-Policy"]
        assert "style-src 'unsafe-inline'" in policy
        assert "default-src 'none'" in policy
        assert "script-src" not in policy

    def test_no_two_modes_are_the_same(self, issue):
        assert len({preview(issue, mode) for mode, _ in issue.preview_modes}) == len(issue.preview_modes) == 5

    @pytest.mark.parametrize("mode", [mode for mode, _ in issue_previews.MODES if mode])
    def test_links_in_a_preview_lead_to_a_page_that_says_what_they_are(self, issue, client, mode):
        html = preview(issue, mode)
        assert UNSUBSCRIBE_URL not in html
        assert TEST_PATH in html
        # Nobody can open the archive page of a draft.
        assert issue.full_url not in html
        assert "This link is from a test" in client.get(TEST_PATH).content.decode()
