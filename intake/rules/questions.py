"""The questions of the consultation form, each in one place.

A question is one field of `Answers`, declared with `ask(...)`; its words stand in `intake.formats.questions`. All the
rest follows from `QUESTIONS`, in this order:

- `intake.forms.question_field(question)`: the form, and with `at_desk=True` the correction (`correctable`)
- `Answers.to_json` and `from_json`: the sealed data
- the consultation settings: whoever has a `default_mode` can be hidden or required there (`OPTIONAL_QUESTIONS`)
- `intake.formats.questions.desk_facts(answers)`: the desk and its printout (`desk` is `Desk.FACTS`); what is
  `Desk.TEXT` stands there by itself (`desk_texts(answers)`)
- `intake.formats.questions.export_headings()` and `export_cells(answers)`: the list to take away (`exported`)
- `screened_texts(answers)`: what the spam rules read

Adding an optional question is one field here and its words there: no migration, no template.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    LINE = "line"
    TEXT = "text"
    PHONE = "phone"
    EMAIL = "email"
    YES_NO = "yes_no"
    """What is safe: no answer counts as no."""
    ONE = "one"
    SEVERAL = "several"


class Group(StrEnum):
    """The fieldsets of the form, in its order."""

    PERSON = "person"
    REACH = "reach"
    SAFETY = "safety"
    LOOKING_FOR = "looking_for"
    PRACTICAL = "practical"
    ASSESSMENT = "assessment"


class Desk(StrEnum):
    """Where an answer stands on the desk's screen."""

    HEAD = "head"
    """The name, the ways to reach the person, and what is safe: each has its own place there."""
    FACTS = "facts"
    TEXT = "text"


