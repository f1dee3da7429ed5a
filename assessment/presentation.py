"""What the templates show: the questions, and a result with its picture's measures.

The result's template is used twice. With a reader's answers it shows that one result; blank, it
carries every text there is, and the browser keeps those that its own scoring calls for.
"""

from dataclasses import dataclass
from fractions import Fraction

from wagtail.rich_text import RichText

from assessment.definition import Definition
from assessment.models import Assessment
from assessment.scoring import PLACES, Answers, Result, round_half_up, score
from assessment.words import answers_in_words, place_in_words, summary


@dataclass(frozen=True, slots=True)
class Choice:
    text: str
    value: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Question:
    number: int
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class RangeView:
    """``start`` and ``end`` are places on the scale's line, from 0 to PLACES."""

    number: int
    name: str
    text: RichText
    start: int
    end: int
    here: bool


@dataclass(frozen=True, slots=True)
class ScaleView:
    number: int
    name: str
    low_end: str
    high_end: str
    place: int | None
    words: str
    ranges: tuple[RangeView, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """A rectangle of the plane (x and y in places, y counted downwards) and its words."""

    number: int
    name: str
    text: RichText
    x: int
    y: int
    width: int
    height: int
    here: bool


@dataclass(frozen=True, slots=True)
class ResultView:
    """Of a blank view every range and pair may be shown, of another those that are ``here``."""

    scales: tuple[ScaleView, ...]
    pairs: tuple[PairView, ...]
    crisis: bool
    blank: bool
    summary: str = ""
    answers: str = ""

    @property
    def has_plane(self) -> bool:
        """Two scales make a plane, where the reader's place is known on both or may become so."""
        return len(self.scales) == 2 and (self.blank or all(scale.place is not None for scale in self.scales))

    @property
    def across(self) -> ScaleView:
        return self.scales[0]

    @property
    def upwards(self) -> ScaleView:
        return self.scales[1]

    @property
    def downward_place(self) -> int | None:
        place = self.upwards.place
        return None if place is None else PLACES - place


def questions(assessment: Assessment, answers: Answers | None = None) -> list[Question]:
    definition = assessment.definition
    given = answers or [None] * len(definition.items)
    return [
        Question(
            number,
            item.text,
            tuple(Choice(each.text, each.value, each.value == answer) for each in definition.labels),
        )
        for number, (item, answer) in enumerate(zip(definition.items, given, strict=True), 1)
    ]


def result_view(assessment: Assessment, answers: Answers) -> ResultView:
    definition = assessment.definition
    result = score(definition, answers)
    return ResultView(
        scales=_scales(assessment, result),
        pairs=_pairs(assessment, result),
        crisis=result.crisis,
        blank=False,
        summary=summary(definition, result),
        answers=answers_in_words(definition, answers),
    )


def blank_result_view(assessment: Assessment) -> ResultView:
    return ResultView(
        scales=_scales(assessment, None),
        pairs=_pairs(assessment, None),
        crisis=True,
        blank=True,
    )


def _scales(assessment: Assessment, result: Result | None) -> tuple[ScaleView, ...]:
    definition = assessment.definition
    views = []
    for number, scale in enumerate(definition.scales):
        found = result.scales[number] if result else None
        texts = [each["text"] for each in assessment.scales[number].value["ranges"]]
        views.append(
            ScaleView(
                number=number,
                name=scale.name,
                low_end=scale.low_end,
                high_end=scale.high_end,
                place=found.place if found else None,
                words=place_in_words(definition, result, number) if result else "",
                ranges=tuple(
                    RangeView(
                        number=n,
                        name=each.name,
                        text=texts[n],
                        start=_borders(definition, number)[n],
                        end=_borders(definition, number)[n + 1],
                        here=bool(found and found.range == n),
                    )
                    for n, each in enumerate(scale.ranges)
                ),
            )
        )
    return tuple(views)


def _borders(definition: Definition, number: int) -> list[int]:
    """The places where ranges meet, half-way between one's last score and the next one's first."""
    low, high = definition.bounds(number)
    inner = [
        round_half_up(Fraction((2 * (each.high - low) + 1) * PLACES, 2 * (high - low)))
        for each in definition.scales[number].ranges[:-1]
    ]
    return [0, *inner, PLACES]


def _pairs(assessment: Assessment, result: Result | None) -> tuple[PairView, ...]:
    definition = assessment.definition
    views = []
    for number, pair in enumerate(definition.pairs):
        # The plane lays the first scale across and the second upwards, however a pair is written.
        across, upwards = sorted((pair.first, pair.second))
        left, right = _borders(definition, across[0])[across[1] :][:2]
        bottom, top = _borders(definition, upwards[0])[upwards[1] :][:2]
        views.append(
            PairView(
                number=number,
                name=pair.name,
                text=assessment.pairs[number].value["text"],
                x=left,
                y=PLACES - top,
                width=right - left,
                height=top - bottom,
                here=bool(result and number in result.pairs),
            )
        )
    return tuple(views)
