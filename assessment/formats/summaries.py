"""A result as text: the same on the screen, in the reader's copy and in what is shared.

``innerbalance/static/js/assessment-scoring.js`` writes the same in the browser, from the same TEXTS.
"""

from django.utils.translation import gettext_lazy as _

from assessment.rules.definition import Definition
from assessment.rules.scoring import Answers, Result

SUMMARY_LIMIT = 2000
ANSWERS_LIMIT = 4000
"""Characters that the consultation request takes; a line end counts two, as a form sends it."""

TEXTS = {
    "score": _("%(score)s, on a line from %(low)s (%(low_end)s) to %(high)s (%(high_end)s)"),
    "not_enough": _("Not enough answers for a result."),
    "scale": _("%(scale)s: %(score)s"),
    "scale_in_range": _("%(scale)s: %(range)s — %(score)s"),
    "question": _("%(number)s. %(question)s — %(answer)s"),
    "question_by_number": _("%(number)s. %(answer)s"),
    "no_answer": _("no answer"),
}


def score_text(definition: Definition, result: Result, number: int) -> str:
    """Where one scale's score lies, such as "9, on a line from 0 (on my own) to 24 (all for us)"."""
    scale = definition.scales[number]
    ticks = result.scales[number].ticks
    if ticks is None:
        return str(TEXTS["not_enough"])
    points = scale.method.points
    low, high = definition.bounds(number)
    return str(TEXTS["score"]) % {
        "score": points(ticks),
        "low": points(low),
        "low_end": scale.low_end,
        "high": points(high),
        "high_end": scale.high_end,
    }


def summary(definition: Definition, result: Result) -> str:
    """Title, scales and pairs, a line each, at most SUMMARY_LIMIT characters."""
    lines = [definition.title]
    for number, scale in enumerate(definition.scales):
        values = {"scale": scale.name, "score": score_text(definition, result, number)}
        found = result.scales[number].range
        if found is None:
            lines.append(str(TEXTS["scale"]) % values)
        else:
            lines.append(str(TEXTS["scale_in_range"]) % {**values, "range": scale.ranges[found].name})
    lines += [definition.pairs[number].name for number in result.pairs]
    return cut("\n".join(lines), SUMMARY_LIMIT)


def answers_text(definition: Definition, answers: Answers) -> str:
    """Each question with its answer; where that is too long, each question's number instead."""
    labels = {label.value: label.text for label in definition.labels}
    rows = [
        {
            "number": number,
            "question": item.text,
            "answer": str(TEXTS["no_answer"]) if answer is None else labels[answer],
        }
        for number, (item, answer) in enumerate(zip(definition.items, answers, strict=True), 1)
    ]
    full = "\n".join(str(TEXTS["question"]) % row for row in rows)
    if sent_length(full) <= ANSWERS_LIMIT:
        return full
    return cut("\n".join(str(TEXTS["question_by_number"]) % row for row in rows), ANSWERS_LIMIT)


def sent_length(text: str) -> int:
    return len(text) + text.count("\n")


def cut(text: str, limit: int) -> str:
    """The text, or as much of it as the limit holds with an ellipsis to say so."""
    if sent_length(text) <= limit:
        return text
    end, length = 0, 0
    while (length := length + sent_length(text[end])) < limit:
        end += 1
    return text[:end] + "…"
