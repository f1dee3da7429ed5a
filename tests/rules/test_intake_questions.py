"""Each question of the consultation form stands in one place, and everything else follows from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.formats import questions as formats
from intake.rules.questions import (
    OPTIONAL_QUESTIONS,
    QUESTIONS,
    Answers,
    ContactProblem,
    Desk,
    Group,
    Kind,
    Mode,
    QuestionModes,
    contact_problems,
    screened_texts,
)

FULL = Answers(
    name="Ana Ruiz",
    pronouns="she/her",
    phone="+14805550134",
    voicemail_safe="yes",
    text_safe="no",
    email="ana@example.com",
    practice_named="yes",
    best_times=("morning", "midday"),
    who_for="me",
    office="Mesa",
    clinician="Dr. Lee",
    reasons=("Grief or loss", "Something else"),
    note="Please call after lunch.",
    payment="self",
    insurer="Acme Health",
    returning="new",
    assessment_summary="Worry: 12 of 21",
    assessment_answers="1. Often",
)


def test_every_question_has_its_words_and_a_group_with_a_name():
    assert set(formats.QUESTION_WORDS) == set(QUESTIONS)
    assert set(formats.GROUP_LABELS) == set(Group)
    assert set(formats.MODE_LABELS) == set(Mode)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=str)
def test_a_question_agrees_with_its_words(question):
    words = formats.QUESTION_WORDS[question.name]
    keys = ("yes", "no") if question.kind is Kind.YES_NO else question.choices
    assert tuple(words.choices) == keys
    assert str(words.label)
    assert str(words.topic)
    assert not question.needs or question.needs in QUESTIONS
    if question.kind in (Kind.LINE, Kind.TEXT, Kind.PHONE, Kind.EMAIL):
        assert question.limit > 0


def test_safety_and_the_ways_to_reach_a_person_are_always_asked():
    always = {each.name for each in QUESTIONS.values() if each.group in (Group.REACH, Group.SAFETY)} | {"name"}
    assert always.isdisjoint(each.name for each in OPTIONAL_QUESTIONS)
    assert all(QuestionModes({name: "hidden"}).shows(name) for name in always)


def test_the_office_chooses_how_an_optional_question_is_asked():
    modes = QuestionModes({"pronouns": "hidden", "note": "required", "returning": "nonsense"})
    assert not modes.shows("pronouns")
    assert modes.shows("note")
    assert modes.requires("note")
    assert modes.mode("returning") is Mode.OPTIONAL
    assert QuestionModes().requires("who_for")
    assert QuestionModes().requires("name")
    assert not QuestionModes().requires("pronouns")
    assert QuestionModes().mode("phone") is None


def test_a_question_goes_with_the_one_that_it_needs():
    assert QuestionModes().shows("insurer")
    assert not QuestionModes({"payment": "hidden"}).shows("insurer")


def test_the_desk_reads_short_answers_in_the_order_of_the_form():
    assert formats.desk_facts(FULL) == [
        ("Pronouns", "she/her"),
        ("Best times", "Morning, Around noon"),
        ("Who it is for", "Me"),
        ("Preferred office", "Mesa"),
        ("Preferred clinician", "Dr. Lee"),
        ("What brings them here", "Grief or loss, Something else"),
        ("Payment", "Self-pay"),
        ("Insurance", "Acme Health"),
        ("New or returning", "I am new here"),
    ]
    assert formats.desk_facts(Answers(name="A")) == []


def test_longer_texts_stand_by_themselves():
    assert formats.desk_texts(FULL) == [
        ("Note", "Please call after lunch."),
        ("Shared from a self-assessment", "Worry: 12 of 21"),
        ("Each answer of the self-assessment", "1. Often"),
    ]


EXPORTED = {
    "Name": "Ana Ruiz",
    "Pronouns": "she/her",
    "Phone": "(480) 555-0134",
    "Voicemail safe": "Yes",
    "Text safe": "No",
    "Email": "ana@example.com",
    "Email safe": "No",
    "Practice may be named": "Yes",
}


def test_an_export_says_what_is_safe_beside_each_way_to_reach_the_person():
    row = dict(zip(formats.export_headings(), formats.export_cells(FULL), strict=True))
    assert row | EXPORTED == row
    assert [heading for heading in row if heading in EXPORTED] == list(EXPORTED)
    bare = dict(zip(formats.export_headings(), formats.export_cells(Answers(name="A")), strict=True))
    assert {heading: cell for heading, cell in bare.items() if cell} == {"Name": "A", "Practice may be named": "No"}


def test_no_note_reason_or_result_is_exported_or_corrected():
    private = {"note", "reasons", "assessment_summary", "assessment_answers"}
    assert private.isdisjoint(each.name for each in QUESTIONS.values() if each.exported or each.correctable)


def test_everything_is_on_the_desk_somewhere():
    listed = {each.name for each in QUESTIONS.values() if each.desk is Desk.HEAD}
    assert listed == {"name", "phone", "voicemail_safe", "text_safe", "email", "email_safe", "practice_named"}


def test_the_spam_rules_read_everything_a_robot_could_write_a_link_into():
    assert screened_texts(FULL) == ["Ana Ruiz", "she/her", "Please call after lunch.", "Acme Health"]


def test_topics_of_corrected_questions():
    assert formats.topics(["phone", "of_an_earlier_version"]) == ["Phone", "of_an_earlier_version"]


def test_one_way_to_be_reached_is_enough_but_what_is_safe_must_be_said():
    not_said = ContactProblem.NOT_SAID
    assert contact_problems(Answers(name="A")) == {"phone": ContactProblem.NO_WAY, "practice_named": not_said}
    phone = Answers(name="A", phone="+14805550134", practice_named="no")
    assert contact_problems(phone) == {"voicemail_safe": not_said, "text_safe": not_said}
    email = Answers(name="A", email="a@example.com", practice_named="yes")
    assert contact_problems(email) == {"email_safe": not_said}
    closed_door = Answers(name="A", email="a@example.com", email_safe="no", practice_named="no")
    assert contact_problems(closed_door) == {"phone": ContactProblem.NO_SAFE_WAY}
    assert contact_problems(Answers(name="A", email="a@example.com", email_safe="yes", practice_named="no")) == {}
    both = Answers(
        name="A", phone="+1", voicemail_safe="no", text_safe="no", email="a@b", email_safe="no", practice_named="no"
    )
    assert contact_problems(both) == {}


def test_each_problem_has_its_words():
    assert "phone number or an email address" in formats.contact_error("phone", ContactProblem.NO_WAY)
    assert "phone number that is" in formats.contact_error("phone", ContactProblem.NO_SAFE_WAY)
    assert formats.contact_error("text_safe", ContactProblem.NOT_SAID) == "Say whether we may send a text message."


def test_answers_never_show_themselves():
    assert "Ruiz" not in repr(Answers(name="Ruiz", note="secret"))
    assert "Ruiz" not in str([Answers(name="Ruiz")])


def test_only_what_was_said_is_sealed():
    assert Answers(name="A", reasons=("Grief",)).to_json() == {"name": "A", "reasons": ["Grief"]}
    assert Answers.from_json({}) == Answers()


@given(st.builds(Answers, name=st.text(), reasons=st.lists(st.text(), max_size=3).map(tuple)))
def test_answers_survive_their_own_json(answers):
    assert Answers.from_json(answers.to_json() | {"from_a_later_version": 1}) == answers
