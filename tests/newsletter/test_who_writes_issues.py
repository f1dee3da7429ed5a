"""The office writes issues, and no other page of the site."""

import pytest
from django.urls import reverse

from innerbalance.security.roles import EDITORS, OFFICE
from newsletter.desk.page_hooks import let_office_write
from newsletter.models import NewsletterIndexPage
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    user = make_user(OFFICE)
    client.force_login(user)
    return user


def _add(archive) -> str:
    return reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterissuepage", archive.pk])


def test_the_office_writes_an_issue(client, office, archive):
    let_office_write(archive)
    assert client.get(_add(archive)).status_code == 200
    page = client.get(reverse("newsletter_desk:index")).content.decode()
    assert _add(archive) in page


def test_and_nothing_beside_it(client, office, home, blog, archive):
    let_office_write(archive)
    for page in (home, blog):
        assert not page.permissions_for_user(office).can_edit()
        assert not page.permissions_for_user(office).can_add_subpage()


def test_a_newsletter_page_made_in_the_admin_is_open_to_the_office(client, admin_client, home):
    made = {
        "title": "Newsletter", "slug": "newsletter", "intro": "", "what_to_expect": "null", "how_often": "",
        "action-publish": "1", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    url = reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterindexpage", home.pk])
    assert admin_client.post(url, made).status_code == 302
    archive = NewsletterIndexPage.objects.get()
    assert archive.permissions_for_user(make_user(OFFICE)).can_add_subpage()


def test_an_editor_writes_one_and_is_offered_no_sending(client, archive, issue):
    client.force_login(make_user(EDITORS))
    page = client.get(reverse("newsletter_desk:index")).content.decode()
    assert _add(archive) in page
    assert "Check and send" not in page
