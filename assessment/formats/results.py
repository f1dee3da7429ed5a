"""What the templates show: the questions, and a result with its picture's measures.

The result's template is used twice. With a reader's answers it shows that one result; blank, it
carries every text there is, and the browser keeps those that its own scoring calls for.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.formats.summaries import TEXTS, answers_text, score_text, summary
from assessment.rules.definition import Definition
from assessment.rules.picture import Area, area, borders
from assessment.rules.scoring import PLACES, Answers, Result, score

BROWSER_TEXTS = {
    **TEXTS,
    "privacy": _("Your answers stay in your browser. They are scored there and sent to nobody."),
    "begin": _("Begin"),
    "back": _("Back"),
    "next": _("Next"),
    "finish": _("See where I stand"),
    "unanswered": _("Some questions have no answer yet"),
    "unanswered_question": _("Question %(number)s: %(question)s"),
    "without_these": _("Show the result without these"),
    "file_name": _("where-i-stand.txt"),
}


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
class ResultTexts:
    """What the author wrote for each range, scale by scale, and for each pair, ready for a template."""

    ranges: Sequence[Sequence[Any]]
    pairs: Sequence[Any]


@dataclass(frozen=True, slots=True)
class RangeView:
    """``start`` and ``end`` are places on the scale's line, from 0 to PLACES."""

    number: int
    name: str
    text: Any
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
    score: str
    ranges: tuple[RangeView, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    number: int
    name: str
    text: Any
    area: Area
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


def questions(definition: Definition, answers: Answers | None = None) -> list[Question]:
    given = answers or [None] * len(definition.items)
    return [
        Question(
            number,
            item.text,
            tuple(Choice(each.text, each.value, each.value == answer) for each in definition.labels),
        )
        for number, (item, answer) in enumerate(zip(definition.items, given, strict=True), 1)
    ]


def result_view(definition: Definition, texts: ResultTexts, answers: Answers) -> ResultView:
    result = score(definition, answers)
    return ResultView(
        scales=_scales(definition, texts, result),
        pairs=_pairs(definition, texts, result),
        crisis=result.crisis,
        blank=False,
        summary=summary(definition, result),
        answers=answers_text(definition, answers),
    )


def blank_result_view(definition: Definition, texts: ResultTexts) -> ResultView:
    return ResultView(
        scales=_scales(definition, texts, None), pairs=_pairs(definition, texts, None), crisis=True, blank=True
    )


def browser_data(definition: Definition) -> dict[str, Any]:
    """What ``assessment.js`` scores from and the texts that it writes, as JSON can carry it."""
    return {"definition": asdict(definition), "texts": BROWSER_TEXTS}


def _scales(definition: Definition, texts: ResultTexts, result: Result | None) -> tuple[ScaleView, ...]:
    views = []
    for number, scale in enumerate(definition.scales):
        found = result.scales[number] if result else None
        ends = borders(definition, number)
        views.append(
            ScaleView(
                number=number,
                name=scale.name,
                low_end=scale.low_end,
                high_end=scale.high_end,
                place=found.place if found else None,
                score=score_text(definition, result, number) if result else "",
                ranges=tuple(
                    RangeView(
                        number=n,
                        name=each.name,
                        text=texts.ranges[number][n],
                        start=ends[n],
                        end=ends[n + 1],
                        here=bool(found and found.range == n),
                    )
                    for n, each in enumerate(scale.ranges)
                ),
            )
        )
    return tuple(views)


def _pairs(definition: Definition, texts: ResultTexts, result: Result | None) -> tuple[PairView, ...]:
    return tuple(
        PairView(
            number=number,
            name=pair.name,
            text=texts.pairs[number],
            area=area(definition, pair),
            here=bool(result and number in result.pairs),
        )
        for number, pair in enumerate(definition.pairs)
    )
