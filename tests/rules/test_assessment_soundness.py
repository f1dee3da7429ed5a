"""What may not be published, said at its field in plain words."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.scoring import score
from assessment.soundness import Unsound, definition_of, publishing_problems
from tests.assessment.drafts import sound, spoilt


def _problems(draft):
    return {problem.path: problem.message for problem in publishing_problems(draft)}


def test_a_sound_draft_has_no_problem():
    assert _problems(sound()) == {}


def test_a_sound_draft_scores_as_its_examples_say():
    result = score(definition_of(sound()), [2, 0, 2])
    assert [(each.ticks, each.range) for each in result.scales] == [(4, 1), (200, 1)]
    assert result.crisis
    assert score(definition_of(sound()), [0, 2, 0]).pairs == (0,)


@pytest.mark.parametrize(
    ("path", "value", "at", "says"),
    [
        (("labels",), [], ("labels",), "at least two answers"),
        (("labels", 1, "text"), " ", ("labels", 1, "text"), "its words"),
        (("labels", 1, "value"), None, ("labels", 1, "value"), "its value"),
        (("labels", 2, "value"), 1, ("labels", 2, "value"), "must rise"),
        (("scales",), [], ("scales",), "at least one scale"),
        (("scales", 0, "name"), "", ("scales", 0, "name"), "name"),
        (("scales", 0, "low_end"), "", ("scales", 0, "low_end"), "low end"),
        (("scales", 1, "letter"), "A", ("scales", 1, "letter"), "already"),
        (("scales", 1, "letter"), "", ("scales", 1, "letter"), "Choose a letter"),
        (("scales", 1, "letter"), "C", ("scales", 1, "letter"), "No question counts for scale C"),
        (("scales", 0, "method"), "", ("scales", 0, "method"), "added up"),
        (("scales", 0, "missing_percent"), 100, ("scales", 0, "missing_percent"), "0"),
        (("scales", 0, "ranges"), [], ("scales", 0, "ranges"), "Add the ranges"),
        (("scales", 0, "ranges", 0, "name"), "", ("scales", 0, "ranges", 0, "name"), "name"),
        (("scales", 0, "ranges", 1, "name"), "a LITTLE", ("scales", 0, "ranges", 1, "name"), "Ano"),
        (("scales", 0, "ranges", 0, "low"), None, ("scales", 0, "ranges", 0, "low"), "ends"),
        (("scales", 0, "ranges", 0, "low"), Decimal(1), ("scales", 0, "ranges", 0, "low"), "is 0"),
        (("scales", 0, "ranges", 1, "high"), Decimal(5), ("scales", 0, "ranges", 1, "high"), "4"),
        (("scales", 0, "ranges", 0, "high"), Decimal("1.5"), ("scales", 0, "ranges", 0, "high"), "w"),
        (("scales", 0, "ranges", 1, "high"), Decimal(1), ("scales", 0, "ranges", 1, "high"), "befo"),
        (("items",), [], ("items",), "at least one question"),
        (("items", 0, "text"), "", ("items", 0, "text"), "Write"),
        (("items", 0, "scale"), "", ("items", 0, "scale"), "which scale"),
        (("items", 0, "scale"), "Q", ("items", 0, "scale"), "no scale Q"),
        (("items", 2, "safety_value"), None, ("items", 2, "safety_value"), "0, 1, 2"),
        (("items", 2, "safety_value"), 7, ("items", 2, "safety_value"), "0, 1, 2"),
        (("pairs", 0, "name"), "", ("pairs", 0, "name"), "name"),
        (("pairs", 0, "second_scale"), "A", ("pairs", 0, "second_scale"), "two different"),
        (("pairs", 0, "first_scale"), "Z", ("pairs", 0, "first_scale"), "one of the scales"),
        (("pairs", 0, "first_range"), "Lots", ("pairs", 0, "first_range"), "“A little” and “A lot”"),
        (("examples", 0, "answers"), "0 2", ("examples", 0, "answers"), "3 questions, but 2"),
        (("examples", 0, "answers"), "0 2 x", ("examples", 0, "answers"), "“x”"),
        (("examples", 0, "answers"), "0 2 9", ("examples", 0, "answers"), "“9”"),
        (("examples", 0, "expected"), [], ("examples", 0, "expected"), "expect"),
        (
            ("examples", 0, "expected", 0, "range"),
            "A lot",
            ("examples", 0, "expected", 0, "range"),
            "score 0 on “Leaning”, which is “A little”, not “A lot”",
        ),
        (
            ("examples", 1, "expected", 1, "score"),
            Decimal("1.5"),
            ("examples", 1, "expected", 1, "score"),
            "score 2.00",
        ),
        (("examples", 1, "expected", 0, "range"), "Lots", ("examples", 1, "expected", 0, "range"), ""),
        (("examples", 1, "expected", 0, "scale"), "C", ("examples", 1, "expected", 0, "scale"), ""),
        (("origin", "kind"), "", ("origin",), "comes from"),
        (("review_due",), date(2026, 1, 1), None, ""),
    ],
)
def test_each_fault_is_told_at_its_field(path, value, at, says):
    problems = _problems(spoilt(*path, to=value))
    if at is None:
        assert problems == {}
    else:
        assert says in problems[at]


def test_a_gap_between_ranges_is_named_with_what_falls_into_it():
    draft = spoilt("scales", 0, "ranges", 1, "low", to=Decimal(3))
    assert _problems(draft) == {
        ("scales", 0, "ranges", 1, "low"): (
            "There is a gap after “A little”: a score of 2 falls in no range. Begin this range at 2."
        )
    }


def test_a_wide_gap_on_a_mean_is_named_in_hundredths():
    draft = spoilt("scales", 1, "ranges", 1, "low", to=Decimal("1.50"))
    assert "scores from 1.01 to 1.49 fall in no range" in _problems(draft).popitem()[1]


def test_an_overlap_is_named():
    draft = spoilt("scales", 0, "ranges", 1, "low", to=Decimal(1))
    assert "overlaps “A little”, which goes up to 1. Begin this range at 2." in (_problems(draft).popitem()[1])


def test_a_mean_takes_no_third_decimal():
    draft = spoilt("scales", 1, "ranges", 0, "high", to=Decimal("1.005"))
    assert "two decimals" in _problems(draft)["scales", 1, "ranges", 0, "high"]


def test_every_range_needs_a_worked_example():
    draft = sound()
    del draft["examples"][1]
    assert list(_problems(draft)) == [
        ("scales", 0, "ranges", 1, "name"),
        ("scales", 1, "ranges", 1, "name"),
    ]


def test_reaching_a_range_unsaid_is_no_worked_example():
    draft = sound()
    del draft["examples"][1]["expected"][1]
    assert list(_problems(draft)) == [("scales", 1, "ranges", 1, "name")]


def test_an_example_with_too_few_answers_says_so():
    draft = spoilt("examples", 0, "answers", to="0 - 0")
    assert "Too few" in _problems(draft)["examples", 0, "expected", 0, "range"]


def test_an_instrument_needs_its_name_citation_licence_and_proof():
    draft = spoilt("origin", "kind", to="instrument")
    assert list(_problems(draft)) == [
        ("instrument",),
        ("citation",),
        ("licence",),
        ("permission_document",),
    ]
    draft["origin"] |= {
        "instrument": "An inventory",
        "citation": "Author (1990)",
        "licence": "Written permission of 2026",
        "has_permission_document": True,
    }
    assert _problems(draft) == {}


def test_the_next_review_comes_after_the_last():
    draft = sound() | {"reviewed_on": date(2026, 5, 1), "review_due": date(2026, 5, 1)}
    assert list(_problems(draft)) == [("review_due",)]


def test_the_same_pair_twice_is_told():
    draft = sound()
    pair = draft["pairs"][0]
    draft["pairs"].append(
        {
            "first_scale": pair["second_scale"],
            "first_range": pair["second_range"],
            "second_scale": pair["first_scale"],
            "second_range": pair["first_range"],
            "name": "Again",
        }
    )
    assert "already" in _problems(draft)["pairs", 1, "name"]


def test_a_draft_that_cannot_be_scored_is_refused():
    with pytest.raises(Unsound, match="at least one question"):
        definition_of(spoilt("items", to=[]))


@given(
    cuts=st.lists(st.integers(-1, 14), min_size=2, max_size=8),
    items=st.integers(1, 6),
)
def test_ranges_pass_only_when_each_score_falls_in_exactly_one(cuts, items):
    """Whatever ends are typed: no problem is told if and only if the ranges cover the scale."""
    draft = sound()
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
