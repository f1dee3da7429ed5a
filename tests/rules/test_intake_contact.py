import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.contact import NotAPhoneNumber, blind_terms, one_spelling, phone_words, read_phone, search_terms
from intake.rules.questions import Answers, contact_errors
from intake.rules.reference import ALPHABET, new_reference, read_reference
from intake.rules.safe_contact import may_auto_reply, permissions, unsafe_attempt, warnings
from intake.rules.status import Attempt


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("480 555 0134", "+14805550134"),
        ("(480) 555-0134", "+14805550134"),
        ("1-480-555-0134", "+14805550134"),
        ("+1 480.555.0134", "+14805550134"),
        ("480-555-0134 ext. 12", "+14805550134;ext=12"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_phone_numbers_are_kept_in_one_spelling(typed, kept):
    assert read_phone(typed) == kept


@pytest.mark.parametrize("typed", ["", "12", "call me", "480-555-01", "0" * 40, "+", "٣"])
def test_what_does_not_dial_is_refused(typed):
    with pytest.raises(NotAPhoneNumber):
        read_phone(typed)


@given(st.text())
def test_any_text_is_a_number_or_says_so(text):
    with contextlib.suppress(NotAPhoneNumber):
        assert read_phone(text).startswith("+")


def test_phone_words():
    assert phone_words("+14805550134") == "(480) 555-0134"
    assert phone_words("+442079460958") == "+44 20 7946 0958"
    assert phone_words("nonsense") == "nonsense"


def test_search_finds_by_whole_name_word_phone_or_mail():
    terms = blind_terms(name="Ana  María Ruiz", phone="+14805550134", mail="Ana@Example.com")
    for typed in ["ana maría ruiz", "RUIZ", "480 555-0134", "ana@example.COM"]:
        assert set(search_terms(typed).items()) <= set(terms)
    assert search_terms("   ") == {}


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


def test_one_way_to_be_reached_is_enough_but_what_is_safe_must_be_said():
    assert set(contact_errors(Answers(name="A"))) == {"phone", "practice_named"}
    phone = Answers(name="A", phone="+14805550134", practice_named="no")
    assert set(contact_errors(phone)) == {"voicemail_safe", "text_safe"}
    mail = Answers(name="A", mail="a@example.com", practice_named="yes")
    assert set(contact_errors(mail)) == {"mail_safe"}
    closed_door = Answers(name="A", mail="a@example.com", mail_safe="no", practice_named="no")
    assert "phone number that is" in contact_errors(closed_door)["phone"]


def test_silence_about_safety_counts_as_no():
    answers = Answers(name="A", phone="+14805550134", mail="a@example.com")
    assert len(warnings(answers)) == 4
    assert warnings(answers)[0].startswith("Do not say the name of the practice")
    assert permissions(answers) == ["You may call."]
    assert not may_auto_reply(answers)
    for attempt in (Attempt.VOICEMAIL, Attempt.TEXTED, Attempt.MAILED):
        assert unsafe_attempt(answers, attempt)
    assert unsafe_attempt(answers, Attempt.SPOKE) is None


def test_a_mail_by_itself_needs_both_mail_and_name_to_be_safe():
    safe = {"name": "A", "mail": "a@example.com", "mail_safe": "yes"}
    assert may_auto_reply(Answers(**safe, practice_named="yes"))
    assert not may_auto_reply(Answers(**safe, practice_named="no"))


def test_answers_never_show_themselves():
    assert "Ruiz" not in repr(Answers(name="Ruiz", note="secret"))
    assert "Ruiz" not in str([Answers(name="Ruiz")])


@given(st.builds(Answers, name=st.text(), reasons=st.lists(st.text(), max_size=3).map(tuple)))
def test_answers_survive_their_own_json(answers):
    assert Answers.from_json(answers.to_json() | {"from_a_later_version": 1}) == answers
