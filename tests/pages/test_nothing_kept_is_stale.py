"""Whatever a page shows, a change of it is there for the next reader, though the page was kept until then."""

import re
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction, Site, get_page_models

from blog.models import BlogPostPage, ClinicalReview
from innerbalance import composition
from innerbalance.caching import answers, touch_site
from innerbalance.images.models import PracticeImage
from innerbalance.locations.models import WeeklySlot
from innerbalance.locations.services.hours import replace_slots
from innerbalance.pages.models import ClinicianPage
from innerbalance.practice.models import PracticeSettings
from newsletter.models import NewsletterIndexPage, NewsletterTopic
from tests.assessment.factories import make_assessment
from tests.factories import make_clinician, make_image, make_post, make_standard_page, make_topic
from tests.locations.conftest import offices, tuesday
from tests.locations.factories import make_closure

__all__ = ["offices", "tuesday"]

PICTURE = {"alt": "A path", "decorative": False, "caption": "", "credit": ""}


@pytest.fixture
def site(home, blog, team, offices):
    """One article that shows everything a page can show."""
    services = make_standard_page(home, slug="services")
    document = get_document_model().objects.create(title="Form", file=ContentFile(b"x", "form.txt"))
    ada, topic = make_clinician(team, portrait=make_image("Ada", 200, 200)), make_topic("Rest")
    ada.offices.set([offices[0]])
    ada.save()
    link = f'<a linktype="page" id="{services.pk}">Services</a> <a linktype="document" id="{document.pk}">Form</a>'
    button = {"text": "See", "page": services, "address": ""}
    body = [
        ("text", f"<p>{link}</p>"),
        ("image", {"image": make_image("Inside", 200, 150), **PICTURE}),
        ("callout", {"heading": "Talk", "text": "", "buttons": [button]}),
        ("assessment", make_assessment()),
    ]
    make_post(blog, title="Another", slug="other", topics=(topic,), published=datetime(2026, 1, 1, tzinfo=UTC))
    top = {"hero_image": make_image("Hero", 200, 150), "hero_alt": "A path"}
    make_post(blog, title="Post", slug="p", authors=(ada,), topics=(topic,), body=body, **top)
    home.add_child(instance=NewsletterIndexPage(title="Newsletter", slug="letters"))


@pytest.fixture
def read(client, site, tuesday):
    def read(address: str) -> str:
        return client.get(address).text

    return read


def publish(page) -> None:
    page.save_revision().publish()


def saved(thing, **fields) -> None:
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()


def page(slug: str):
    return Page.objects.get(slug=slug).specific


def published(which: str, /, **fields) -> None:
    changed = page(which)
    for name, value in fields.items():
        setattr(changed, name, value)
    publish(changed)


def new_picture(title: str) -> None:
    """As the editor's form does it when another file is chosen: Wagtail drops the sizes made of the old one."""
    picture = PracticeImage.objects.get(title=title)
    picture.file = ContentFile(make_image("Elsewhere", 210, 150).file.read(), "elsewhere.jpg")
    picture.renditions.all().delete()
    picture._set_image_file_metadata()
    picture.save()


def longer_week() -> None:
    slots = [WeeklySlot(weekday=1, opens=time(9), closes=time(20))]
    replace_slots(location=page("mesa"), slots=slots)


def reviewed() -> None:
    day = {"reviewed_at": datetime(2026, 5, 5, tzinfo=UTC), "next_due": date(2027, 5, 5)}
    ClinicalReview.objects.create(page=BlogPostPage.objects.get(slug="p"), reviewer_name="Dana Ortiz", **day)


def post_of_today() -> None:
    make_post(page("blog"), title="Fresh post", published=datetime(2026, 11, 24, tzinfo=UTC))


