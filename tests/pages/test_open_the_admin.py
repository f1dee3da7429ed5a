"""Staff open the admin's home."""

import pytest
from wagtail.models import Site

from innerbalance.practice.models import PracticeSettings
from tests.factories import make_user


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Editors", "Clinical reviewers", "Office", "Owners"])
def test_its_heading_is_the_practices_name_and_no_host(client, role):
    settings = PracticeSettings.load()
    settings.practice_name = "Desert Willow Counseling"
    settings.save()
    Site.objects.update(hostname="localhost", site_name="")
    client.force_login(make_user(role))
    html = client.get("/admin/").text
    heading = html.partition("<h1")[2].partition("</h1>")[0]
    assert "Desert Willow Counseling" in heading
    assert "localhost" not in heading
