"""Absolute addresses follow BASE_URL: in one place, after `migrate` and at the start of each process."""

import pytest
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse
from wagtail.models import Site

from innerbalance.site_address import follow_base_url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("base_url", "root_url"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("https://www.example.org/", "https://www.example.org"),
        ("http://localhost:8123", "http://localhost:8123"),
        ("http://example.org", "http://example.org"),
    ],
)
def test_pages_and_the_site_map_name_it(client, settings, base_url, root_url):
    settings.WAGTAILADMIN_BASE_URL = base_url
    assert follow_base_url()
    assert f"<loc>{root_url}/</loc>" in client.get("/sitemap.xml").text
    assert f'<link rel="canonical" href="{root_url}/">' in client.get("/").text
    assert not follow_base_url()


def test_a_migrated_site_names_it(settings):
    Site.objects.update(hostname="localhost", port=80)
    settings.WAGTAILADMIN_BASE_URL = "https://www.example.org"
    call_command("migrate", verbosity=0)
    assert Site.objects.get().root_url == "https://www.example.org"


def test_a_changed_record_that_the_cache_still_has_otherwise_is_seen_at_once(client, settings):
    client.get("/sitemap.xml")
    settings.WAGTAILADMIN_BASE_URL = "https://www.example.org"
    follow_base_url()
    assert "https://www.example.org/" in client.get("/sitemap.xml").text


def test_nobody_edits_the_record_in_the_admin():
    with pytest.raises(NoReverseMatch):
        reverse("wagtailsites:index")
