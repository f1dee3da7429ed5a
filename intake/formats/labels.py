"""What the office calls statuses, steps, outcomes, and the reasons for holding a request."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.rules.status import Attempt, Attention, Move, MoveNotAllowed, Outcome, Status
from intake.rules.suspicion import Reason

STATUS_LABELS = {
    Status.NEW: _("New"),
    Status.IN_CONTACT: _("In contact"),
    Status.BOOKED: _("Booked"),
    Status.REFERRED: _("Referred out"),
    Status.DECLINED: _("Declined"),
    Status.CLOSED: _("Closed"),
}

MOVE_LABELS = {
    Move.ATTEMPT: _("Log an attempt"),
    Move.BOOK: _("Book a consultation"),
    Move.REFER: _("Refer out"),
    Move.DECLINE: _("Decline"),
    Move.CLOSE: _("Close"),
    Move.REOPEN: _("Reopen"),
}

ATTEMPT_LABELS = {
    Attempt.SPOKE: _("Called and spoke"),
    Attempt.VOICEMAIL: _("Called and left a voicemail"),
    Attempt.NO_ANSWER: _("Called, no answer"),
    Attempt.EMAILED: _("Sent an email"),
    Attempt.TEXTED: _("Sent a text"),
}

OUTCOME_LABELS = {
    Outcome.BECAME_CLIENT: _("Became a client"),
    Outcome.NO_RESPONSE: _("No response"),
    Outcome.WITHDREW: _("Withdrew"),
    Outcome.DUPLICATE: _("Duplicate of another request"),
}

ATTENTION_LABELS = {
    Attention.NONE: _("On time"),
    Attention.OVERDUE: _("Answer overdue"),
    Attention.STUCK: _("No next step"),
}

REASON_LABELS = {
    Reason.HONEYPOT: _("A question that people can't see was answered"),
    Reason.NO_STAMP: _("The form was not sent from our page"),
    Reason.TOO_FAST: _("The form was filled in faster than a person can"),
    Reason.LINKS: _("There are links in the text"),
    Reason.MARKUP: _("There is markup in the text"),
    Reason.NETWORK_LIMIT: _("Many requests came from one network"),
    Reason.CONTACT_LIMIT: _("Many requests came with the same phone number or email address"),
}


def move_refused(error: MoveNotAllowed) -> str:
    """Why the table has no such step."""
    return gettext("“%(step)s” is not possible while a request is “%(status)s”.") % {
        "step": MOVE_LABELS[error.move],
        "status": str(STATUS_LABELS[error.status]).lower(),
    }
