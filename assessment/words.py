"""A result in words: the same ones on the screen, in the reader's copy and in what is shared.

``innerbalance/static/js/assessment-scoring.js`` writes the same words in the browser.
"""

from assessment.definition import Definition
from assessment.scoring import Answers, Result

SUMMARY_LIMIT = 2000
ANSWERS_LIMIT = 4000
"""Characters that the consultation request takes; a line end counts two, as a form sends it."""


def place_in_words(definition: Definition, result: Result, number: int) -> str:
    """Where one scale's score lies, such as "9, on a line from 0 (on my own) to 24 (all for us)"."""
    scale = definition.scales[number]
    ticks = result.scales[number].ticks
    if ticks is None:
        return "Not enough answers to say."
    low, high = definition.bounds(number)
    return (
        f"{scale.points(ticks)}, on a line from {scale.points(low)} ({scale.low_end})"
        f" to {scale.points(high)} ({scale.high_end})"
    )


def summary(definition: Definition, result: Result) -> str:
    lines = [definition.title]
    for number, scale in enumerate(definition.scales):
        place = place_in_words(definition, result, number)
        found = result.scales[number].range
        named = "" if found is None else f"{scale.ranges[found].name} — "
        lines.append(f"{scale.name}: {named}{place}")
    lines += [definition.pairs[number].name for number in result.pairs]
    return fitted("\n".join(lines), SUMMARY_LIMIT)


def answers_in_words(definition: Definition, answers: Answers) -> str:
    """Each question with its answer; where that is too long, each question's number instead."""
    texts = {label.value: label.text for label in definition.labels}
    given = ["no answer" if answer is None else texts[answer] for answer in answers]
    full = "\n".join(
        f"{number}. {item.text} — {answer}"
        for number, (item, answer) in enumerate(zip(definition.items, given, strict=True), 1)
    )
    if sent_length(full) <= ANSWERS_LIMIT:
        return full
    short = "\n".join(f"{number}. {answer}" for number, answer in enumerate(given, 1))
    return fitted(short, ANSWERS_LIMIT)


def sent_length(text: str) -> int:
    return len(text) + text.count("\n")


def fitted(text: str, limit: int) -> str:
    """The text, or as much of it as the limit holds with an ellipsis to say so."""
    if sent_length(text) <= limit:
        return text
    kept, length = [], 0
    for letter in text:
        length += sent_length(letter)
        if length > limit - 1:
            break
        kept.append(letter)
    return "".join(kept) + "…"
