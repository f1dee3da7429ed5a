"""Answers as a form carries them: one field a question, q1, q2 and so on."""

from collections.abc import Mapping

from assessment.definition import Definition


def field_name(number: int) -> str:
    """``number`` counts from one."""
    return f"q{number}"


def answers_from(definition: Definition, posted: Mapping[str, str]) -> list[int | None]:
    """What no label carries counts as unanswered: the reader is then asked again, not refused."""
    values = {str(label.value): label.value for label in definition.labels}
    return [values.get(posted.get(field_name(number), "")) for number in range(1, len(definition.items) + 1)]
