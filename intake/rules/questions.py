"""The questions of the consultation request: their answers, and which of them may be hidden."""

from dataclasses import dataclass, field
from enum import StrEnum

NOTE_LIMIT = 1000
SUMMARY_LIMIT = 2000
ANSWERS_LIMIT = 4000


class Asking(StrEnum):
    SHOWN = "shown"
    REQUIRED = "required"
    HIDDEN = "hidden"


ASKING_LABELS = {
    Asking.SHOWN: "Shown, may stay empty",
    Asking.REQUIRED: "Shown, must be answered",
    Asking.HIDDEN: "Not asked",
}

# What the office may turn off, with what it is called in the settings. A name, a way to reach
# the person and what is safe are always asked.
OPTIONAL_QUESTIONS: dict[str, tuple[str, Asking]] = {
    "pronouns": ("Pronouns", Asking.SHOWN),
    "who_for": ("Who it is for", Asking.REQUIRED),
    "office": ("Preferred office or telehealth", Asking.SHOWN),
    "clinician": ("Preferred clinician", Asking.SHOWN),
    "reasons": ("What brings you", Asking.SHOWN),
    "note": ("Note", Asking.SHOWN),
    "payment": ("How you will pay", Asking.SHOWN),
    "returning": ("New or returning", Asking.SHOWN),
}

YES_NO = {"yes": "Yes", "no": "No"}

WHO_FOR = {
    "me": "Me",
    "relationship": "My relationship",
    "child": "My child",
    "other": "Someone else",
}

BEST_TIMES = {
    "morning": "Morning",
    "midday": "Around noon",
    "afternoon": "Afternoon",
    "any": "Any time the office is open",
}

PAYMENT = {"insurance": "Insurance", "self": "Self-pay", "unsure": "Not sure yet"}

RETURNING = {"new": "I am new here", "returning": "I have been here before"}

TELEHEALTH = "telehealth"
NO_PREFERENCE = "none"

DEFAULT_REASONS = (
    "Relationship or marriage",
    "Codependency or people-pleasing",
    "Anxiety or worry",
    "Low mood or depression",
    "Trauma or a painful event",
    "Grief or loss",
    "Parenting or family",
    "Stress or burnout",
    "Something else",
)


@dataclass(frozen=True)
class Asked:
    """Which optional question is asked how: name of the question -> Asking."""

    modes: dict[str, Asking] = field(
        default_factory=lambda: {name: mode for name, (_, mode) in OPTIONAL_QUESTIONS.items()}
    )

    def shows(self, question: str) -> bool:
        return self.modes[question] != Asking.HIDDEN

    def requires(self, question: str) -> bool:
        return self.modes[question] == Asking.REQUIRED


@dataclass(frozen=True)
class Answers:
    """What a person wrote to the office. All of it is encrypted; nothing of it is ever logged.

    `phone` is E.164. A choice is the key of its table above, "" where nothing was said; `reasons`
    are the words that were ticked. `office` and `clinician` are the words the reader saw.
    """

    name: str
    phone: str = ""
    mail: str = ""
    pronouns: str = ""
    voicemail_safe: str = ""
    text_safe: str = ""
    mail_safe: str = ""
    practice_named: str = ""
    best_times: tuple[str, ...] = ()
    who_for: str = ""
    office: str = ""
    clinician: str = ""
    reasons: tuple[str, ...] = ()
    note: str = ""
    payment: str = ""
    insurer: str = ""
    returning: str = ""
    assessment_summary: str = ""
    assessment_answers: str = ""

    def __repr__(self) -> str:
        """Answers end up in tracebacks sooner or later; they must say nothing there."""
        return "<Answers: not shown>"

    def to_json(self) -> dict:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(self).items() if value}

    @classmethod
    def from_json(cls, data: dict) -> "Answers":
        """Reads what to_json wrote; what a later version no longer knows is left aside."""
        known = cls.__dataclass_fields__
        values = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name in known
        }
        return cls(**{"name": ""} | values)


def contact_errors(answers: Answers) -> dict[str, str]:
    """What is missing before the office could safely call back: field -> what to do."""
    errors: dict[str, str] = {}
    if not answers.phone and not answers.mail:
        errors["phone"] = "Enter a phone number or an e-mail address, so that we can reach you."
    if answers.phone:
        if not answers.voicemail_safe:
            errors["voicemail_safe"] = "Say whether we may leave a voicemail."
        if not answers.text_safe:
            errors["text_safe"] = "Say whether we may send a text message."
    if answers.mail and not answers.mail_safe:
        errors["mail_safe"] = "Say whether we may send you an e-mail."
    if answers.mail and not answers.phone and answers.mail_safe == "no":
        errors["phone"] = "You said that e-mail is not safe. Enter a phone number that is, or call the office."
    if not answers.practice_named:
        errors["practice_named"] = "Say whether we may say the name of the practice."
    return errors
