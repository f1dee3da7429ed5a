"""Answers as a form carries them, one field a question (q1, q2 and so on), and as an editor types them."""

import re
from collections.abc import Mapping

from assessment.rules.definition import Definition
from assessment.rules.problems import Fault, Problem

MISSING = "-"


class NotAnswers(ValueError):
    """Typed answers that can't be read; ``problem`` says why, its path is empty."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.fault)
        self.problem = problem


def answers_from(definition: Definition, posted: Mapping[str, str]) -> list[int | None]:
    """What no label carries counts as unanswered: the reader is then asked again, not refused."""
    values = {str(label.value): label.value for label in definition.labels}
    return [values.get(posted.get(f"q{number}", "")) for number in range(1, len(definition.items) + 1)]


def read_answers(definition: Definition, typed: str) -> list[int | None]:
    """One value a question, separated by spaces, commas or semicolons, "-" for none. Raises NotAnswers."""
    known = [label.value for label in definition.labels]
    values = [str(value) for value in known]
    answers: list[int | None] = []
    for number, word in enumerate(re.findall(r"[^\s,;]+", typed), 1):
        if word == MISSING:
            answers.append(None)
        elif re.fullmatch(r"[+-]?[0-9]{1,9}", word) and int(word) in known:
            answers.append(int(word))
        else:
            raise NotAnswers(Problem((), Fault.ANSWER_UNKNOWN, {"number": number, "answer": word, "values": values}))
    if len(answers) != len(definition.items):
        counts = {"items": len(definition.items), "given": len(answers)}
        raise NotAnswers(Problem((), Fault.ANSWERS_MISCOUNTED, {**counts, "values": values}))
    return answers
