"""The scoring rules and the picture of a result, by example and by property."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.rules.definition import Definition, Item, Label, Method, Pair, Range, Safety, SafetyWhen, Scale
from assessment.rules.picture import Area, area, borders
from assessment.rules.scoring import PLACES, Result, ScaleResult, UnknownAnswer, reverse, round_half_up, score
from tests.assessment.generated import definitions, definitions_with_answers

FOUR = tuple(Label(text, n) for n, text in enumerate(["never", "seldom", "often", "always"]))


def _definition(*items: Item, ranges=None, method=Method.SUM, missing_percent=0, **kwargs):
    items = items or tuple(Item(f"question {n}", 0) for n in range(4))
    ranges = ranges or (Range("low", 0, 4), Range("middle", 5, 8), Range("high", 9, 12))
    scale = Scale("Leaning", "on my own", "all for us", method, missing_percent, ranges)
    return Definition("Where I stand", FOUR, items, (scale,), **kwargs)


def _only(result: Result):
    return result.scales[0]


def test_a_sum_is_classified_and_placed():
    found = _only(score(_definition(), [1, 2, 3, 0]))
    assert (found.ticks, found.range, found.place) == (6, 1, 500)


def test_both_ends_of_a_range_belong_to_it():
    definition = _definition()
    assert [_only(score(definition, [n, 3, 1, 0])).range for n in (0, 1)] == [0, 1]
    assert [_only(score(definition, [n, 3, 3, 0])).range for n in (2, 3)] == [1, 2]


def test_a_reversed_item_counts_from_the_other_end():
    definition = _definition(Item("leans", 0), Item("stands alone", 0, reversed=True))
    assert _only(score(definition, [3, 0])).ticks == 6
    assert _only(score(definition, [0, 3])).ticks == 0


def test_a_mean_keeps_hundredths_exactly():
    third = _definition(
        *(Item(f"question {n}", 0) for n in range(3)),
        method=Method.MEAN,
        ranges=(Range("low", 0, 66), Range("high", 67, 300)),
    )
    assert _only(score(third, [1, 1, 0])).ticks == 67  # 0.666… rounds up, into the second range
    assert _only(score(third, [1, 1, 0])).range == 1
    assert _only(score(third, [1, 0, 0])).ticks == 33
    assert Method.MEAN.points(67) == "0.67"


def test_a_sum_with_missing_answers_is_prorated_up_to_the_set_share():
    definition = _definition(missing_percent=25)
    assert _only(score(definition, [1, 2, 2, None])).ticks == 7  # 5 / 3 * 4 = 6.66…
    assert _only(score(definition, [1, 1, None, None])).ticks is None


def test_a_share_is_met_exactly_or_not_at_all():
    """Three missing of twenty are 15 %, which binary floating point can't hold."""
    items = tuple(Item(f"question {n}", 0) for n in range(20))
    answers = [1] * 17 + [None] * 3
    whole = (Range("all", 0, 60),)
    assert _only(score(_definition(*items, ranges=whole, missing_percent=15), answers)).ticks == 20
    assert _only(score(_definition(*items, ranges=whole, missing_percent=14), answers)).ticks is None


def test_no_answer_at_all_is_never_enough():
    found = _only(score(_definition(missing_percent=99), [None] * 4))
    assert found == ScaleResult(None, None, None)


def test_half_is_rounded_up_below_zero_too():
    assert [round_half_up(Fraction(n, 2)) for n in (-3, -1, 1, 3)] == [-1, 0, 1, 2]


def test_unanswered_questions_are_named():
    assert score(_definition(missing_percent=50), [1, None, 2, None]).unanswered == (1, 3)


@pytest.mark.parametrize(
    ("when", "answer", "asked"),
    [
        (SafetyWhen.FROM, 1, False),
        (SafetyWhen.FROM, 2, True),
        (SafetyWhen.FROM, 3, True),
        (SafetyWhen.FROM, None, False),
        (SafetyWhen.UP_TO, 3, False),
        (SafetyWhen.UP_TO, 2, True),
        (SafetyWhen.UP_TO, 0, True),
    ],
)
@pytest.mark.parametrize("reversed_", [False, True])
def test_a_safety_item_asks_for_the_crisis_line_by_the_answer_as_given(when, answer, asked, reversed_):
    definition = _definition(Item("afraid", 0, reversed_, Safety(when, 2)), Item("other", 0), missing_percent=99)
    assert score(definition, [answer, 0]).crisis is asked


