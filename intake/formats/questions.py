"""The words of the consultation form's questions, and answers as people read them. See intake.rules.questions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innerbalance.formats import format_phone
from intake.rules.questions import QUESTIONS, Answers, ContactProblem, Desk, Group, Kind, Mode, Question

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

type Words = str | _StrPromise


@dataclass(frozen=True, kw_only=True)
class QuestionWords:
    """`label` is what the form asks, `topic` what the office calls it: at the desk, on paper, in settings and exports.

    `missing` is the error of a question that was left out, `choices` the words of each key.
    """

    label: Words
    topic: Words
    hint: Words = ""
    missing: Words = ""
    choices: dict[str, Words] = field(default_factory=dict)


YES_NO: dict[str, Words] = {"yes": _("Yes"), "no": _("No")}

QUESTION_WORDS: dict[str, QuestionWords] = {
    "name": QuestionWords(
        label=_("Name to use"),
        topic=_("Name"),
        hint=_("What we should call you. It does not have to be your legal name."),
        missing=_("Enter the name we should use for you."),
    ),
    "pronouns": QuestionWords(label=_("Pronouns"), topic=_("Pronouns"), missing=_("Enter your pronouns.")),
    "phone": QuestionWords(
        label=_("Phone number"), topic=_("Phone"), hint=_("A phone number, an email address, or both.")
    ),
    "voicemail_safe": QuestionWords(
        label=_("May we leave a voicemail?"),
        topic=_("Voicemail safe"),
        hint=_("If you give a phone number."),
        missing=_("Say whether we may leave a voicemail."),
        choices=YES_NO,
    ),
    "text_safe": QuestionWords(
        label=_("May we send a text message?"),
        topic=_("Text safe"),
        hint=_("If you give a phone number."),
        missing=_("Say whether we may send a text message."),
        choices=YES_NO,
    ),
    "email": QuestionWords(label=_("Email address"), topic=_("Email")),
    "email_safe": QuestionWords(
        label=_("May we send you an email?"),
        topic=_("Email safe"),
        hint=_("If you give an email address."),
        missing=_("Say whether we may send you an email."),
        choices=YES_NO,
    ),
    "practice_named": QuestionWords(
        label=_("May we say the name of the practice?"),
        topic=_("Practice may be named"),
        hint=_("If somebody else answers, or can read your messages."),
        missing=_("Say whether we may say the name of the practice."),
        choices=YES_NO,
    ),
    "best_times": QuestionWords(
        label=_("Best times to reach you"),
        topic=_("Best times"),
        hint=_("Check all that apply."),
        choices={
            "morning": _("Morning"),
            "midday": _("Around noon"),
            "afternoon": _("Afternoon"),
            "any": _("Any time the office is open"),
        },
    ),
    "who_for": QuestionWords(
        label=_("Who is this for?"),
        topic=_("Who it is for"),
        missing=_("Say who this is for."),
        choices={
            "me": _("Me"),
            "relationship": _("My relationship"),
            "child": _("My child"),
            "other": _("Someone else"),
        },
    ),
    "office": QuestionWords(
        label=_("Which office works for you?"),
        topic=_("Preferred office"),
        missing=_("Choose an office, telehealth, or no preference."),
    ),
    "clinician": QuestionWords(label=_("Would you like to see someone in particular?"), topic=_("Preferred clinician")),
    "reasons": QuestionWords(
        label=_("What brings you here?"),
        topic=_("What brings them here"),
        hint=_("Check all that apply."),
        missing=_("Check at least one answer."),
    ),
    "note": QuestionWords(
        label=_("Anything else we should know before we call you back"),
        topic=_("Note"),
        hint=_("Up to 1,000 characters. Please leave out medical details: there will be time for them in person."),
        missing=_("Write a few words."),
    ),
    "payment": QuestionWords(
        label=_("How will you pay?"),
        topic=_("Payment"),
        missing=_("Say how you will pay; “not sure yet” is fine."),
        choices={"insurance": _("Insurance"), "self": _("Self-pay"), "unsure": _("Not sure yet")},
    ),
    "insurer": QuestionWords(label=_("Which insurance?"), topic=_("Insurance"), hint=_("If you use insurance.")),
    "returning": QuestionWords(
        label=_("Have you been here before?"),
        topic=_("New or returning"),
        missing=_("Say whether you have been here before."),
        choices={"new": _("I am new here"), "returning": _("I have been here before")},
    ),
    "assessment_summary": QuestionWords(
        label=_("Your self-assessment"),
        topic=_("Shared from a self-assessment"),
        hint=_("This is what would be sent. You can change it or leave it out."),
    ),
    "assessment_answers": QuestionWords(
        label=_("Your answers to its questions"), topic=_("Each answer of the self-assessment")
    ),
}

GROUP_LABELS: dict[Group, Words] = {
    Group.PERSON: _("About you"),
    Group.REACH: _("How to reach you"),
    Group.SAFETY: _("What is safe"),
    Group.LOOKING_FOR: _("What you are looking for"),
    Group.PRACTICAL: _("Practical things"),
    Group.ASSESSMENT: _("From your self-assessment"),
}

MODE_LABELS: dict[Mode, Words] = {
    Mode.OPTIONAL: _("Asked, may be left blank"),
    Mode.REQUIRED: _("Asked, must be answered"),
    Mode.HIDDEN: _("Not asked"),
}

DEFAULT_REASONS: tuple[str, ...] = (
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
"""Content to begin with: the office writes its own."""


def topics(names: list[str]) -> list[str]:
    """What the office calls these questions; a name that is no question's comes back as it is."""
    return [str(QUESTION_WORDS[name].topic) if name in QUESTION_WORDS else name for name in names]


