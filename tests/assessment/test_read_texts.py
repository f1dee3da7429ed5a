"""What rules find is said in words: a result to its reader, a problem to its editor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.formats.problems import TEXTS, problem_text
from assessment.formats.results import ResultTexts, blank_result_view, questions, result_view
from assessment.formats.summaries import ANSWERS_LIMIT, SUMMARY_LIMIT, answers_text, cut, sent_length, summary
from assessment.rules.definition import Definition, Item, Label, Method, Pair, Range, Scale
from assessment.rules.problems import Fault
from assessment.rules.scoring import score
from assessment.rules.validation import publishing_problems
from tests.assessment.draft_data import draft_with
from tests.assessment.generated import definitions_with_answers

LABELS = tuple(Label(text, n) for n, text in enumerate(["never", "seldom", "often", "always"]))


def _definition(items=("question 0", "question 1"), *, scales=1):
    ranges = (Range("low", 0, 2), Range("high", 3, 3 * len(items) // scales))
    names = ("Leaning", "Distance")[:scales]
    return Definition(
        "Where I stand",
        LABELS,
        tuple(Item(text, n % scales) for n, text in enumerate(items)),
        tuple(Scale(name, "on my own", "all for us", Method.SUM, 0, ranges) for name in names),
    )


def test_the_summary_says_where_each_score_lies():
    definition = _definition()
    assert summary(definition, score(definition, [1, 3])) == (
        "Where I stand\nLeaning: high — 4, on a line from 0 (on my own) to 6 (all for us)"
    )


def test_the_summary_says_where_answers_did_not_suffice():
    definition = _definition()
    assert summary(definition, score(definition, [1, None])) == (
        "Where I stand\nLeaning: Not enough answers for a result."
    )


def test_a_percent_sign_of_the_author_is_no_placeholder():
    definition = _definition(("100 %(number)s of it",) * 2)
    assert answers_text(definition, [0, 1]).splitlines() == [
        "1. 100 %(number)s of it — never",
        "2. 100 %(number)s of it — seldom",
    ]


def test_answers_name_each_question():
    assert answers_text(_definition(), [3, None]).splitlines() == [
        "1. question 0 — always",
        "2. question 1 — no answer",
    ]


def test_long_questions_are_shared_by_number():
    text = answers_text(_definition(("long " * 60,) * 20), [1] * 20)
    assert text.splitlines() == [f"{number}. seldom" for number in range(1, 21)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("abcdef", "abcdef"), ("abcdefg", "abcde…"), ("abcd\n", "abcd\n"), ("ab\ncdef", "ab\nc…"), ("abcd\nf", "abcd…")],
)
def test_a_text_is_cut_to_its_limit_where_a_line_end_counts_two(text, shown):
    assert cut(text, 6) == shown


@given(definitions_with_answers(), st.text(max_size=3000))
def test_what_is_shared_fits_the_request(case, title):
    definition, answers = case
    longer = Definition(title, definition.labels, definition.items, definition.scales)
    assert sent_length(summary(longer, score(longer, answers))) <= SUMMARY_LIMIT
    assert sent_length(answers_text(definition, answers)) <= ANSWERS_LIMIT


def test_every_fault_has_its_own_text():
    assert set(TEXTS) == set(Fault)
    assert len({str(text) for text in TEXTS.values()}) == len(Fault)


@pytest.mark.parametrize(
    ("draft", "text"),
    [
        (
            draft_with("scales", 0, "ranges", 1, "low", to=3),
            "There is a gap after “A little”: a score of 2 isn't in any range. Start this range at 2.",
        ),
        (
            draft_with("items", 0, "scale", to="Q"),
            "There is no scale Q. The scales are “A” and “B”.",
        ),
        (draft_with("items", 2, "safety_value", to=7), "Enter the value of one of the answers (0, 1, 2)."),
        (
            draft_with("examples", 0, "answers", to="0 2"),
            "The number of answers here (2) doesn't match the number of questions (3)."
            " Enter one value for each question (0, 1, 2), or - for no answer.",
        ),
        (
            draft_with("pairs", 0, "first_range", to="Lots"),
            "Scale “A” has no range of this name. Its ranges are “A little” and “A lot”.",
        ),
    ],
)
def test_a_problem_is_said_with_its_values(draft, text):
    assert [problem_text(problem) for problem in publishing_problems(draft)] == [text]


def _texts(scales=1, pairs=()):
    return ResultTexts(ranges=[[f"{number} low text", f"{number} high text"] for number in range(scales)], pairs=pairs)


def test_an_answered_question_is_checked_and_no_other():
    asked = questions(_definition(), [None, 2])
    assert [[choice.checked for choice in question.choices] for question in asked] == [
        [False] * 4,
        [False, False, True, False],
    ]
    assert not any(choice.checked for question in questions(_definition()) for choice in question.choices)
    assert [(question.number, question.text) for question in asked] == [(1, "question 0"), (2, "question 1")]


def test_a_result_shows_one_range_and_the_blank_one_all():
    found = result_view(_definition(), _texts(), [1, 3]).scales[0]
    assert [(each.number, each.name, each.text, each.here) for each in found.ranges] == [
        (0, "low", "0 low text", False),
        (1, "high", "0 high text", True),
    ]
    assert [(each.start, each.end) for each in found.ranges] == [(0, 417), (417, 1000)]
    assert (found.place, found.score) == (667, "4, on a line from 0 (on my own) to 6 (all for us)")
    blank = blank_result_view(_definition(), _texts())
    assert blank.blank
    assert blank.crisis
    assert (blank.scales[0].place, blank.scales[0].score) == (None, "")
    assert not any(each.here for each in blank.scales[0].ranges)


def test_a_plane_needs_two_scales_and_a_place_on_both():
    both, texts = _definition(scales=2), _texts(scales=2)
    assert blank_result_view(both, texts).has_plane
    assert not blank_result_view(_definition(), _texts()).has_plane
    assert result_view(both, texts, [1, 3]).has_plane
    missing = result_view(both, texts, [1, None])
    assert not missing.has_plane
    assert missing.downward_place is None
    assert result_view(both, texts, [0, 1]).downward_place == 667


def test_a_pair_is_shown_with_its_text_where_both_ranges_are_reached():
    pairs = (Pair((0, 0), (1, 0), "little of both"), Pair((0, 0), (1, 1), "far alone"))
    plain = _definition(scales=2)
    definition = Definition(plain.title, plain.labels, plain.items, plain.scales, pairs)
    found = result_view(definition, _texts(scales=2, pairs=["both text", "far text"]), [0, 3]).pairs
    assert [(each.number, each.name, each.text, each.here) for each in found] == [
        (0, "little of both", "both text", False),
        (1, "far alone", "far text", True),
    ]
