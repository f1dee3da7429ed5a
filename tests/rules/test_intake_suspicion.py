from datetime import timedelta

import pytest

from intake.formats.labels import REASON_LABELS
from intake.rules.suspicion import FASTEST_PERSON, Reason, suspicions


def _suspicions(**changes):
    facts = {
        "honeypot": "",
        "form_age": timedelta(minutes=2),
        "texts": ["I would like to talk to someone about my marriage."],
        "within_network_limit": True,
        "within_contact_limit": True,
    }
    return suspicions(**facts | changes)


def test_an_ordinary_request_is_not_suspicious():
    assert _suspicions() == []


def test_thinking_about_it_for_a_week_is_not_suspicious():
    assert _suspicions(form_age=timedelta(days=7)) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"honeypot": "https://spam.example"}, Reason.HONEYPOT),
        ({"form_age": None}, Reason.NO_STAMP),
        ({"form_age": timedelta(seconds=1)}, Reason.TOO_FAST),
        ({"texts": ["see http://x.example"]}, Reason.LINKS),
        ({"texts": ["cheap.click now"]}, Reason.LINKS),
        ({"texts": ["<a href=x>"]}, Reason.MARKUP),
        ({"within_network_limit": False}, Reason.NETWORK_LIMIT),
        ({"within_contact_limit": False}, Reason.CONTACT_LIMIT),
    ],
)
def test_each_sign_is_named(change, reason):
    assert _suspicions(**change) == [reason]


def test_the_fastest_person_is_a_person():
    assert _suspicions(form_age=FASTEST_PERSON) == []


def test_spaces_in_the_trap_are_nobody():
    assert _suspicions(honeypot="  ") == []


def test_reasons_come_in_a_steady_order():
    assert _suspicions(texts=["[url=http://x.example]"], form_age=None, within_contact_limit=False) == [
        Reason.NO_STAMP,
        Reason.LINKS,
        Reason.MARKUP,
        Reason.CONTACT_LIMIT,
    ]


def test_every_reason_has_words_for_the_desk():
    assert set(REASON_LABELS) == set(Reason)