def answer_text(question: Question, answers: Answers) -> str:
    """One answer as people read it; "" where nothing was said, except about what is safe: there it is a no."""
    value = getattr(answers, question.name)
    choices = QUESTION_WORDS[question.name].choices
    if question.kind is Kind.YES_NO:
        asked = not question.needs or getattr(answers, question.needs)
        return str(choices.get(value, choices["no"])) if asked else ""
    if question.kind is Kind.SEVERAL:
        return ", ".join(str(choices.get(each, each)) for each in value)
    if question.kind is Kind.PHONE:
        return format_phone(value) if value else ""
    return str(choices.get(value, value))


def _picked(answers: Answers, wanted: Callable[[Question], bool]) -> list[tuple[str, str]]:
    pairs = [
        (str(QUESTION_WORDS[each.name].topic), answer_text(each, answers))
        for each in QUESTIONS.values()
        if wanted(each)
    ]
    return [(topic, text) for topic, text in pairs if text.strip()]


def desk_facts(answers: Answers) -> list[tuple[str, str]]:
    """(topic, answer) of each short answer that was given, in the order of the form."""
    return _picked(answers, lambda question: question.desk is Desk.FACTS)


def desk_texts(answers: Answers) -> list[tuple[str, str]]:
    """(topic, answer) of each longer text that was given."""
    return _picked(answers, lambda question: question.desk is Desk.TEXT)


def export_headings() -> list[str]:
    """The headings of an export's columns about the person."""
    return [str(QUESTION_WORDS[each.name].topic) for each in QUESTIONS.values() if each.exported]


def export_cells(answers: Answers) -> list[str]:
    """The answers under `export_headings()`."""
    return [answer_text(each, answers) for each in QUESTIONS.values() if each.exported]


def contact_error(name: str, problem: ContactProblem) -> str:
    """What to do about what `contact_problems` found at a question."""
    if problem is ContactProblem.NO_WAY:
        return gettext("Enter a phone number or an email address, so that we can reach you.")
    if problem is ContactProblem.NO_SAFE_WAY:
        return gettext("You said that email is not safe. Enter a phone number that is, or call the office.")
    return str(QUESTION_WORDS[name].missing)
