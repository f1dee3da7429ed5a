"""What holds for every page type: one h1, landmarks, a way past the header, one address, nothing inline."""

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import timezone

from blog.models import BlogPostPage
from innerbalance.images.jobs import make_sizes

WITHOUT_OWN_ADDRESS = {"not found"}
KINDS = [
    "home",
    "standard",
    "team",
    "clinician",
    "blog",
    "blog second page",
    "topic",
    "author",
    "post",
    "plain post",
    "search",
    "search without results",
    "not found",
]


@pytest.fixture
def pages(client, small_site) -> dict[str, BeautifulSoup]:
    """Each kind of page, read once: the site is costly to make."""
    return {kind: BeautifulSoup(client.get(small_site.paths[kind]).text, "html.parser") for kind in KINDS}


def test_every_kind_is_well_formed(pages):
    faults = [f"{kind}: {fault}" for kind, page in pages.items() for fault in faults_of(kind, page)]
    assert not faults, "\n".join(faults)


def faults_of(kind: str, page: BeautifulSoup) -> list[str]:
    """What is wrong with a page, in words; empty when nothing is."""
    checks = {
        "not exactly one h1": len(page.find_all("h1")) == 1,
        "no language": page.html.get("lang") == "en-US",
        "landmarks": all(len(page.find_all(name, recursive=True)) >= 1 for name in ("header", "nav", "main", "footer")),
        "two mains": len(page.find_all("main")) == 1,
        "skip link leads nowhere": page.find(id=page.select_one(".skip-link")["href"].removeprefix("#")) is page.main,
        "navs share a name": unique(
            [nav.get("aria-label") for nav in page.find_all("nav") if not nav.find_parent("details")]
        ),
        "no title": bool(page.title.get_text().strip(" ·")),
        "no description": bool((page.find("meta", attrs={"name": "description"}) or {}).get("content")),
        "inline style": not page.find_all("style") and not page.find_all(style=True),
        "inline script": all(
            script.get("src") or script.get("type") == "application/ld+json" for script in page.find_all("script")
        ),
        "inline handler": not [tag for tag in page.find_all() if any(name.startswith("on") for name in tag.attrs)],
        "ids twice": unique([tag["id"] for tag in page.find_all(id=True)]),
        "picture without alt": all(image.has_attr("alt") for image in page.find_all("img")),
        "picture without size": all(image.get("width") and image.get("height") for image in page.find_all("img")),
        "heading level skipped": not skipped([int(tag.name[1]) for tag in page.main.find_all(re.compile("^h[1-6]$"))]),
        "no crisis line": bool(page.footer and "988" in page.find_all("footer")[-1].get_text()),
    }
    if kind not in WITHOUT_OWN_ADDRESS:
        canonical = page.find_all("link", rel="canonical")
        checks["not one canonical address"] = len(canonical) == 1 and canonical[0]["href"].startswith("http")
        checks["no address for sharing"] = bool(page.find("meta", property="og:url"))
    return [name for name, holds in checks.items() if not holds]


def unique(values: list) -> bool:
    return len(values) == len(set(values))


def skipped(levels: list[int]) -> bool:
    return any(below > above + 1 for above, below in pairwise(levels))


def test_a_listing_has_its_own_address(pages):
    def canonical(kind):
        return pages[kind].find("link", rel="canonical")["href"]

    assert canonical("blog").endswith("/blog/")
    assert canonical("blog second page").endswith("/blog/?page=2")
    assert canonical("topic").endswith("/blog/topic/relationships/")


def test_search_and_wrong_addresses_stay_out_of_search_engines(pages):
    for kind in ("search", "search without results", "not found"):
        assert pages[kind].find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_a_post_says_what_a_reader_wants_to_know(pages, small_site):
    article = pages["post"].main.article
    assert article.h1.get_text() == small_site.posts[0].title
    assert article.select_one("a[rel=author]").get_text() == "Katy Example, LPC"
    assert "Clinically reviewed by Dana Ortiz, PhD" in article.get_text()
    assert "min read" in article.get_text()
    assert len(pages["post"].select(".related .card")) == 3


def test_a_note_on_edits_since_review_is_for_staff_alone(client, admin_client, small_site):
    post = BlogPostPage.objects.get(pk=small_site.posts[0].pk)
    post.save_revision().publish()
    assert "Changed since review" not in client.get(post.url).text
    assert "Changed since review" in admin_client.get(post.url).text


def test_pictures_come_in_two_formats_and_load_when_needed(client, small_site):
    while make_sizes(timezone.now()):
        pass
    page = BeautifulSoup(client.get(small_site.paths["post"]).text, "html.parser")
    opening, *later = page.main.select(".arch picture, .figure picture")
    assert [source["type"] for source in opening.find_all("source")] == ["image/webp"]
    assert "w" in opening.img["srcset"]
    assert opening.img["sizes"]
    assert opening.img.get("loading") != "lazy"
    assert all(picture.img.get("loading") == "lazy" for picture in later)


def test_the_comparison_stays_a_table_for_those_who_hear_it(pages):
    table = pages["post"].select_one("table.comparison")
    assert table.caption
    assert [head.get_text() for head in table.find_all("th", role="columnheader")] == ["Codependent", "Interdependent"]
    assert all(tag.get("role") for tag in table.find_all(["tr", "td", "th", "thead", "tbody"]))
    assert {cell["data-side"] for cell in table.select("td[data-side]")} == {"Codependent", "Interdependent"}


def test_sharing_needs_no_script_and_no_third_party(pages):
    share = pages["post"].select_one("[data-share]")
    assert share.a["href"].startswith("mailto:?subject=Codependency%20and")
    assert all(button.has_attr("hidden") for button in share.find_all("button"))
    assert share["data-share"].startswith("http")


def test_search_marks_what_it_found_and_helps_where_it_did_not(pages):
    assert pages["search"].main.find("mark")
    assert "Nothing found for" in pages["search without results"].main.get_text()
    assert pages["search without results"].main.find("a", href="/request-a-consultation/")


def test_a_post_can_offer_the_way_out(client, small_site):
    assert "Leave this page quickly" in client.get(small_site.posts[2].url).text
    assert "Leave this page quickly" not in client.get(small_site.posts[1].url).text


@pytest.mark.parametrize("template", ["500.html", "503.html"])
def test_fault_pages_need_no_database_and_carry_the_phone_number(template):
    page = BeautifulSoup(render_to_string(template, {"phone": "+14805550100"}), "html.parser")
    assert page.find("a", href="tel:+14805550100").get_text() == "Call (480) 555-0100"
    assert page.find("a", href="tel:988")
    assert len(page.find_all("h1")) == 1
    assert render_to_string(template, {"phone": ""})