CHANGES = {
    "the article's own words": ("/blog/p/", lambda: published("p", body=[("text", "Fresh words")]), "Fresh words"),
    "its summary": ("/blog/p/", lambda: published("p", summary="Fresh words"), "Fresh words"),
    "the address of a page it links to": ("/blog/p/", lambda: published("services", slug="fresh"), 'href="/fresh/"'),
    "the place of a page it links to": (
        "/blog/p/", lambda: page("services").move(page("team"), pos="last-child"), 'href="/team/services/"',
    ),
    "the file it links to": (
        "/blog/p/", lambda: saved(get_document_model().objects.get(), file=ContentFile(b"y", "fresh.txt")), "fresh.txt",
    ),
    "a picture in it": ("/blog/p/", lambda: new_picture("Inside"), "elsewhere"),
    "the picture at its top": ("/blog/p/", lambda: new_picture("Hero"), "elsewhere"),
    "the credit of a picture": (
        "/blog/p/", lambda: saved(PracticeImage.objects.get(title="Inside"), credit="Photo: Fresh"), "Photo: Fresh",
    ),
    "the assessment in it": (
        "/blog/p/", lambda: publish_assessment(introduction="<p>Fresh words</p>"), "Fresh words",
    ),
    "its author's name": ("/blog/p/", lambda: published("ada-sample", title="Ada Fresh"), "Ada Fresh"),
    "whether its author has openings": (
        "/blog/p/", lambda: published("ada-sample", accepts_new_clients=False), "No openings right now",
    ),
    "its author's portrait": ("/blog/p/", lambda: new_picture("Ada"), "elsewhere"),
    "its review": ("/blog/p/", reviewed, "Clinically reviewed by Dana Ortiz"),
    "its topic": ("/blog/p/", lambda: saved(make_topic_of("p"), name="Fresh topic"), "Fresh topic"),
    "the title of a related post": ("/blog/p/", lambda: published("other", title="Fresh post"), "Fresh post"),
    "a new related post": (
        "/blog/p/", lambda: make_post(page("blog"), title="Fresh post", topics=(make_topic_of("p"),)), "Fresh post",
    ),
    "the practice's phone": ("/blog/p/", lambda: saved(PracticeSettings.load(), phone="+14805550177"), "+14805550177"),
    "the text for a crisis": (
        "/blog/p/", lambda: saved(PracticeSettings.load(), crisis_text="Fresh: 988"), "Fresh: <a href=\"tel:988\">988",
    ),
    "an announcement": ("/blog/p/", lambda: saved(PracticeSettings.load(), announcement="Fresh news"), "Fresh news"),
    "the menu": ("/blog/p/", lambda: published("services", show_in_menus=True, title="Fresh page"), "Fresh page"),
    "a new page in the footer": (
        "/blog/p/", lambda: make_standard_page(page("home"), "Fresh page"), "Fresh page",
    ),
    "the trail above it": ("/blog/p/", lambda: published("blog", title="Fresh list"), "Fresh list"),
    "an office's street in the footer": ("/blog/p/", lambda: published("mesa", street="9 Fresh Way"), "9 Fresh Way"),
    "an office's week": ("/blog/p/", longer_week, "Open now until 8 pm"),
    "a closure": ("/blog/p/", lambda: make_closure(date(2026, 11, 24), reason="Fresh reason"), "Fresh reason"),
    "an office's hours on its own page": ("/locations/mesa/", longer_week, "9 am to 8 pm"),
    "who works in an office": ("/locations/mesa/", lambda: published("ada-sample", title="Ada Fresh"), "Ada Fresh"),
    "the newest post on the home page": ("/", post_of_today, "Fresh post"),
    "a clinician on the home page": ("/", lambda: make_clinician(page("team"), "Ben Fresh"), "Ben Fresh"),
    "a new post in the list": ("/blog/", lambda: make_post(page("blog"), title="Fresh post"), "Fresh post"),
    "a topic of the list": ("/blog/", lambda: saved(make_topic_of("p"), name="Fresh topic"), "Fresh topic"),
    "a clinician of the team": ("/team/", lambda: published("ada-sample", summary="Fresh words"), "Fresh words"),
    "a choice of the newsletter": (
        "/letters/", lambda: NewsletterTopic.objects.create(name="Fresh choice"), "Fresh choice",
    ),
    "the site's address": ("/blog/p/", lambda: saved(Site.objects.get(), hostname="fresh.example"), "fresh.example"),
}  # fmt: skip


def make_topic_of(slug: str):
    return BlogPostPage.objects.get(slug=slug).topics.get()


