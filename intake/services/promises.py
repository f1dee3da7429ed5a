"""What intake promises, as lines of the journal: no word of a request, only its uid; `recovery` does them again.

The kinds are stored for years: short literals that never change.
"""

from collections.abc import Iterable
from uuid import UUID

from innerbalance.journal.services.promises import promise
from intake.rules.questions import Answers
from intake.rules.safe_contact import SAFETY_QUESTIONS

DELETED = "intake.deleted"
CONTACT = "intake.safe-contact"
HOLD = "intake.legal-hold"


def deleted(uids: Iterable[UUID], *, why: str) -> None:
    promise(DELETED, requests=[str(uid) for uid in uids], why=why)


def safe_contact(uid: UUID, *, before: Answers, after: Answers) -> None:
    """What is not safe any more ("by phone only"), where something is; a yes that came later is not needed."""
    ways = {
        name: getattr(after, name)
        for name in SAFETY_QUESTIONS
        if getattr(before, name) == "yes" and getattr(after, name) != "yes"
    }
    if ways:
        promise(CONTACT, request=str(uid), ways=ways)


def legal_hold(uid: UUID, *, on_hold: bool) -> None:
    promise(HOLD, request=str(uid), on_hold=on_hold)
