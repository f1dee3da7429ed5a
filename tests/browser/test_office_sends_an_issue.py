"""The office checks an issue, sends it, and watches the numbers without touching the page."""

import pytest
from playwright.sync_api import expect

from innerbalance.security.roles import OFFICE
from newsletter.desk.page_hooks import let_office_write
from newsletter.models import Campaign
from newsletter.services import worker
from tests.factories import make_team, make_user
from tests.locations.factories import make_index, make_office
from tests.newsletter.conftest import archive, mail_server  # noqa: F401
from tests.newsletter.factories import make_issue, make_subscriber

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(home, archive):  # noqa: F811
    make_office(make_index(home), "Mesa")
    make_team(home)
    let_office_write(archive)
    for _ in range(3):
        make_subscriber()
    return make_issue(archive, title="Evenings", body=[("text", '<p>See <a href="/team/">our team</a>.</p>')])


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_check_send_and_watch(signed_in, assert_accessible, draft, mail_server, width, dark):  # noqa: F811
    page = signed_in(make_user(OFFICE), width=width, dark=dark)
    page.goto("/admin/newsletter/sending/")
    assert_accessible(page)
    page.get_by_role("link", name="Check and send").click()
    expect(page.get_by_role("heading", name="Checklist")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Send it to 3 subscribers").click()
    expect(page.get_by_text("It starts")).to_be_visible()

    worker.queueing.start_due(now=Campaign.objects.get().scheduled_at)
    worker.queueing.queue_all(now=Campaign.objects.get().scheduled_at)
    expect(page.get_by_text("0 of 3")).to_be_visible()
    worker.run(seconds=60)
    expect(page.get_by_text("3 of 3")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    assert_accessible(page)
    assert len(mail_server.received) == 3
