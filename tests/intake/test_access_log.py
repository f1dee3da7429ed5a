"""Who looked at what: read from the audit log, and never written."""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.models import ModelLogEntry

from intake.models import IntakeSettings
from intake.services import audit, notes_and_assignment, records

from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(client, office_user):
    client.force_login(office_user)
    return client


def _lines(client, **chosen):
    response = client.get(reverse("intake_access_log_results"), chosen)
    assert response.status_code == 200
    return [(line.user_display_name, line.action, line.label) for line in response.context["object_list"]]


def test_each_look_search_and_change_with_its_person(at_work, office_user, owner, mesa):
    request = make_request(name="Zebedee Quill")
    records.open_request(reference=request.reference, user=owner)
    records.find(text="Zebedee Quill", user=office_user)
    notes_and_assignment.add_note(request_id=request.pk, note="Marmalade", user=office_user, now=OPEN_MOMENT)
    page = at_work.get(reverse("intake_access_log")).content.decode()
    results = page[page.index('id="listing-results"') :]
    for words in (
        "owen",
        "olga",
        "Looked at",
        "Searched",
        "Search by name: 1 found",
        "Changed",
        "Note",
        request.reference,
    ):
        assert words in results
    for marker in ("Zebedee", "Marmalade"):
        assert marker not in page


def test_by_reference_also_where_it_was_one_of_a_list(at_work, owner, mesa):
    one, other = make_request(), make_request()
    records.open_request(reference=one.reference, user=owner)
    records.open_request(reference=other.reference, user=owner)
    audit.record(IntakeSettings.load(), audit.VIEW, user=owner, what="list", references=[one.reference])
    found = _lines(at_work, label=one.reference.lower().replace("-", " "))
    assert len(found) == 2
    assert _lines(at_work, label="somebody's name") == []


def test_by_person_and_action(at_work, office_user, owner, mesa):
    request = make_request()
    records.open_request(reference=request.reference, user=owner)
    records.find(text=request.reference, user=office_user)
    assert [line[1] for line in _lines(at_work, user=owner.pk)] == [audit.VIEW]
    assert [line[1] for line in _lines(at_work, action=audit.SEARCH)] == [audit.SEARCH]


def test_lines_about_anything_else_are_not_in_it(at_work, owner, mesa):
    audit.record(IntakeSettings.load(), "wagtail.edit", user=owner)
    assert _lines(at_work) == []


def test_a_purge_by_the_site_and_a_person_who_left_are_named(at_work, owner, mesa):
    request = make_request()
    records.open_request(reference=request.reference, user=owner)
    audit.record(request, audit.PURGE, user=None, why="retention")
    owner.delete()
    results = at_work.get(reverse("intake_access_log_results")).content.decode()
    assert "The site itself" in results
    assert "Past its retention period" in results
    assert "(deleted)" in results


def test_it_can_be_read_and_nothing_else(client, owner, mesa):
    client.force_login(owner)
    records.open_request(reference=make_request().reference, user=owner)
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(reverse("intake_access_log")).status_code == 405
    assert not client.get(reverse("intake_access_log"), {"export": "csv"}).streaming
    assert ModelLogEntry.objects.filter(action=audit.VIEW).count() == 1


def test_no_address_of_the_admin_edits_or_deletes_lines(client, owner):
    """Neither a snippet nor a model of the admin is the log; generic addresses know nothing of it."""
    from wagtail.admin.viewsets import viewsets
    from wagtail.snippets.models import get_snippet_models

    managed = {getattr(each, "model", None) for each in viewsets.viewsets} | set(get_snippet_models())
    assert ModelLogEntry not in managed
    assert "admin" not in {pattern.app_name for pattern in get_resolver().url_patterns if hasattr(pattern, "app_name")}
    with pytest.raises(NoReverseMatch):
        reverse("wagtailsettings:edit", args=["wagtailcore", "modellogentry", "x", "y"])
    client.force_login(owner)
    for address in ("settings/wagtailcore/modellogentry/1/", "snippets/wagtailcore/modellogentry/delete/1/"):
        assert client.post(f"/admin/{address}").status_code == 404
