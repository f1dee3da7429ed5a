"""What the office must not do when it reaches out to a person. What was not answered counts as no."""

from enum import StrEnum

from intake.rules.questions import Answers
from intake.rules.status import Attempt

SAFETY_QUESTIONS = ("voicemail_safe", "text_safe", "email_safe", "practice_named")
"""Names of the answers that only a yes makes safe."""


class Way(StrEnum):
    """A way to reach the person, or what is said on it."""

    CALL = "call"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    EMAIL = "email"
    NAME = "name"


_ATTEMPTS = {Attempt.VOICEMAIL: Way.VOICEMAIL, Attempt.TEXTED: Way.TEXT, Attempt.EMAILED: Way.EMAIL}


def _is_safe(answers: Answers, way: Way) -> bool:
    said = {
        Way.CALL: "yes",
        Way.VOICEMAIL: answers.voicemail_safe,
        Way.TEXT: answers.text_safe,
        Way.EMAIL: answers.email_safe,
        Way.NAME: answers.practice_named,
    }
    return said[way] == "yes"


def _given(answers: Answers) -> list[Way]:
    """The ways that what the person gave opens."""
    by_phone = [Way.CALL, Way.VOICEMAIL, Way.TEXT] if answers.phone else []
    return by_phone + ([Way.EMAIL] if answers.email else [])


def unsafe_ways(answers: Answers) -> list[Way]:
    """What the desk must not do, the gravest first; empty when everything is fine."""
    return [way for way in (Way.NAME, *_given(answers)) if not _is_safe(answers, way)]


def safe_ways(answers: Answers) -> list[Way]:
    """What the desk may do, in the order of the form."""
    return [way for way in (*_given(answers), Way.NAME) if _is_safe(answers, way)]


def unsafe_attempt(answers: Answers, attempt: Attempt) -> Way | None:
    """The way by which this attempt reached the person, if it is not safe; None when it is."""
    way = _ATTEMPTS.get(attempt)
    return way if way and not _is_safe(answers, way) else None


def may_auto_reply(answers: Answers) -> bool:
    """Whether an email by itself is safe: only where email is, and where our name may be seen.

    The sender's address names the practice whatever the words say. The reply carries no reference number: it is no
    proof of anything to somebody else who reads it.
    """
    return bool(answers.email) and _is_safe(answers, Way.EMAIL) and _is_safe(answers, Way.NAME)
