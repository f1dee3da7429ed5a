"""Worked examples: answers with the result their author expects, held against the scorer."""

import re
from collections.abc import Sequence

from assessment.definition import Definition
from assessment.drafts import DraftExample, DraftExpected
from assessment.problems import Path, Problem, listed, same
from assessment.scoring import Result, score

MISSING = "-"


class NotAnswers(ValueError):
    """Typed answers that can't be read; the message says what to mend."""


def read_answers(definition: Definition, typed: str) -> list[int | None]:
    """Answers as an editor types them: one value a question, apart by spaces or commas, "-" for
    none. Raises NotAnswers.
    """
    words = [word for word in re.split(r"[\s,;]+", typed.strip()) if word]
    values = {label.value for label in definition.labels}
    known = ", ".join(str(value) for value in sorted(values))
    answers: list[int | None] = []
    for number, word in enumerate(words, 1):
        if word == MISSING:
            answers.append(None)
        elif re.fullmatch(r"[+-]?[0-9]{1,9}", word) and int(word) in values:
            answers.append(int(word))
        else:
            raise NotAnswers(
                f"Answer {number}, “{word}”, is none of the answers' values ({known}), nor - for no answer."
            )
    if len(answers) != len(definition.items):
        raise NotAnswers(
            f"There are {len(definition.items)} questions, but {len(answers)} answers here."
            f" Give one value for each question ({known}), or - for no answer."
        )
    return answers


def example_problems(definition: Definition, letters: Sequence[str], examples: Sequence[DraftExample]) -> list[Problem]:
    """``letters`` name the definition's scales in their order.

    A range counts as shown where an example expects it and the scorer agrees.
    """
    problems = []
    shown: set[tuple[int, int]] = set()
    for number, example in enumerate(examples):
        path: Path = ("examples", number)
        try:
            result = score(definition, read_answers(definition, example["answers"]))
        except NotAnswers as error:
            problems.append(Problem((*path, "answers"), str(error)))
            continue
        if not example["expected"]:
            problems.append(Problem((*path, "expected"), "Say which result you expect."))
        for place, expected in enumerate(example["expected"]):
            here = (*path, "expected", place)
            if expected["scale"] not in letters:
                problems.append(Problem((*here, "scale"), "Choose one of the scales."))
                continue
            scale = letters.index(expected["scale"])
            found = _disagreements(definition, result, scale, expected, here)
            problems += found
            reached = result.scales[scale].range
            if not found and reached is not None:
                shown.add((scale, reached))
    return problems or [
        Problem(
            ("scales", scale, "ranges", number, "name"),
            f"No worked example ends in “{each.name}”. Add one under “Worked examples”, so that"
            " the scoring is shown to do what you mean.",
        )
        for scale, of in enumerate(definition.scales)
        for number, each in enumerate(of.ranges)
        if (scale, number) not in shown
    ]


def _disagreements(
    definition: Definition, result: Result, number: int, expected: DraftExpected, path: Path
) -> list[Problem]:
    scale, reached = definition.scales[number], result.scales[number]
    names = [each.name for each in scale.ranges]
    if not any(same(expected["range"], name) for name in names):
        return [
            Problem(
                (*path, "range"),
                f"“{scale.name}” has no range of this name. Its ranges are {listed(names)}.",
            )
        ]
    if reached.ticks is None or reached.range is None:
        return [Problem((*path, "range"), "Too few of these answers are given for a result.")]
    problems = []
    score_reached = scale.points(reached.ticks)
    if not same(expected["range"], names[reached.range]):
        problems.append(
            Problem(
                (*path, "range"),
                f"These answers score {score_reached} on “{scale.name}”, which is"
                f" “{names[reached.range]}”, not “{expected['range'].strip()}”.",
            )
        )
    if expected["score"] is not None and (expected["score"] * scale.method.ticks != reached.ticks):
        problems.append(
            Problem(
                (*path, "score"),
                f"These answers score {score_reached} on “{scale.name}”, not {expected['score']}.",
            )
        )
    return problems