def publish_assessment(**fields) -> None:
    from assessment.models import Assessment

    assessment = Assessment.objects.get()
    for name, value in fields.items():
        setattr(assessment, name, value)
    publish(assessment)


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_there_for_the_next_reader(read, what):
    address, change, fresh = CHANGES[what]
    for _ in range(3):
        assert fresh not in read(address)
    change()
    assert fresh in read(address)
    assert fresh in read(address)


OF_THE_FRAME = [
    "the practice's phone",
    "an announcement",
    "the menu",
    "a new page in the footer",
    "the trail above it",
    "an office's street in the footer",
    "an office's week",
    "a closure",
    "the site's address",
]


@pytest.mark.parametrize("what", OF_THE_FRAME)
def test_a_change_of_the_frame_is_there_whichever_page_is_read_first(read, what):
    """What pages share is looked at by the first of them, and the others take its word for it."""
    address, change, fresh = CHANGES[what]
    for other in ("/blog/other/", "/team/"):
        for _ in range(3):
            read(address), read(other)
    assert fresh not in read(address)
    change()
    read("/team/"), read("/blog/other/")
    assert fresh in read(address)
    touch_site()
    read("/team/")
    assert fresh in read(address)


GONE = {
    "the article": ("/blog/p/", lambda: page("p").unpublish(), "<h1>Post</h1>"),
    "the blog above it": ("/blog/p/", lambda: page("blog").move(page("team"), pos="last-child"), "<h1>Post</h1>"),
    "a page in the menu": ("/blog/p/", lambda: page("team").unpublish(), 'href="/team/"'),
    "the link to an author who left": ("/blog/p/", lambda: page("ada-sample").unpublish(), 'href="/team/ada-sample/"'),
    "the page of an author behind a login": ("/blog/p/", lambda: restrict("ada-sample"), 'href="/team/ada-sample/"'),
    "a related post": ("/blog/p/", lambda: page("other").delete(), "Another"),
    "an article put behind a login": ("/blog/p/", lambda: restrict("p"), "<h1>Post</h1>"),
    "an article below what was put behind a login": ("/blog/p/", lambda: restrict("blog"), "<h1>Post</h1>"),
    "an office": ("/blog/p/", lambda: page("tempe").unpublish(), "Tempe"),
    "a picture": ("/blog/p/", lambda: PracticeImage.objects.get(title="Hero").delete(), "page-head split"),
}


def restrict(slug: str) -> None:
    PageViewRestriction.objects.create(page=page(slug), restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("what", GONE)
def test_what_is_taken_away_is_gone_for_the_next_reader(read, what):
    address, change, old = GONE[what]
    for _ in range(3):
        assert old in read(address)
    change()
    assert old not in read(address)


def test_a_page_is_marked_in_the_menu_only_where_the_reader_is(read):
    for _ in range(3):
        assert re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', read("/team/")) == [("/team/", "page")]
        assert re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', read("/team/ada-sample/")) == [("/team/", "true")]


def test_all_that_pages_show_moves_the_version_of_the_site(read, monkeypatch):
    """Within one version a page is not even looked at: a model that pages read and nothing watches would go stale."""
    asked: set[str] = set()
    record = answers.recorded

    @contextmanager
    def noted():
        with record() as recording:
            yield recording
        asked.update(table for sql, _ in recording.seen for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql))

    monkeypatch.setattr(answers, "recorded", noted)
    for address in ("/", "/blog/", "/blog/p/", "/team/", "/team/ada-sample/", "/locations/mesa/", "/letters/"):
        read(address)
    watched = {model._meta.db_table for model in composition.SHOWN_WHEN_SAVED}
    pages = {model._meta.db_table for model in get_page_models()} | {"blog_postauthor"}
    with_a_page = {
        BlogPostPage.topics.through._meta.db_table,
        ClinicianPage.offices.through._meta.db_table,
    }
    by_their_services = {"locations_closure", "locations_weeklyslot"}
    otherwise = {
        "blog_postcounts",  # says of posts, in another way, what they say themselves
        "assessment_assessment",  # counts when it is published
        "images_practicerendition",  # made of a picture and its focal point
        "wagtailcore_locale",  # there is one
    }
    assert "blog_topic" in asked
    assert asked - watched - pages - with_a_page - by_their_services - otherwise == set()
