"""Everything that the rules can find has words for people, with its values in them."""

import pytest
from django.utils import translation

from blog.formats import BOILERPLATE, FAULTS, GUESSES, REASONS, article_error_text, decision_text, finding_text
from blog.rules.article import ArticleError, BoilerplateKind, Decision, Fault, Guess
from blog.rules.content_checks import Check, Finding
from blog.rules.review_dates import Reason


def test_nothing_that_rules_can_say_is_without_words():
    assert set(REASONS) == set(Reason)
    assert set(FAULTS) == set(Fault)
    assert set(GUESSES) == set(Guess)
    assert set(BOILERPLATE) == set(BoilerplateKind.__args__)


@pytest.mark.parametrize("check", Check)
def test_a_finding_is_a_whole_sentence(check):
    said = finding_text(Finding(check, text="50% off", level=4, above=2))
    assert said[0].isupper() or said[0] == "“"
    assert said[-1] in ".?"
    assert "%(" not in said


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_says_what_to_do_or_what_is_wrong(fault):
    said = article_error_text(ArticleError(fault, encoding="UTF-16", byte=0x92, line=3, letters=359))
    assert said.endswith(".")
    assert "%(" not in said


@pytest.mark.parametrize("guess", Guess)
def test_a_guess_names_its_line_and_what_was_chosen(guess):
    said = decision_text(Decision(7, guess, text="100% Calm", subject="Calm", above=3, level=3, count=2))
    assert said.startswith("line 7: ")
    assert "; chosen: " in said
    assert "%(" not in said


def test_values_stand_in_their_places():
    assert finding_text(Finding(Check.SKIPPED_LEVEL, level=4, above=2)) == (
        "A heading of level 4 follows one of level 2: a level is skipped."
    )
    assert article_error_text(ArticleError(Fault.NOT_UTF8, byte=0x92, line=3)).startswith(
        "The file is not UTF-8: byte 0x92 on line 3"
    )
    assert decision_text(Decision(9, Guess.SAME_SUBJECT, "What Calm Is", "Calm", above=4, level=3)) == (
        "line 9: “What Calm Is” takes up “Calm” from line 4; chosen: heading of level 3"
    )


@pytest.mark.parametrize(("count", "said"), [(1, "a list of 1 item under"), (3, "a list of 3 items under")])
def test_items_are_counted_as_people_do(count, said):
    with translation.override("en"):
        assert said in decision_text(Decision(9, Guess.SIGNS, "Signs", count=count))
