"""A clinician mends an assessment in the admin, embeds it, and a reader takes it."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from assessment.models import Assessment
from tests.assessment.draft_data import draft_with
from tests.assessment.factories import make_assessment
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def _publish(page):
    page.get_by_role("button", name=re.compile("More actions|Toggle actions|actions", re.I)).last.click()
    page.get_by_role("button", name="Publish", exact=True).click()


def test_a_gap_is_shown_at_its_field_mended_and_published(signed_in, home):
    draft = make_assessment(live=False, draft=draft_with("scales", 0, "ranges", 1, "low", to=Decimal(3)))
    page = signed_in(make_user("Clinical reviewers"))
    page.goto(f"/admin/snippets/assessment/assessment/edit/{draft.pk}/")
    _publish(page)
    told = page.get_by_text("There is a gap after “A little”: a score of 2 isn't in any range.")
    page.get_by_role("tab", name="Scales").click()
    expect(told).to_be_visible()
    low = page.locator("input[name='scales-0-value-ranges-1-value-low']")
    assert told.evaluate("(error, field) => error.closest('.w-field').contains(field)", low.element_handle())
    low.fill("2")
    _publish(page)
    expect(page.get_by_text(re.compile("published"))).to_be_visible()
    assert Assessment.objects.get().live
