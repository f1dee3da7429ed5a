"""What may not be published, said at its field."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.rules.definition import Item, Label, Method, Origin, Pair, Range, Safety, SafetyWhen
from assessment.rules.problems import Fault, Problem
from assessment.rules.scoring import score
from assessment.rules.validation import NotScorable, definition_of, publishing_problems
from tests.assessment.draft_data import draft_with, valid_draft


def test_a_valid_draft_has_no_problem():
    assert publishing_problems(valid_draft()) == []


def test_a_valid_draft_scores_as_its_examples_say():
    result = score(definition_of(valid_draft()), [2, 0, 2])
    assert [(each.ticks, each.range) for each in result.scales] == [(4, 1), (200, 1)]
    assert result.crisis
    assert score(definition_of(valid_draft()), [0, 2, 0]).pairs == (0,)


def test_a_definition_is_the_draft_without_blanks_around_it():
    draft = valid_draft()
    draft["title"] = " Where I stand "
    draft["labels"][0]["text"] = " Never "
    draft["items"][0]["text"] = " I lean "
    draft["pairs"][0]["name"] = " Middle ground "
    draft["scales"][0] |= {"name": " Leaning ", "low_end": " on my own feet ", "high_end": " held up by us "}
    draft["scales"][0]["ranges"][0]["name"] = " A little "
    draft["scales"][0]["missing_percent"] = None
    definition = definition_of(draft)
    assert definition.title == "Where I stand"
    assert definition.labels[0] == Label("Never", 0)
    assert definition.items == (
        Item("I lean", 0),
        Item("I stand", 0, reversed=True),
        Item("I hide", 1, safety=Safety(SafetyWhen.FROM, 2)),
    )
    first, second = definition.scales
    assert (first.name, first.low_end, first.high_end) == ("Leaning", "on my own feet", "held up by us")
    assert (first.method, first.missing_percent) == (Method.SUM, 0)
    assert first.ranges == (Range("A little", 0, 1), Range("A lot", 2, 4))
    assert (second.method, second.missing_percent) == (Method.MEAN, 50)
    assert second.ranges == (Range("Near", 0, 100), Range("Away", 101, 200))
    assert definition.pairs == (Pair((0, 0), (1, 0), "Middle ground"),)


ANSWERS = {"values": ["0", "1", "2"]}
RANGES_OF_A = {"scale": "A", "ranges": ["A little", "A lot"]}
RANGES_BY_NAME = {"scale": "Leaning", "ranges": ["A little", "A lot"]}


@pytest.mark.parametrize(
    ("path", "value", "at", "fault", "values"),
    [
        (("labels",), [{"text": "Never", "value": 0}], ("labels",), Fault.TOO_FEW_LABELS, {}),
        (("labels", 1, "text"), " ", None, Fault.LABEL_WITHOUT_TEXT, {}),
        (("labels", 1, "value"), None, None, Fault.LABEL_WITHOUT_VALUE, {}),
        (("labels", 0, "value"), None, None, Fault.LABEL_WITHOUT_VALUE, {}),
        (("labels", 2, "value"), 1, None, Fault.LABEL_NOT_RISING, {"before": 1}),
        (("labels", 2, "value"), 0, None, Fault.LABEL_NOT_RISING, {"before": 1}),
        (("scales", 0, "name"), " ", None, Fault.SCALE_WITHOUT_NAME, {}),
        (("scales", 0, "low_end"), " ", None, Fault.SCALE_WITHOUT_LOW_END, {}),
        (("scales", 1, "high_end"), " ", None, Fault.SCALE_WITHOUT_HIGH_END, {}),
        (("scales", 1, "letter"), "A", None, Fault.LETTER_TAKEN, {}),
        (("scales", 1, "letter"), "", None, Fault.SCALE_WITHOUT_LETTER, {}),
        (("scales", 1, "letter"), "C", None, Fault.SCALE_WITHOUT_QUESTION, {"scale": "C"}),
        (("scales", 0, "method"), "", None, Fault.SCALE_WITHOUT_METHOD, {}),
        (("scales", 0, "method"), "median", None, Fault.SCALE_WITHOUT_METHOD, {}),
        (("scales", 0, "missing_percent"), 100, None, Fault.SHARE_OUT_OF_BOUNDS, {}),
        (("scales", 0, "missing_percent"), -1, None, Fault.SHARE_OUT_OF_BOUNDS, {}),
        (("scales", 0, "ranges"), [], None, Fault.NO_RANGE, {}),
        (("scales", 0, "ranges", 0, "name"), " ", None, Fault.RANGE_WITHOUT_NAME, {}),
        (("scales", 0, "ranges", 1, "name"), "a LITTLE ", None, Fault.RANGE_NAME_TAKEN, {}),
        (("scales", 0, "ranges", 0, "low"), None, None, Fault.RANGE_WITHOUT_END, {}),
        (("scales", 0, "ranges", 0, "high"), None, None, Fault.RANGE_WITHOUT_END, {}),
        (("scales", 0, "ranges", 0, "low"), Decimal(1), None, Fault.FIRST_RANGE_ELSEWHERE, {"score": "0"}),
        (("scales", 0, "ranges", 0, "low"), Decimal(-1), None, Fault.FIRST_RANGE_ELSEWHERE, {"score": "0"}),
        (("scales", 0, "ranges", 1, "high"), Decimal(5), None, Fault.LAST_RANGE_ELSEWHERE, {"score": "4"}),
        (("scales", 1, "ranges", 1, "high"), Decimal("1.99"), None, Fault.LAST_RANGE_ELSEWHERE, {"score": "2.00"}),
        (("scales", 0, "ranges", 0, "high"), Decimal("1.5"), None, Fault.SUM_NOT_WHOLE, {}),
        (("scales", 1, "ranges", 0, "high"), Decimal("1.005"), None, Fault.MEAN_TOO_FINE, {}),
        (
            ("scales", 0, "ranges", 1, "high"),
            Decimal(1),
            ("scales", 0, "ranges", 1, "high"),
            Fault.RANGE_BACKWARDS,
            {},
        ),
        (
            ("scales", 0, "ranges", 1, "low"),
            Decimal(3),
            None,
            Fault.GAP_OF_ONE,
            {"range": "A little", "begin": "2"},
        ),
        (
            ("scales", 1, "ranges", 1, "low"),
            Decimal("1.50"),
            None,
            Fault.GAP,
            {"range": "Near", "begin": "1.01", "last": "1.49"},
        ),
        (
            ("scales", 1, "ranges", 1, "low"),
            Decimal("1.03"),
            None,
            Fault.GAP,
            {"range": "Near", "begin": "1.01", "last": "1.02"},
        ),
        (
            ("scales", 0, "ranges", 1, "low"),
            Decimal(1),
            None,
            Fault.OVERLAP,
            {"range": "A little", "begin": "2", "high": "1"},
        ),
        (("items", 0, "text"), " ", None, Fault.QUESTION_WITHOUT_TEXT, {}),
        (("items", 0, "scale"), "", None, Fault.QUESTION_WITHOUT_SCALE, {}),
        (("items", 0, "scale"), "Q", None, Fault.QUESTION_OF_UNKNOWN_SCALE, {"scale": "Q", "scales": ["A", "B"]}),
        (("items", 2, "safety_value"), None, None, Fault.SAFETY_VALUE_UNKNOWN, ANSWERS),
        (("items", 2, "safety_value"), 7, None, Fault.SAFETY_VALUE_UNKNOWN, ANSWERS),
        (("pairs", 0, "name"), " ", None, Fault.PAIR_WITHOUT_NAME, {}),
        (("pairs", 0, "first_scale"), "Z", None, Fault.SCALE_UNKNOWN, {}),
        (("pairs", 0, "second_scale"), "Z", None, Fault.SCALE_UNKNOWN, {}),
        (("pairs", 0, "first_range"), "Lots", None, Fault.RANGE_UNKNOWN, RANGES_OF_A),
        (("pairs", 0, "second_range"), "", None, Fault.RANGE_UNKNOWN, {"scale": "B", "ranges": ["Near", "Away"]}),
        (("examples", 0, "answers"), "0 2", None, Fault.ANSWERS_MISCOUNTED, {"items": 3, "given": 2, **ANSWERS}),
        (("examples", 0, "answers"), "0 2 x", None, Fault.ANSWER_UNKNOWN, {"number": 3, "answer": "x", **ANSWERS}),
        (("examples", 0, "answers"), "9 2 0", None, Fault.ANSWER_UNKNOWN, {"number": 1, "answer": "9", **ANSWERS}),
        (("examples", 0, "expected"), [], None, Fault.EXAMPLE_WITHOUT_RESULT, {}),
        (
            ("examples", 0, "expected", 0, "range"),
            " A lot",
            None,
            Fault.EXAMPLE_IN_OTHER_RANGE,
            {"score": "0", "scale": "Leaning", "range": "A little", "expected": "A lot"},
        ),
        (
            ("examples", 1, "expected", 1, "score"),
            Decimal("1.5"),
            None,
            Fault.EXAMPLE_WITH_OTHER_SCORE,
            {"score": "2.00", "scale": "Distance", "expected": "1.5"},
        ),
        (("examples", 1, "expected", 0, "range"), "Lots", None, Fault.RANGE_UNKNOWN, RANGES_BY_NAME),
        (("examples", 1, "expected", 0, "scale"), "C", None, Fault.SCALE_UNKNOWN, {}),
        (("origin", "kind"), "", ("origin",), Fault.NO_ORIGIN, {}),
        (("origin", "kind"), "hearsay", ("origin",), Fault.NO_ORIGIN, {}),
    ],
)
def test_each_fault_is_told_at_its_field(path, value, at, fault, values):
    assert publishing_problems(draft_with(*path, to=value))[0] == Problem(at or path, fault, values)


def _faults(draft):
    return [(problem.path, problem.fault) for problem in publishing_problems(draft)]


def test_nothing_written_yet_is_told_part_by_part():
    empty = valid_draft() | {"labels": [], "scales": [], "items": [], "pairs": [], "examples": []}
    assert _faults(empty) == [
        (("labels",), Fault.TOO_FEW_LABELS),
        (("scales",), Fault.NO_SCALE),
        (("items",), Fault.NO_QUESTION),
    ]


def test_two_answers_are_enough_and_a_share_of_99_percent_is_allowed():
    draft = valid_draft()
    draft["labels"] = draft["labels"][::2]
    draft["scales"][0]["missing_percent"] = 99
    draft["scales"][1]["missing_percent"] = None
    assert publishing_problems(draft) == []


def test_all_faults_of_all_parts_are_told_at_once():
    draft = valid_draft()
    draft["labels"][0]["text"] = draft["labels"][1]["text"] = ""
    draft["scales"][0]["name"] = draft["scales"][1]["letter"] = ""
    draft["items"][0]["text"] = draft["items"][2]["text"] = ""
    draft["review_due"] = draft["reviewed_on"] = date(2026, 5, 1)
    assert _faults(draft) == [
        (("labels", 0, "text"), Fault.LABEL_WITHOUT_TEXT),
        (("labels", 1, "text"), Fault.LABEL_WITHOUT_TEXT),
        (("scales", 0, "name"), Fault.SCALE_WITHOUT_NAME),
        (("scales", 1, "letter"), Fault.SCALE_WITHOUT_LETTER),
        (("items", 0, "text"), Fault.QUESTION_WITHOUT_TEXT),
        (("items", 2, "text"), Fault.QUESTION_WITHOUT_TEXT),
        (("items", 2, "scale"), Fault.QUESTION_OF_UNKNOWN_SCALE),
        (("review_due",), Fault.REVIEW_NOT_AFTER_LAST),
    ]


def test_all_faults_of_ranges_are_told_at_once_scale_by_scale():
    draft = valid_draft()
    draft["scales"][0]["ranges"] = [
        {"name": "", "low": Decimal(3), "high": Decimal(2)},
        {"name": "", "low": None, "high": Decimal("4.5")},
    ]
    draft["scales"][1]["ranges"] = [{"name": "Near", "low": Decimal("0.5"), "high": Decimal("1.5")}]
    first, second = ("scales", 0, "ranges"), ("scales", 1, "ranges")
    assert _faults(draft) == [
        ((*first, 0, "name"), Fault.RANGE_WITHOUT_NAME),
        ((*first, 0, "high"), Fault.RANGE_BACKWARDS),
        ((*first, 1, "name"), Fault.RANGE_WITHOUT_NAME),
        ((*first, 1, "low"), Fault.RANGE_WITHOUT_END),
        ((*first, 1, "high"), Fault.SUM_NOT_WHOLE),
        ((*second, 0, "low"), Fault.FIRST_RANGE_ELSEWHERE),
        ((*second, 0, "high"), Fault.LAST_RANGE_ELSEWHERE),
    ]


def test_the_last_of_several_ranges_is_the_one_that_must_reach_the_end():
    draft = valid_draft()
    draft["scales"][0]["ranges"] = [
        {"name": "first", "low": Decimal(0), "high": Decimal(0)},
        {"name": "second", "low": Decimal(2), "high": Decimal(2)},
        {"name": "third", "low": Decimal(2), "high": Decimal(3)},
    ]
    at = ("scales", 0, "ranges")
    assert _faults(draft) == [
        ((*at, 1, "low"), Fault.GAP_OF_ONE),
        ((*at, 2, "low"), Fault.OVERLAP),
        ((*at, 2, "high"), Fault.LAST_RANGE_ELSEWHERE),
    ]


def test_a_range_of_one_score_is_a_range():
    draft = draft_with("scales", 0, "ranges", 0, "high", to=Decimal(0))
    draft["scales"][0]["ranges"][1]["low"] = Decimal(1)
    assert publishing_problems(draft) == []


def test_a_pair_names_two_scales():
    draft = draft_with("pairs", 0, "second_scale", to="A")
    draft["pairs"][0]["second_range"] = "A lot"
    assert _faults(draft) == [(("pairs", 0, "second_scale"), Fault.PAIR_OF_ONE_SCALE)]


def test_two_pairs_do_not_combine_the_same_ranges_however_they_are_written():
    draft = valid_draft()
    turned = {"first_scale": "B", "first_range": "NEAR", "second_scale": "A", "second_range": " a little"}
    draft["pairs"].append({**turned, "name": "Again"})
    assert _faults(draft) == [(("pairs", 1, "name"), Fault.PAIR_TAKEN)]
    draft["pairs"][1]["second_range"] = "A lot"
    assert publishing_problems(draft) == []


def test_all_faults_of_pairs_are_told_at_once():
    draft = valid_draft()
    draft["pairs"] = [
        {"first_scale": "X", "first_range": "", "second_scale": "B", "second_range": "Far", "name": ""},
        {"first_scale": "A", "first_range": "Lots", "second_scale": "Y", "second_range": "", "name": ""},
    ]
    assert _faults(draft) == [
        (("pairs", 0, "name"), Fault.PAIR_WITHOUT_NAME),
        (("pairs", 0, "first_scale"), Fault.SCALE_UNKNOWN),
        (("pairs", 0, "second_range"), Fault.RANGE_UNKNOWN),
        (("pairs", 1, "name"), Fault.PAIR_WITHOUT_NAME),
        (("pairs", 1, "first_range"), Fault.RANGE_UNKNOWN),
        (("pairs", 1, "second_scale"), Fault.SCALE_UNKNOWN),
    ]


def test_every_range_needs_a_worked_example():
    draft = valid_draft()
    del draft["examples"][1]
    assert publishing_problems(draft) == [
        Problem(("scales", 0, "ranges", 1, "name"), Fault.RANGE_WITHOUT_EXAMPLE, {"range": "A lot"}),
        Problem(("scales", 1, "ranges", 1, "name"), Fault.RANGE_WITHOUT_EXAMPLE, {"range": "Away"}),
    ]


def test_reaching_a_range_unsaid_is_no_worked_example():
    draft = valid_draft()
    del draft["examples"][1]["expected"][1]
    assert _faults(draft) == [(("scales", 1, "ranges", 1, "name"), Fault.RANGE_WITHOUT_EXAMPLE)]


def test_all_faults_of_examples_are_told_at_once():
    draft = valid_draft()
    draft["examples"][0] |= {"answers": "1", "expected": []}
    draft["examples"][1]["expected"] = [
        {"scale": "", "range": "", "score": None},
        {"scale": "A", "range": "A little", "score": Decimal(3)},
    ]
    draft["examples"].append({"answers": "0 2 0", "expected": []})
    assert _faults(draft) == [
        (("examples", 0, "answers"), Fault.ANSWERS_MISCOUNTED),
        (("examples", 1, "expected", 0, "scale"), Fault.SCALE_UNKNOWN),
        (("examples", 1, "expected", 1, "range"), Fault.EXAMPLE_IN_OTHER_RANGE),
        (("examples", 1, "expected", 1, "score"), Fault.EXAMPLE_WITH_OTHER_SCORE),
        (("examples", 2, "expected"), Fault.EXAMPLE_WITHOUT_RESULT),
    ]


def test_an_example_with_too_few_answers_says_so():
    draft = draft_with("examples", 0, "answers", to="0 - 0")
    assert _faults(draft) == [(("examples", 0, "expected", 0, "range"), Fault.EXAMPLE_WITHOUT_SCORE)]


def test_examples_are_not_judged_before_all_else_can_be_scored():
    draft = draft_with("labels", 0, "text", to="")
    draft["examples"][0]["answers"] = "nonsense"
    assert _faults(draft) == [(("labels", 0, "text"), Fault.LABEL_WITHOUT_TEXT)]


def test_an_instrument_needs_its_name_citation_license_and_proof():
    draft = draft_with("origin", "kind", to=Origin.INSTRUMENT.value)
    draft["origin"] |= {"instrument": " ", "citation": " ", "license": " "}
    assert _faults(draft) == [
        (("instrument",), Fault.NO_INSTRUMENT),
        (("citation",), Fault.NO_CITATION),
        (("license",), Fault.NO_LICENSE),
        (("permission_document",), Fault.NO_PERMISSION_DOCUMENT),
    ]
    draft["origin"] |= {
        "instrument": "An inventory",
        "citation": "Author (1990)",
        "license": "Written permission of 2026",
        "has_permission_document": True,
    }
    assert publishing_problems(draft) == []


@pytest.mark.parametrize(
    ("reviewed", "due", "wrong"),
    [
        (date(2026, 5, 1), date(2026, 5, 1), True),
        (date(2026, 5, 1), date(2026, 4, 30), True),
        (date(2026, 5, 1), date(2026, 5, 2), False),
        (None, date(2026, 5, 1), False),
        (date(2026, 5, 1), None, False),
    ],
)
def test_the_next_review_comes_after_the_last(reviewed, due, wrong):
    faults = _faults(valid_draft() | {"reviewed_on": reviewed, "review_due": due})
    assert faults == ([(("review_due",), Fault.REVIEW_NOT_AFTER_LAST)] if wrong else [])


def test_what_can_not_be_scored_has_no_definition_and_says_why():
    with pytest.raises(NotScorable, match="no_question") as refused:
        definition_of(valid_draft() | {"items": []})
    assert Problem(("items",), Fault.NO_QUESTION) in refused.value.problems


@given(
    cuts=st.lists(st.integers(-1, 14), min_size=2, max_size=8),
    items=st.integers(1, 6),
)
def test_ranges_pass_only_when_each_score_falls_in_exactly_one(cuts, items):
    """Whatever ends are typed: no problem is told if and only if the ranges cover the scale."""
    draft = valid_draft()
    draft["items"] = [draft["items"][0]] * items + [draft["items"][2]]
    draft["pairs"] = []
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    draft["scales"][0]["ranges"] = [
        {"name": f"range {n}", "low": Decimal(low), "high": Decimal(high)} for n, (low, high) in enumerate(pairs)
    ]
    told = any(
        problem.path[:3] == ("scales", 0, "ranges") and problem.path[-1] != "name"
        for problem in publishing_problems(draft)
    )
    covers = all(sum(low <= total <= high for low, high in pairs) == 1 for total in range(2 * items + 1))
    tidy = pairs == sorted(pairs) and all(low <= high for low, high in pairs)
    inside = pairs[0][0] == 0 and pairs[-1][1] == 2 * items
    assert told is not (covers and tidy and inside)
