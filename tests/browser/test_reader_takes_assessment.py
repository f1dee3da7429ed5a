"""A reader takes the demo's self-assessment: alone with the browser, by keyboard, without JavaScript."""

import pytest
from django.core.signals import request_started
from playwright.sync_api import expect

from assessment.models import AssessmentDay
from innerbalance.demo.content.assessment import EXAMPLES, ITEMS, create_assessment
from tests.assessment.factories import make_assessment
from tests.factories import make_blog, make_post

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERS = [int(answer) for answer in EXAMPLES[2][0].split()]
TEXTS = ["Hardly ever", "Now and then", "Often", "Nearly always"]


@pytest.fixture
def demo(transactional_db):
    return create_assessment()


def _open(page, assessment):
    page.goto(f"/self-assessment/{assessment.slug}/")


def _answer_all(page, answers=ANSWERS):
    page.get_by_role("button", name="Begin").click()
    for answer in answers:
        if answer is not None:
            page.get_by_role("radio", name=TEXTS[answer], exact=True).check()
        page.locator("[data-finish]").click()


def _result(page):
    return page.locator("[data-shown-result]")


def test_nothing_is_requested_between_the_first_click_and_the_result(open_page, demo):
    page = open_page()
    _open(page, demo)
    page.wait_for_load_state("networkidle")
    requests = []
    page.on("request", lambda request: requests.append((request.method, request.url)))

    _answer_all(page)
    expect(_result(page)).to_contain_text("Leaning with your weight")
    expect(_result(page)).to_contain_text("18, on a line from 0 (I rest in myself) to 18")
    expect(_result(page)).to_contain_text("Wanting closeness and fearing it")
    page.wait_for_timeout(1500)
    assert requests == []
    assert page.url.endswith(f"/self-assessment/{demo.slug}/")
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]


def test_leaving_sends_one_beacon_that_carries_nothing(open_page, demo):
    page = open_page()
    _open(page, demo)
    _answer_all(page)
    received = []

    def receive(environ, **kwargs):
        received.append(dict(environ))

    request_started.connect(receive)
    page.goto("/robots.txt")
    page.wait_for_timeout(1000)
    request_started.disconnect(receive)

    beacons = [environ for environ in received if environ["REQUEST_METHOD"] == "POST"]
    assert [environ["PATH_INFO"].rsplit("/", 2)[1] for environ in beacons] == ["finished"]
    assert beacons[0]["CONTENT_LENGTH"] in ("", "0")
    assert beacons[0]["QUERY_STRING"] == ""
    assert not {"HTTP_COOKIE", "HTTP_REFERER"} & set(beacons[0])
    row = AssessmentDay.objects.get()
    assert (row.started, row.finished) == (1, 1)


def test_a_reader_who_only_looks_is_not_counted(open_page, demo):
    page = open_page()
    _open(page, demo)
    page.goto("/robots.txt")
    page.wait_for_timeout(500)
    assert not AssessmentDay.objects.exists()


def test_coming_back_shows_no_answers_and_no_result(open_page, demo):
    page = open_page()
    _open(page, demo)
    _answer_all(page)
    page.goto("/robots.txt")
    page.go_back()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    expect(_result(page)).to_have_count(0)
    assert page.locator("input:checked").count() == 0


def test_an_unanswered_question_is_named_and_linked(open_page, demo):
    page = open_page()
    _open(page, demo)
    _answer_all(page, [None if number == 4 else answer for number, answer in enumerate(ANSWERS)])
    link = page.get_by_role("link", name=f"Question 5: {ITEMS[4][0]}")
    expect(link).to_be_visible()
    expect(_result(page)).to_have_count(0)
    link.click()
    expect(page.get_by_role("group", name=ITEMS[4][0])).to_be_visible()
    page.get_by_role("radio", name="Hardly ever").check()
    for _ in ANSWERS[4:]:
        page.locator("[data-finish]").click()
    expect(_result(page)).to_contain_text("18, on a line from 0 (I let others near)")


def test_the_result_can_be_had_without_the_unanswered(open_page, demo):
    page = open_page()
    _open(page, demo)
    _answer_all(page, [None] * len(ANSWERS))
    page.get_by_role("button", name="Show the result without these").click()
    expect(_result(page).locator("[data-score]", has_text="Not enough answers for a result.")).to_have_count(2)
    expect(_result(page).locator("svg")).to_have_count(0)


def test_back_is_always_possible_and_keeps_the_answer(open_page, demo):
    page = open_page()
    _open(page, demo)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Question 1 of 12")).to_be_visible()
    assert page.locator("input:checked").count() == 0
    page.get_by_role("radio", name="Often").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Question 2 of 12")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("radio", name="Often")).to_be_checked()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()


