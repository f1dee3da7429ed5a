"""How a person may be reached, and how not, in words for the desk."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.formats.questions import answer_text
from intake.rules import safe_contact
from intake.rules.questions import QUESTIONS, Answers
from intake.rules.safe_contact import Way
from intake.rules.status import Attempt

WARNINGS = {
    Way.NAME: _("Do not say the name of the practice to anyone else who answers."),
    Way.VOICEMAIL: _("Do not leave a voicemail."),
    Way.TEXT: _("Do not send a text message."),
    Way.EMAIL: _("Do not send an email."),
}

PERMISSIONS = {
    Way.CALL: _("You may call."),
    Way.VOICEMAIL: _("You may leave a voicemail."),
    Way.TEXT: _("You may send a text message."),
    Way.EMAIL: _("You may send an email."),
    Way.NAME: _("You may say the name of the practice."),
}

UNSAFE_ATTEMPTS = {
    Way.VOICEMAIL: _("This person did not say that a voicemail is safe."),
    Way.TEXT: _("This person did not say that a text message is safe."),
    Way.EMAIL: _("This person did not say that an email is safe."),
}


def warnings(answers: Answers) -> list[str]:
    """The warnings for the desk, the gravest first; empty when everything is fine."""
    return [str(WARNINGS[way]) for way in safe_contact.unsafe_ways(answers)]


def permissions(answers: Answers) -> list[str]:
    """What is safe, and when."""
    found = [str(PERMISSIONS[way]) for way in safe_contact.safe_ways(answers)]
    if times := answer_text(QUESTIONS["best_times"], answers):
        found.append(gettext("Best times: %(times)s.") % {"times": times.lower()})
    return found


def unsafe_attempt(answers: Answers, attempt: Attempt) -> str | None:
    """Why this way of reaching the person is not safe; None when it is."""
    way = safe_contact.unsafe_attempt(answers, attempt)
    return str(UNSAFE_ATTEMPTS[way]) if way else None
