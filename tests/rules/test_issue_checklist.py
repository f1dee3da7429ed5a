"""What holds an issue back, and what is only better."""

import pytest

from newsletter.rules.checklist import LARGEST_HTML, check_issue, links_of, may_be_sent

PLACEHOLDERS = ("UNSUBSCRIBE", "PREFERENCES")
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
    "changed",
    [
        {"subject": "  "},
        {"html": HTML + '<img src="/y.png">'},
        {"html": HTML + '<a href="">Empty</a>'},
        {"html": HTML + '<a href="#">Nowhere</a>'},
        {"html": HTML.replace("UNSUBSCRIBE", "")},
        {"html": HTML.replace("PREFERENCES", "x")},
        {"html": HTML + "é" * (LARGEST_HTML // 2)},
        {"postal": False},
        {"own_links": {"https://example.org/gone/": "there is no such page"}},
    ],
)
def test_each_of_these_holds_it_back(changed):
    checks = _checks(**changed)
    assert not may_be_sent(checks)
    assert any(check.required and not check.ok for check in checks)


@pytest.mark.parametrize(
    "changed", [{"preview_text": ""}, {"foreign_links": {"https://away.example/": "did not answer"}}]
)
def test_these_are_only_said(changed):
    checks = _checks(**changed)
    assert may_be_sent(checks)
    assert [check.ok for check in checks].count(False) == 1


def test_a_broken_link_is_named():
    [broken] = [
        check for check in _checks(own_links={"https://example.org/gone/": "there is no such page"}) if not check.ok
    ]
    assert broken.details == ("https://example.org/gone/: there is no such page",)


def test_links_are_taken_once_in_their_order_without_mail_and_phone():
    html = (
        '<a class="b" href="https://b.example/?x=1&amp;y=2">B</a><a href="mailto:a@example.org">M</a>'
        '<a href="tel:+15550100">T</a><a href="https://a.example/#part">A</a><a href="https://a.example/">A</a>'
        '<A HREF="UNSUBSCRIBE">U</A><a href="https://archive.example/">W</a>'
    )
    links = links_of(html, without=(*PLACEHOLDERS, "https://archive.example/"))
    assert links == ["https://b.example/?x=1&y=2", "https://a.example/"]