def test_a_pair_is_found_where_both_ranges_are():
    two = (Range("low", 0, 1), Range("high", 2, 3))
    scales = tuple(Scale(name, "a", "b", Method.SUM, 0, two) for name in ("one", "two"))
    definition = Definition(
        "Pairs",
        FOUR,
        (Item("a", 0), Item("b", 1)),
        scales,
        (Pair((0, 0), (1, 0), "middle ground"), Pair((0, 1), (1, 0), "leaning")),
    )
    assert score(definition, [0, 1]).pairs == (0,)
    assert score(definition, [3, 1]).pairs == (1,)
    assert score(definition, [3, 3]).pairs == ()
    assert score(definition, [None, 1]).pairs == ()


@pytest.mark.parametrize("answers", [[0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 4], [0, 0, 0, -1]])
def test_foreign_answers_are_refused(answers):
    with pytest.raises(UnknownAnswer):
        score(_definition(), answers)


@given(st.integers(-50, 50), st.integers(0, 50), st.data())
def test_reversing_twice_is_identity(lowest, width, data):
    ends = {"lowest": lowest, "highest": lowest + width}
    answer = data.draw(st.integers(lowest, lowest + width))
    assert lowest <= reverse(answer, **ends) <= lowest + width
    assert reverse(reverse(answer, **ends), **ends) == answer


@given(definitions_with_answers())
def test_scores_stay_within_bounds_and_fall_in_exactly_one_range(case):
    definition, answers = case
    for number, found in enumerate(score(definition, answers).scales):
        if found.ticks is None:
            continue
        low, high = definition.bounds(number)
        assert low <= found.ticks <= high
        assert 0 <= found.place <= PLACES
        falls_in = [
            n for n, each in enumerate(definition.scales[number].ranges) if each.low <= found.ticks <= each.high
        ]
        assert falls_in == [found.range]


@given(definitions())
def test_every_reachable_score_falls_in_exactly_one_range(definition):
    for number, scale in enumerate(definition.scales):
        low, high = definition.bounds(number)
        for ticks in range(low, high + 1):
            assert sum(each.low <= ticks <= each.high for each in scale.ranges) == 1


@given(definitions_with_answers())
def test_a_higher_answer_never_lowers_a_score(case):
    definition, answers = case
    before = score(definition, answers)
    values = [label.value for label in definition.labels]
    for position, answer in enumerate(answers):
        if answer is None or answer == values[-1]:
            continue
        raised = [*answers]
        raised[position] = values[values.index(answer) + 1]
        number = definition.items[position].scale
        was, now = before.scales[number].ticks, score(definition, raised).scales[number].ticks
        if was is not None:
            assert now <= was if definition.items[position].reversed else now >= was


@pytest.mark.parametrize(
    ("method", "ticks", "shown"),
    [
        (Method.SUM, 12, "12"),
        (Method.SUM, -12, "-12"),
        (Method.MEAN, 0, "0.00"),
        (Method.MEAN, 7, "0.07"),
        (Method.MEAN, 100, "1.00"),
        (Method.MEAN, -7, "-0.07"),
        (Method.MEAN, -233, "-2.33"),
    ],
)
def test_a_score_is_written_as_a_person_writes_it(method, ticks, shown):
    assert method.points(ticks) == shown


def test_ranges_meet_half_way_between_their_scores_on_the_line():
    assert borders(_definition(), 0) == [0, 375, 708, 1000]  # 4.5 and 8.5 of 12


def test_a_pair_covers_its_ranges_on_the_plane_however_it_is_written():
    """Scores from 0 to 3 on each, the border at 1.5 across and at 0.5 upwards."""
    across = Scale("one", "a", "b", Method.SUM, 0, (Range("low", 0, 1), Range("high", 2, 3)))
    upwards = Scale("two", "a", "b", Method.SUM, 0, (Range("low", 0, 0), Range("high", 1, 3)))
    definition = Definition("Pairs", FOUR, (Item("a", 0), Item("b", 1)), (across, upwards))
    low_high = Area(x=0, y=0, width=500, height=833)
    assert area(definition, Pair((0, 0), (1, 1), "one way")) == low_high
    assert area(definition, Pair((1, 1), (0, 0), "the other")) == low_high
    assert area(definition, Pair((0, 1), (1, 0), "the corner")) == Area(x=500, y=833, width=500, height=167)


def test_ranges_meet_half_way_where_answers_do_not_begin_at_zero():
    labels = (Label("no", -1), Label("yes", 3))
    ranges = (Range("low", -4, 0), Range("high", 1, 12))
    scale = Scale("Leaning", "a", "b", Method.SUM, 0, ranges)
    definition = Definition("Where I stand", labels, tuple(Item(text, 0) for text in "abcd"), (scale,))
    assert borders(definition, 0) == [0, 281, 1000]  # 0.5 is 4.5 of 16 from the low end
