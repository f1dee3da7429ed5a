"""What holds an issue back, and what is only better."""

import pytest

from newsletter.rules.checklist import LARGEST_HTML, Item, LinkFault, LinkProblem, check_issue, links_of, may_be_sent

PLACEHOLDERS = ("UNSUBSCRIBE", "PREFERENCES")
GONE = {"https://example.org/gone/": LinkProblem(LinkFault.NO_SUCH_PAGE)}
HTML = '<a href="UNSUBSCRIBE">Leave</a> <a href="PREFERENCES">Choose</a> <img src="/x.png" alt="">'


def _checks(**changed):
    issue = {
        "subject": "News of May",
        "preview_text": "What is new",
        "html": HTML,
        "placeholders": PLACEHOLDERS,
        "postal": True,
        "own_links": {},
        "foreign_links": {},
    }
    return check_issue(**issue | changed)


def test_a_complete_issue_may_be_sent():
    checks = _checks()
    assert all(check.ok for check in checks)
    assert may_be_sent(checks)


@pytest.mark.parametrize(
    ("item", "changed"),
    [
        (Item.SUBJECT, {"subject": "  "}),
        (Item.PICTURES, {"html": HTML + '<img src="/y.png">'}),
        (Item.EMPTY_LINKS, {"html": HTML + '<a href="">Empty</a>'}),
        (Item.EMPTY_LINKS, {"html": HTML + '<a href="#">Nowhere</a>'}),
        (Item.UNSUBSCRIBE, {"html": HTML.replace("UNSUBSCRIBE", "x")}),
        (Item.UNSUBSCRIBE, {"html": HTML.replace("PREFERENCES", "x")}),
        (Item.SIZE, {"html": HTML + "é" * (LARGEST_HTML // 2)}),
        (Item.POSTAL_ADDRESS, {"postal": False}),
        (Item.OWN_LINKS, {"own_links": GONE}),
    ],
)
def test_each_of_these_holds_it_back(item, changed):
    checks = _checks(**changed)
    assert not may_be_sent(checks)
    [wrong] = [check for check in checks if not check.ok]
    assert wrong.item is item
    assert wrong.required


@pytest.mark.parametrize(
    ("item", "changed"), [(Item.PREVIEW_TEXT, {"preview_text": " "}), (Item.FOREIGN_LINKS, {"foreign_links": GONE})]
)
def test_these_are_only_said(item, changed):
    checks = _checks(**changed)
    assert may_be_sent(checks)
    assert [check.item for check in checks if not check.ok] == [item]


def test_every_item_is_looked_at_once():
    assert [check.item for check in _checks()] == list(Item)


def test_a_broken_link_is_named():
    [broken] = [check for check in _checks(own_links=GONE) if not check.ok]
    assert broken.links == tuple(GONE.items())


@pytest.mark.parametrize(
    ("size", "kilobytes", "ok"),
    [(1, 1, True), (1024, 1, True), (1025, 2, True), (LARGEST_HTML - 1, 102, True), (LARGEST_HTML, 102, False)],
)
def test_the_size_is_counted_in_whole_kilobytes_rounded_up(size, kilobytes, ok):
    check = _checks(html="x" * size)[-1]
    assert (check.item, check.kilobytes, check.ok) == (Item.SIZE, kilobytes, ok)


def test_links_are_taken_once_in_their_order_without_mail_and_phone():
    html = (
        '<a class="b" href="https://b.example/?x=1&amp;y=2">B</a><a href="mailto:a@example.org">M</a>'
        '<a href="tel:+15550100">T</a><a href="https://a.example/#part">A</a><a href="https://a.example/">A</a>'
        '<A HREF="UNSUBSCRIBE">U</A><a href="https://archive.example/">W</a>'
    )
    links = links_of(html, without=(*PLACEHOLDERS, "https://archive.example/"))
    assert links == ["https://b.example/?x=1&y=2", "https://a.example/"]
