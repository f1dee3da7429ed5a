"""Everything that changes what readers see ends the kept pages, in the same transaction; a draft does not."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction, Site

from innerbalance.caching import touch_site
from innerbalance.caching.generations import generation_for
from innerbalance.caching.models import SiteVersion
from innerbalance.caching.version import current
from innerbalance.practice.models import PracticeSettings
from tests.factories import make_clinician, make_image, make_post, make_standard_page, make_topic, make_user
from tests.locations.factories import make_closure


@pytest.fixture
def page(home, blog, team, kept):
    make_clinician(team)
    make_topic()
    make_post(blog, title="First", slug="first")
    return make_standard_page(home, slug="services")


@pytest.fixture
def opened(client, page, kept):
    """A site whose pages are kept."""
    client.get("/services/")
    assert kept.open_name()
    return kept


def save_setting(page):
    practice = PracticeSettings.load()
    practice.phone = "+14805550123"
    practice.save()


def schedule(page):
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.title = "Later"
    page.save_revision(approved_go_live_at=page.go_live_at)
    type(page).objects.filter(pk=page.pk).update(go_live_at=page.go_live_at)
    call_command("publish_scheduled")


CHANGES = {
    "publish": lambda page: page.save_revision().publish(),
    "unpublish": lambda page: page.unpublish(),
    "move": lambda page: page.move(page.get_siblings(inclusive=False).first(), pos="left"),
    "delete": lambda page: page.delete(),
    "slug": lambda page: (setattr(page, "slug", "other"), page.save()),
    "restrict": lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
    "setting": save_setting,
    "topic": lambda page: make_topic("Another"),
    "picture": lambda page: make_image(),
    "closure": lambda page: make_closure(date(2026, 12, 24)),
    "site": lambda page: Site.objects.get().save(),
    "scheduled": schedule,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_closes_the_pages(opened, page, change):
    CHANGES[change](page)
    assert opened.open_name() is None


def test_a_draft_changes_nothing_for_readers(opened, page):
    page.title = "Not yet"
    page.save_revision()
    assert opened.open_name()


def test_a_change_that_is_taken_back_lets_the_same_pages_open_again(client, opened):
    name = opened.open_name()
    try:
        with transaction.atomic():
            touch_site()
            raise LookupError
    except LookupError:
        assert opened.open_name() is None
    client.get("/blog/first/")
    assert opened.open_name() == name


def test_a_folder_that_cannot_be_closed_stops_the_change(opened, page, monkeypatch):
    def refuse():
        raise PermissionError("read-only")

    monkeypatch.setattr(opened, "close", refuse)
    before = SiteVersion.objects.get().number
    with pytest.raises(PermissionError), transaction.atomic():
        page.save_revision().publish()
    assert SiteVersion.objects.get().number == before


def test_the_admins_privacy_form_is_one_change(client, opened, page):
    """Wagtail saves it in steps of their own; here a fault in the last takes the first back."""
    client.force_login(make_user("Owners"))
    address = f"/admin/pages/{page.pk}/privacy/"
    client.post(address, {"restriction_type": "login"})
    assert opened.open_name() is None
    assert PageViewRestriction.objects.filter(page=page).exists()


def test_pictures_that_are_taken_away_end_the_pages_too(client, opened):
    picture = make_image()
    client.get("/services/")
    assert opened.open_name()
    get_image_model().objects.get(pk=picture.pk).delete()
    assert opened.open_name() is None


@pytest.mark.django_db(transaction=True)
def test_while_a_change_is_under_way_nobody_opens_what_was(client, page, opened):
    """Another connection has moved the version and not committed: a reader's page is given, and not kept."""
    import threading

    moved, done = threading.Event(), threading.Event()

    def change():
        with transaction.atomic():
            touch_site()
            moved.set()
            done.wait(20)
        connection.close()

    other = threading.Thread(target=change)
    version = current()
    other.start()
    try:
        assert moved.wait(20)
        assert opened.open_name() is None
        assert generation_for(version, until=timezone.now().timestamp() + 3600) is None
        assert client.get("/services/").status_code == 200
        assert opened.open_name() is None
    finally:
        done.set()
        other.join()
    client.get("/services/")
    assert opened.open_name().startswith(f"{version[0] + 1}-")
