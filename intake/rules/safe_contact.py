"""What the office must not do when it reaches out: the warnings before everything else."""

from intake.rules.questions import BEST_TIMES, Answers
from intake.rules.status import Attempt


def warnings(answers: Answers) -> list[str]:
    """The warnings for the desk, the gravest first; empty when everything is fine.

    What was not answered counts as no.
    """
    found = []
    if answers.practice_named != "yes":
        found.append("Do not say the name of the practice to anyone else who answers.")
    if answers.phone and answers.voicemail_safe != "yes":
        found.append("Do not leave a voicemail.")
    if answers.phone and answers.text_safe != "yes":
        found.append("Do not send a text message.")
    if answers.mail and answers.mail_safe != "yes":
        found.append("Do not send an e-mail.")
    return found


def permissions(answers: Answers) -> list[str]:
    """What is safe, in words, for the desk."""
    found = []
    if answers.phone:
        found.append("You may call.")
        if answers.voicemail_safe == "yes":
            found.append("You may leave a voicemail.")
        if answers.text_safe == "yes":
            found.append("You may send a text message.")
    if answers.mail and answers.mail_safe == "yes":
        found.append("You may send an e-mail.")
    if answers.practice_named == "yes":
        found.append("You may say the name of the practice.")
    times = [BEST_TIMES[each] for each in answers.best_times if each in BEST_TIMES]
    if times:
        found.append(f"Best times: {', '.join(times).lower()}.")
    return found


def unsafe_attempt(answers: Answers, attempt: Attempt) -> str | None:
    """Why this way of reaching the person is not safe, None when it is."""
    if attempt is Attempt.VOICEMAIL and answers.voicemail_safe != "yes":
        return "This person did not say that a voicemail is safe."
    if attempt is Attempt.TEXTED and answers.text_safe != "yes":
        return "This person did not say that a text message is safe."
    if attempt is Attempt.MAILED and answers.mail_safe != "yes":
        return "This person did not say that an e-mail is safe."
    return None


def may_auto_reply(answers: Answers) -> bool:
    """Whether a mail by itself is safe: only where mail is, and where our name may be seen.

    The sender's address names the practice whatever the words say.
    """
    return bool(answers.mail) and answers.mail_safe == "yes" and answers.practice_named == "yes"
