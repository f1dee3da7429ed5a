"""A clinician writes a self-assessment from an empty form and puts it into a post; a reader takes it there and shares
it; the office reads the summary with the request. All of it in the browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessment.models import Assessment
from innerbalance.security.public_forms import FormStamp
from tests.factories import make_blog, make_post, make_user
from tests.locations.factories import make_index, make_office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def patient_reader(monkeypatch):
    """The browser types faster than a person; the stamp says that it took its time."""
    real = FormStamp.issue.__func__

    def issue(cls, purpose, now, **more):
        return real(cls, purpose, timezone.now() - timedelta(minutes=2), **more)

    monkeypatch.setattr(FormStamp, "issue", classmethod(issue))


@pytest.fixture
def post(home):
    make_office(make_index(home), "Mesa")
    return make_post(make_blog(home), title="Nearness", slug="nearness")


class Editor:
    """The admin's form for a self-assessment, by the words on the screen."""

    def __init__(self, page):
        self.page = page

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()

    def add(self, field: str, **values: str) -> None:
        """One more block at the end of a field, filled in."""
        self._press(self._panel(field).get_by_title("Insert a block"), field)
        self._fill(f"{field}-{self._last(field)}-value", values)

    def add_to_list(self, field: str, inner: str, **values: str) -> None:
        """One more entry in a list inside the field's last block."""
        entries = f"{field}-{self._last(field)}-value-{inner}"
        self._press(self._panel(field).get_by_title("Add", exact=True), entries)
        self._fill(f"{entries}-{self._last(entries)}-value", values)

    def publish(self) -> None:
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Publish", exact=True).click()

    def _panel(self, field: str):
        return self.page.locator(f"section[id$='-{field}-section']")

    def _last(self, blocks: str) -> int:
        names = self._orders(blocks).evaluate_all("(all) => all.map((one) => one.name)")
        return max(int(name.removeprefix(f"{blocks}-").split("-")[0]) for name in names)

    def _orders(self, blocks: str):
        return self.page.locator(f"[name^='{blocks}-'][name$='-order']")

    def _press(self, buttons, blocks: str) -> None:
        """The last of `buttons`, and wait for what it adds to `blocks`."""
        before = self._orders(blocks).count()
        buttons.last.click()
        expect(self._orders(blocks).nth(before)).to_be_attached()

    def _fill(self, prefix: str, values: dict[str, str]) -> None:
        for name, value in values.items():
            field = self.page.locator(f"[name='{prefix}-{name}']")
            if field.evaluate("(field) => field.localName") == "select":
                field.select_option(value)
            else:
                field.fill(value)


def write_assessment(page) -> None:
    page.goto("/admin/snippets/assessment/assessment/add/")
    form = Editor(page)
    page.get_by_role("textbox", name="Title").fill("How near is near")
    page.get_by_role("textbox", name="Slug").fill("how-near")
    form.add("labels", text="Never", value="0")
    form.add("labels", text="Sometimes", value="1")
    form.add("labels", text="Always", value="2")
    form.add("items", text="I wait for the other to decide.", scale="A")
    form.add("items", text="I ask before I plan my evening.", scale="A")
    form.tab("Scales")
    form.add("scales", letter="A", name="Leaning", low_end="on my own feet", high_end="on the other")
    form.add_to_list("scales", "ranges", name="A little", low="0", high="1")
    form.add_to_list("scales", "ranges", name="A lot", low="3", high="4")
    form.tab("Test")
    form.add("examples", answers="0 1")
    form.add_to_list("examples", "expected", scale="A", range="A little", score="1")
    form.add("examples", answers="2 2")
    form.add_to_list("examples", "expected", scale="A", range="A lot", score="4")
    form.tab("Source and review")
    page.locator("[name=origin]").select_option(label="Our own reflection, not a validated scale")
    form.publish()

    form.tab("Scales")
    expect(page.get_by_text("There is a gap after “A little”")).to_be_visible()
    page.locator("[name='scales-0-value-ranges-1-value-low']").fill("2")
    form.publish()
    expect(page.get_by_text(re.compile("How near is near.* (created and )?published"))).to_be_visible()


def embed(page, post) -> None:
    page.goto(f"/admin/pages/{post.pk}/edit/")
    page.locator("section[id$='-body-section']").get_by_title("Insert a block").last.click()
    page.get_by_role("option", name="Self-assessment").click()
    page.get_by_role("button", name=re.compile("Choose.*self-assessment", re.I)).click()
    page.get_by_role("dialog").get_by_role("link", name="How near is near").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    for action in ("Submit to Clinical review", "Approve and Publish"):
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("button", name=action, exact=True).click()
        page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
        page.goto(f"/admin/pages/{post.pk}/edit/")


def take_and_share(page) -> str:
    """As a reader; returns the reference of the request."""
    page.goto("/blog/nearness/")
    page.get_by_role("button", name="Begin").click()
    for answer in ("Always", "Sometimes"):
        page.get_by_role("radio", name=answer, exact=True).locator("visible=true").check()
        page.locator("[data-finish]").click()
    expect(page.get_by_role("heading", name="Where you stand today")).to_be_visible()
    expect(page.locator("[data-shown-result]")).to_contain_text("A lot")
    page.get_by_label("Share this summary with the practice").check()
    page.locator("[data-share]").get_by_role("button", name="Request a consultation").click()
    page.get_by_label("Send this with my request").check()
    page.get_by_label("Name to use").fill("Robin Vale")
    page.get_by_label("Phone number").fill("480 555 0134")
    page.get_by_role("group", name="May we leave a voicemail?").get_by_label("No").check()
    page.get_by_role("group", name="May we send a text message?").get_by_label("Yes").check()
    page.get_by_role("group", name="May we say the name of the practice?").get_by_label("No").check()
    page.get_by_role("group", name="Who is this for?").get_by_label("Me", exact=True).check()
    page.get_by_role("button", name="Send my request").click()
    page.wait_for_url(re.compile("received"))
    return re.search(r"C-\w{4}-\w{4}", page.locator("main").inner_text()).group()


def test_from_an_empty_form_to_the_summary_at_the_desk(signed_in, open_page, post):
    clinician = signed_in(make_user("Clinical reviewers"))
    write_assessment(clinician)
    assert Assessment.objects.get().live
    embed(clinician, post)
    reference = take_and_share(open_page(width=360))

    office = signed_in(make_user("Office"))
    office.get_by_role("link", name="Consultations (1)").click()
    office.get_by_role("link", name="Robin Vale").click()
    expect(office.get_by_role("heading", name=re.compile(reference))).to_be_visible()
    shared = office.locator(".desk-card", has=office.get_by_role("heading", name="Shared from a self-assessment"))
    expect(shared).to_contain_text("Leaning: A lot — 3, on a line from 0")
    expect(shared).not_to_contain_text("I wait for the other")
