import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.formats import safety
from intake.rules.contact import EMAIL, NAME, PHONE, blind_terms, email_spelling, one_spelling, search_term
from intake.rules.questions import Answers
from intake.rules.reference import ALPHABET, new_reference, read_reference
from intake.rules.safe_contact import Way, may_auto_reply, safe_ways, unsafe_attempt, unsafe_ways
from intake.rules.status import Attempt

SAID = {"name": "A", "phone": "+14805550134", "email": "a@example.com"}
ALL_SAFE = {"voicemail_safe": "yes", "text_safe": "yes", "email_safe": "yes", "practice_named": "yes"}


@pytest.mark.parametrize(
    ("typed", "phone", "term"),
    [
        ("ana maría ruiz", None, (NAME, "ana maría ruiz")),
        (" RUIZ ", None, (NAME, "ruiz")),
        ("480 555-0134", "+14805550134", (PHONE, "+14805550134")),
        ("ana@example.COM", None, (EMAIL, "ana@example.com")),
        ("4805550134@example.com", "+14805550134", (EMAIL, "4805550134@example.com")),
    ],
)
def test_search_finds_by_whole_name_word_phone_or_email(typed, phone, term):
    assert search_term(typed, phone=phone) == term
    if "Example" not in typed and "4805550134@" not in typed:
        assert term in blind_terms(name="Ana  María Ruiz", phone="+14805550134", email="Ana@Example.com")


def test_nothing_typed_finds_nothing():
    assert search_term("   ", phone=None) is None
    assert blind_terms(name="  ", phone="", email="") == []


def test_an_extension_is_found_with_the_number_and_alone():
    assert blind_terms(name="", phone="+14805550134;ext=12", email="") == [
        (PHONE, "+14805550134"),
        (PHONE, "+14805550134;ext=12"),
    ]


def test_an_initial_alone_finds_nobody():
    assert blind_terms(name="J Doe", phone="", email="") == [(NAME, "doe"), (NAME, "j doe")]


def test_the_kinds_of_blind_index_stay_as_they_are_stored():
    assert (NAME, PHONE, EMAIL) == ("name", "phone", "mail")


def test_spaces_in_an_address_do_not_matter():
    assert email_spelling(" Ana @Example.com") == "ana@example.com"


@given(st.text())
def test_one_spelling_is_steady(text):
    assert one_spelling(one_spelling(text)) == one_spelling(text)


def test_references_can_be_read_out_and_typed_in():
    made = {new_reference() for _ in range(200)}
    assert len(made) == 200
    for reference in made:
        assert read_reference(reference) == reference
        assert read_reference(reference.lower().replace("-", " ")) == reference
        assert read_reference(reference[2:]) == reference
    assert not set("AEIOU01ILSY") & set(ALPHABET)
    assert read_reference("C-1234") is None
    assert read_reference("Ana Maria") is None


def test_silence_about_safety_counts_as_no():
    answers = Answers(**SAID)
    assert unsafe_ways(answers) == [Way.NAME, Way.VOICEMAIL, Way.TEXT, Way.EMAIL]
    assert safe_ways(answers) == [Way.CALL]
    assert safety.warnings(answers) == [
        "Do not say the name of the practice to anyone else who answers.",
        "Do not leave a voicemail.",
        "Do not send a text message.",
        "Do not send an email.",
    ]
    assert safety.permissions(answers) == ["You may call."]


def test_what_was_said_to_be_safe_is_allowed():
    answers = Answers(**SAID | ALL_SAFE, best_times=("morning", "any"))
    assert unsafe_ways(answers) == []
    assert safe_ways(answers) == [Way.CALL, Way.VOICEMAIL, Way.TEXT, Way.EMAIL, Way.NAME]
    assert safety.permissions(answers)[-2:] == [
        "You may say the name of the practice.",
        "Best times: morning, any time the office is open.",
    ]


def test_no_word_about_a_way_that_was_not_given():
    assert unsafe_ways(Answers(name="A", email="a@example.com")) == [Way.NAME, Way.EMAIL]
    assert unsafe_ways(Answers(name="A", phone="+14805550134")) == [Way.NAME, Way.VOICEMAIL, Way.TEXT]
    assert safe_ways(Answers(name="A", email="a@example.com", **ALL_SAFE)) == [Way.EMAIL, Way.NAME]


@pytest.mark.parametrize(
    ("attempt", "way", "question"),
    [
        (Attempt.VOICEMAIL, Way.VOICEMAIL, "voicemail_safe"),
        (Attempt.TEXTED, Way.TEXT, "text_safe"),
        (Attempt.EMAILED, Way.EMAIL, "email_safe"),
    ],
)
def test_an_attempt_that_was_not_safe_is_named(attempt, way, question):
    safe = Answers(**SAID | ALL_SAFE)
    unsafe = Answers(**SAID | ALL_SAFE | {question: "no"})
    assert unsafe_attempt(safe, attempt) is None
    assert safety.unsafe_attempt(safe, attempt) is None
    assert unsafe_attempt(unsafe, attempt) is way
    assert safety.unsafe_attempt(unsafe, attempt).startswith("This person did not say that")


@pytest.mark.parametrize("attempt", [Attempt.SPOKE, Attempt.NO_ANSWER])
def test_a_call_by_itself_is_always_safe(attempt):
    assert unsafe_attempt(Answers(**SAID), attempt) is None


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"practice_named": "no"}, False),
        ({"practice_named": ""}, False),
        ({"email_safe": "no"}, False),
        ({"email": ""}, False),
    ],
)
def test_an_email_by_itself_needs_both_email_and_name_to_be_safe(change, may):
    assert may_auto_reply(Answers(**SAID | ALL_SAFE | change)) is may
