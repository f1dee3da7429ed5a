"""Owners read in the admin what `manage.py doctor` prints; nobody else does."""

import pytest
from django.urls import reverse

from innerbalance.operations import checks
from innerbalance.operations.checks import Check, register
from innerbalance.operations.findings import fault, good, not_checked, warning
from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/installation/"


@pytest.fixture(autouse=True)
def three_checks(monkeypatch):
    monkeypatch.setattr(checks, "_checks", {})
    register(Check("disk", "Disk", lambda now: [fault("There is <no> room: make some.")]))
    register(Check("mail", "Mail", lambda now: [warning("Slow."), good("It answers.")], network=True))
    register(Check("dns", "Names", lambda now: [not_checked("No resolver.")]))


@pytest.mark.parametrize(("role", "may"), [(OWNERS, True), (OFFICE, False), (EDITORS, False), (REVIEWERS, False)])
def test_owners_alone(client, role, may):
    client.force_login(make_user(role))
    assert (client.get(ADDRESS).status_code == 200) is may
    assert (ADDRESS in client.get(reverse("wagtailadmin_home")).text) is may


def test_each_finding_in_words(client):
    client.force_login(make_user(OWNERS))
    response = client.get(ADDRESS)
    page = response.text
    assert "1 thing needs a person." in page
    for words in ("There is &lt;no&gt; room: make some.", "Slow.", "It answers.", "No resolver.", "Needs a person"):
        assert words in page
    assert "no-store" in response["Cache-Control"]


def test_nothing_needs_a_person(client):
    register(Check("disk", "Disk", lambda now: [good("There is room.")]))
    client.force_login(make_user(OWNERS))
    assert "Nothing needs a person." in client.get(ADDRESS).text


def test_a_check_that_breaks_is_a_fault_without_its_words(client):
    def broken(now):
        raise ValueError("a secret word")

    register(Check("disk", "Disk", broken))
    client.force_login(make_user(OWNERS))
    page = client.get(ADDRESS).text
    assert "This could not be checked: ValueError" in page
    assert "a secret word" not in page


def test_strangers_are_sent_to_sign_in(client):
    assert client.get(ADDRESS).status_code == 302
