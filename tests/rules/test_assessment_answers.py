"""Answers as a form carries them and as an editor types them."""

import pytest

from assessment.rules.answers import NotAnswers, answers_from, read_answers
from assessment.rules.definition import Definition, Item, Label
from assessment.rules.problems import Fault, Problem

LABELS = (Label("no", -1), Label("maybe", 0), Label("yes", 10))
DEFINITION = Definition("Three", LABELS, tuple(Item(text, 0) for text in "abc"), ())


def test_each_question_has_a_field_of_its_own():
    assert answers_from(DEFINITION, {"q1": "-1", "q2": "10", "q3": "0", "q4": "10"}) == [-1, 10, 0]


@pytest.mark.parametrize("forged", ["", "1", "+10", "10 ", "010", "٠", "10.0", "x", "1" * 5000])
def test_what_no_answer_carries_is_no_answer(forged):
    assert answers_from(DEFINITION, {"q1": "0", "q2": forged}) == [0, None, None]


@pytest.mark.parametrize("typed", ["-1 0 10", " -1,0;10 ", "-1, 0 ,\t+10\n", "-01 00 0010"])
def test_values_are_separated_by_spaces_commas_or_semicolons(typed):
    assert read_answers(DEFINITION, typed) == [-1, 0, 10]


def test_a_dash_is_no_answer():
    assert read_answers(DEFINITION, "- 0 -") == [None, 0, None]


@pytest.mark.parametrize("word", ["1", "x", "--", "+-1", "1.0", "٠", "0000000000", "0" * 5000, "10x", "x10", "+"])
def test_an_answer_that_can_not_be_read_is_named(word):
    with pytest.raises(NotAnswers, match="answer_unknown") as refused:
        read_answers(DEFINITION, f"0 {word} 0")
    values = {"number": 2, "answer": word, "values": ["-1", "0", "10"]}
    assert refused.value.problem == Problem((), Fault.ANSWER_UNKNOWN, values)


@pytest.mark.parametrize(("typed", "given"), [("", 0), ("0 0", 2), ("0 0 0 0", 4)])
def test_too_few_or_too_many_answers_are_counted(typed, given):
    with pytest.raises(NotAnswers) as refused:
        read_answers(DEFINITION, typed)
    values = {"items": 3, "given": given, "values": ["-1", "0", "10"]}
    assert refused.value.problem == Problem((), Fault.ANSWERS_MISCOUNTED, values)