class Mode(StrEnum):
    """How a question is asked, where the office may choose."""

    OPTIONAL = "optional"
    REQUIRED = "required"
    HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. `choices` are keys; a choice without any is from a list of the office's (`intake.forms`).

    `needs` names the question without whose answer this one makes no sense.
    """

    name: str
    kind: Kind
    group: Group
    limit: int = 0
    choices: tuple[str, ...] = ()
    needs: str = ""
    required: bool = False
    default_mode: Mode | None = None
    desk: Desk = Desk.FACTS
    correctable: bool = False
    exported: bool = False
    screened: bool = False


def ask(kind: Kind, group: Group, **how: Any) -> Any:
    """A field of `Answers` with its question."""
    default: Any = () if kind is Kind.SEVERAL else ""
    return field(default=default, metadata={"kind": kind, "group": group, **how})


TELEHEALTH = "telehealth"
NO_PREFERENCE = "none"
WHO_FOR = ("me", "relationship", "child", "other")
BEST_TIMES = ("morning", "midday", "afternoon", "any")
PAYMENT = ("insurance", "self", "unsure")
RETURNING = ("new", "returning")


@dataclass(frozen=True)
class Answers:
    """What a person wrote to the office. All of it is encrypted; nothing of it is ever logged.

    `phone` is E.164. A choice is its key, "" where nothing was said; `reasons`, `office` and `clinician` are the words
    that the reader saw.
    """

    name: str = ask(
        Kind.LINE,
        Group.PERSON,
        limit=100,
        required=True,
        desk=Desk.HEAD,
        correctable=True,
        exported=True,
        screened=True,
    )
    pronouns: str = ask(
        Kind.LINE,
        Group.PERSON,
        limit=40,
        default_mode=Mode.OPTIONAL,
        correctable=True,
        exported=True,
        screened=True,
    )
    phone: str = ask(Kind.PHONE, Group.REACH, limit=40, desk=Desk.HEAD, correctable=True, exported=True)
    voicemail_safe: str = ask(Kind.YES_NO, Group.SAFETY, needs="phone", desk=Desk.HEAD, correctable=True, exported=True)
    text_safe: str = ask(Kind.YES_NO, Group.SAFETY, needs="phone", desk=Desk.HEAD, correctable=True, exported=True)
    email: str = ask(Kind.EMAIL, Group.REACH, limit=254, desk=Desk.HEAD, correctable=True, exported=True)
    email_safe: str = ask(Kind.YES_NO, Group.SAFETY, needs="email", desk=Desk.HEAD, correctable=True, exported=True)
    practice_named: str = ask(Kind.YES_NO, Group.SAFETY, desk=Desk.HEAD, correctable=True, exported=True)
    best_times: tuple[str, ...] = ask(Kind.SEVERAL, Group.SAFETY, choices=BEST_TIMES)
    who_for: str = ask(Kind.ONE, Group.LOOKING_FOR, choices=WHO_FOR, default_mode=Mode.REQUIRED, correctable=True)
    office: str = ask(Kind.ONE, Group.LOOKING_FOR, default_mode=Mode.OPTIONAL)
    clinician: str = ask(Kind.ONE, Group.LOOKING_FOR, default_mode=Mode.OPTIONAL)
    reasons: tuple[str, ...] = ask(Kind.SEVERAL, Group.LOOKING_FOR, default_mode=Mode.OPTIONAL)
    note: str = ask(Kind.TEXT, Group.LOOKING_FOR, limit=1000, default_mode=Mode.OPTIONAL, desk=Desk.TEXT, screened=True)
    payment: str = ask(Kind.ONE, Group.PRACTICAL, choices=PAYMENT, default_mode=Mode.OPTIONAL, correctable=True)
    insurer: str = ask(Kind.LINE, Group.PRACTICAL, limit=100, needs="payment", correctable=True, screened=True)
    returning: str = ask(Kind.ONE, Group.PRACTICAL, choices=RETURNING, default_mode=Mode.OPTIONAL, correctable=True)
    assessment_summary: str = ask(Kind.TEXT, Group.ASSESSMENT, limit=2000, desk=Desk.TEXT)
    assessment_answers: str = ask(Kind.TEXT, Group.ASSESSMENT, limit=4000, desk=Desk.TEXT)

    def __repr__(self) -> str:
        """Answers end up in tracebacks sooner or later; they must say nothing there."""
        return "<Answers: not shown>"

    def to_json(self) -> dict[str, Any]:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(self).items() if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Answers":
        """Reads what to_json wrote; what a later version no longer knows is left aside."""
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in data.items()
            if name in QUESTIONS
        }
        return cls(**known)


QUESTIONS: dict[str, Question] = {each.name: Question(name=each.name, **each.metadata) for each in fields(Answers)}

OPTIONAL_QUESTIONS = tuple(each for each in QUESTIONS.values() if each.default_mode is not None)
"""What the office may turn off. A name, a way to reach the person and what is safe are always asked."""

SUMMARY_LIMIT = QUESTIONS["assessment_summary"].limit
ANSWERS_LIMIT = QUESTIONS["assessment_answers"].limit


class QuestionModes:
    """How each optional question is asked; one that `chosen` does not name, or names nonsense for, is as by default."""

    def __init__(self, chosen: Mapping[str, str] | None = None) -> None:
        chosen = chosen or {}
        self._modes = {
            each.name: Mode(chosen[each.name]) if chosen.get(each.name) in set(Mode) else each.default_mode
            for each in OPTIONAL_QUESTIONS
        }

    def mode(self, name: str) -> Mode | None:
        """None for a question that is always asked."""
        return self._modes.get(name)

    def shows(self, name: str) -> bool:
        """Whether it is asked, and so is the question that it needs."""
        needs = QUESTIONS[name].needs
        return self.mode(name) is not Mode.HIDDEN and (not needs or self.shows(needs))

    def requires(self, name: str) -> bool:
        return QUESTIONS[name].required or self.mode(name) is Mode.REQUIRED


def screened_texts(answers: Answers) -> list[str]:
    """What the spam rules read: everything a robot could write a link into."""
    return [getattr(answers, each.name) for each in QUESTIONS.values() if each.screened]


class ContactProblem(StrEnum):
    """Why the office could not safely call back yet."""

    NO_WAY = "no_way"
    NO_SAFE_WAY = "no_safe_way"
    NOT_SAID = "not_said"


def contact_problems(answers: Answers) -> dict[str, ContactProblem]:
    """What is missing before the office could safely call back, by the question where it is to be said."""
    problems = {}
    if not answers.phone and not answers.email:
        problems["phone"] = ContactProblem.NO_WAY
    elif not answers.phone and answers.email_safe == "no":
        problems["phone"] = ContactProblem.NO_SAFE_WAY
    for each in QUESTIONS.values():
        asked = each.kind is Kind.YES_NO and (not each.needs or getattr(answers, each.needs))
        if asked and not getattr(answers, each.name):
            problems[each.name] = ContactProblem.NOT_SAID
    return problems
