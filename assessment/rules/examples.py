"""Worked examples: answers with the result their author expects, held against the scorer."""

from collections.abc import Sequence

from assessment.rules.answers import NotAnswers, read_answers
from assessment.rules.definition import Definition
from assessment.rules.problems import Fault, Path, Problem, same
from assessment.rules.schema import DraftExample, DraftExpected
from assessment.rules.scoring import Result, score


def example_problems(definition: Definition, letters: Sequence[str], examples: Sequence[DraftExample]) -> list[Problem]:
    """``letters`` name the definition's scales in their order.

    A range counts as shown where an example expects it and the scorer agrees.
    """
    problems: list[Problem] = []
    shown: set[tuple[int, int | None]] = set()
    for number, example in enumerate(examples):
        path: Path = ("examples", number)
        try:
            result = score(definition, read_answers(definition, example["answers"]))
        except NotAnswers as error:
            problems.append(Problem((*path, "answers"), error.problem.fault, error.problem.values))
            continue
        if not example["expected"]:
            problems.append(Problem((*path, "expected"), Fault.EXAMPLE_WITHOUT_RESULT))
        for place, expected in enumerate(example["expected"]):
            here = (*path, "expected", place)
            if expected["scale"] not in letters:
                problems.append(Problem((*here, "scale"), Fault.SCALE_UNKNOWN))
                continue
            scale = letters.index(expected["scale"])
            found = _disagreements(definition, result, scale, expected, here)
            problems += found
            if not found:
                shown.add((scale, result.scales[scale].range))
    return problems or [
        Problem(("scales", scale, "ranges", number, "name"), Fault.RANGE_WITHOUT_EXAMPLE, {"range": each.name})
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
        return [Problem((*path, "range"), Fault.RANGE_UNKNOWN, {"scale": scale.name, "ranges": names})]
    if reached.ticks is None or reached.range is None:
        return [Problem((*path, "range"), Fault.EXAMPLE_WITHOUT_SCORE)]
    problems = []
    scored = {"score": scale.method.points(reached.ticks), "scale": scale.name}
    if not same(expected["range"], names[reached.range]):
        values = {**scored, "range": names[reached.range], "expected": expected["range"].strip()}
        problems.append(Problem((*path, "range"), Fault.EXAMPLE_IN_OTHER_RANGE, values))
    if expected["score"] is not None and expected["score"] * scale.method.ticks != reached.ticks:
        values = {**scored, "expected": str(expected["score"])}
        problems.append(Problem((*path, "score"), Fault.EXAMPLE_WITH_OTHER_SCORE, values))
    return problems