def test_by_keyboard_alone(open_page, demo):
    page = open_page()
    _open(page, demo)
    for _ in range(40):
        if page.evaluate("document.activeElement.textContent") == "Begin":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for answer in ANSWERS:
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        for _ in range(answer):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    expect(_result(page)).to_contain_text("18, on a line from 0 (I rest in myself) to 18")
    assert page.evaluate("document.activeElement.textContent") == "Where you stand today"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_each_step_is_accessible(open_page, demo, assert_accessible, width, dark):
    page = open_page(width=width, dark=dark)
    _open(page, demo)
    assert_accessible(page)
    page.get_by_role("button", name="Begin").click()
    assert_accessible(page)
    for answer in [*ANSWERS[:-1], None]:
        if answer is not None:
            page.get_by_role("radio", name=TEXTS[answer], exact=True).check()
        page.locator("[data-finish]").click()
    assert_accessible(page)
    page.get_by_role("radio", name="Nearly always").check()
    page.locator("[data-finish]").click()
    expect(_result(page)).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_crisis_line_comes_first_when_asked_for(open_page, demo):
    page = open_page()
    _open(page, demo)
    _answer_all(page)
    expect(_result(page).locator("[data-crisis]")).to_contain_text("988")
    page.get_by_role("button", name="Take it again").click()
    _answer_all(page, [*ANSWERS[:-1], 0])
    expect(_result(page)).to_be_visible()
    expect(_result(page).locator("[data-crisis]")).to_have_count(0)


def test_a_copy_is_made_by_the_browser_itself(open_page, demo):
    page = open_page()
    _open(page, demo)
    _answer_all(page)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a copy").click()
    with open(download.value.path(), encoding="utf-8") as file:
        text = file.read()
    assert "Leaning with your weight" in text
    assert "Share this summary" not in text
    assert not [address for address in requests if not address.startswith("blob:")]


def test_only_the_result_is_printed(open_page, demo):
    page = open_page()
    _open(page, demo)
    _answer_all(page)
    page.evaluate("window.print = () => { window.printed = document.querySelector('[data-printing]') !== null; }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    page.evaluate("document.querySelector('[data-shown-result]').toggleAttribute('data-printing', true)")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Where you stand today")).to_be_visible()
    expect(page.locator("[data-share]")).to_be_hidden()
    expect(page.locator("footer").last).to_be_hidden()


def test_sharing_is_off_until_checked(open_page, demo):
    page = open_page()
    _open(page, demo)
    _answer_all(page)
    boxes = _result(page).get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    assert [boxes.nth(n).is_checked() for n in range(2)] == [False, False]
    sent = "[...new FormData(document.querySelector('[data-share]')).keys()]"
    assert page.evaluate(sent) == []
    boxes.nth(0).check()
    assert page.evaluate(sent) == ["assessment_summary"]
    boxes.nth(1).check()
    assert page.evaluate(sent) == ["assessment_summary", "assessment_answers"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_without_javascript_the_result_is_the_same(open_page, demo, example):
    answers = [int(answer) for answer in example[0].split()]
    with_script, without = open_page(), open_page(javascript=False)
    _open(with_script, demo)
    _answer_all(with_script, answers)
    _open(without, demo)
    for question, answer in zip(without.locator("[data-question]").all(), answers, strict=True):
        question.get_by_role("radio", name=TEXTS[answer], exact=True).check()
    without.get_by_role("button", name="See where I stand").click()
    expect(without.get_by_role("heading", name="Where you stand today")).to_be_visible()
    assert without.url.endswith(f"/self-assessment/{demo.slug}/")

    def shown(page):
        content = _result(page)
        words = content.locator(".assessment-name, [data-score], [data-crisis], .assessment-text").all_inner_texts()
        marks = content.locator("[data-marker]").all()
        return words, [(mark.get_attribute("cx"), mark.get_attribute("cy")) for mark in marks]

    assert shown(with_script) == shown(without)
    summary = "[name=assessment_summary]"
    assert _result(with_script).locator(summary).input_value() == _result(without).locator(summary).input_value()


def test_all_questions_on_one_page_inside_an_article(open_page, home, assert_accessible):
    assessment = make_assessment()
    post = make_post(make_blog(home), title="Nearness", body=[("assessment", assessment)])
    page = open_page(width=360)
    page.goto(post.url)
    page.get_by_role("group", name="I lean").get_by_label("Always").check()
    page.get_by_role("button", name="See where I stand").click()
    link = page.get_by_role("link", name="Question 2: I stand")
    link.click()
    assert page.evaluate("document.activeElement.matches('[data-question]')")
    page.get_by_role("group", name="I stand").get_by_label("Never").check()
    page.get_by_role("group", name="I hide").get_by_label("Never").check()
    page.get_by_role("button", name="See where I stand").click()
    expect(_result(page)).to_contain_text("Words about A lot.")
    assert_accessible(page)


def test_an_unpublished_assessment_leaves_no_hole_in_the_article(open_page, home):
    assessment = make_assessment()
    post = make_post(make_blog(home), title="Nearness", body=[("assessment", assessment)])
    assessment.unpublish()
    page = open_page()
    page.goto(post.url)
    expect(page.locator("[data-assessment], .assessment")).to_have_count(0)
