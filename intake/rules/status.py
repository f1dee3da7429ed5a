"""Where a consultation request stands, and which moves lead where.

This table is the only place that says so. Quarantine is not a status: it is a flag beside it,
so that a released request goes on as if it had never been held.
"""

from datetime import datetime, timedelta
from enum import StrEnum


class Status(StrEnum):
    NEW = "new"
    IN_CONTACT = "in_contact"
    BOOKED = "booked"
    REFERRED = "referred"
    DECLINED = "declined"
    CLOSED = "closed"


OPEN = frozenset({Status.NEW, Status.IN_CONTACT, Status.BOOKED})
"""Somebody at the desk still owes this person something."""

WAITING = frozenset({Status.NEW, Status.IN_CONTACT})
"""No appointment yet: these are the work queue."""

ENDED = frozenset({Status.REFERRED, Status.DECLINED, Status.CLOSED})
"""Nothing more to do; retention runs from the day it ended."""


class Move(StrEnum):
    ATTEMPT = "attempt"
    BOOK = "book"
    REFER = "refer"
    DECLINE = "decline"
    CLOSE = "close"
    REOPEN = "reopen"


class Attempt(StrEnum):
    """How the office tried to reach the person."""

    SPOKE = "spoke"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    EMAILED = "mailed"
    TEXTED = "texted"


ANSWERING_ATTEMPTS = frozenset(Attempt) - {Attempt.NO_ANSWER}
"""Something of ours reached the person. A phone that rang unheard is not yet an answer."""

ANSWERING_MOVES = frozenset({Move.BOOK, Move.REFER, Move.DECLINE})


class Outcome(StrEnum):
    """Why a request was closed."""

    BECAME_CLIENT = "became_client"
    NO_RESPONSE = "no_response"
    WITHDREW = "withdrew"
    DUPLICATE = "duplicate"


MOVES: dict[Move, dict[Status, Status]] = {
    Move.ATTEMPT: {
        Status.NEW: Status.IN_CONTACT,
        Status.IN_CONTACT: Status.IN_CONTACT,
        Status.BOOKED: Status.BOOKED,
    },
    Move.BOOK: dict.fromkeys(OPEN, Status.BOOKED),
    Move.REFER: dict.fromkeys(OPEN, Status.REFERRED),
    Move.DECLINE: dict.fromkeys(OPEN, Status.DECLINED),
    Move.CLOSE: {
        Status.NEW: Status.CLOSED,
        Status.IN_CONTACT: Status.CLOSED,
        Status.BOOKED: Status.CLOSED,
        Status.REFERRED: Status.CLOSED,
    },
    Move.REOPEN: dict.fromkeys(ENDED, Status.IN_CONTACT),
}


class MoveNotAllowed(Exception):
    """The table has no such move from that status; `intake.formats.labels.move_refused` says so to people."""

    def __init__(self, move: Move, status: Status) -> None:
        self.move = move
        self.status = status
        super().__init__(f"{move.value} from {status.value}")


def destination(move: Move, status: Status, *, answered: bool) -> Status:
    """The status after `move`; raises MoveNotAllowed.

    A reopened request that nobody ever answered is new again, so that its clock shows.
    """
    try:
        after = MOVES[move][status]
    except KeyError:
        raise MoveNotAllowed(move, status) from None
    if move is Move.REOPEN and not answered:
        return Status.NEW
    return after


def possible_moves(status: Status) -> list[Move]:
    """The next steps to offer, in the order of the desk's buttons."""
    return [move for move in Move if status in MOVES[move]]


def answers(move: Move, attempt: Attempt | None = None) -> bool:
    """Whether this step is the answer that stops the clock."""
    if move is Move.ATTEMPT:
        return attempt in ANSWERING_ATTEMPTS
    return move in ANSWERING_MOVES


class Attention(StrEnum):
    """What an open request asks of the desk at a given moment."""

    NONE = "none"
    OVERDUE = "overdue"
    STUCK = "stuck"


def act_by(
    *,
    status: Status,
    answered: bool,
    answer_due_at: datetime | None,
    last_step_at: datetime,
    next_step_at: datetime | None,
    quiet_days: int,
) -> datetime | None:
    """When the desk has to act on a request at the latest; None once it has ended.

    Every request must end somewhere. Unanswered, it is due when the answer was promised, or, once
    somebody tried in vain and planned another try, at that next try. Answered, it is due at its
    next step, or `quiet_days` days after the last one when nothing is planned.
    """
    if status not in OPEN:
        return None
    if not answered and (status is Status.NEW or next_step_at is None) and answer_due_at is not None:
        return answer_due_at
    if next_step_at is not None:
        return next_step_at
    return last_step_at + timedelta(days=quiet_days)


def attention(*, status: Status, answered: bool, act_by: datetime | None, now: datetime) -> Attention:
    """Whether the desk is late with a request, and with what."""
    if status not in OPEN or act_by is None or act_by >= now:
        return Attention.NONE
    return Attention.STUCK if answered else Attention.OVERDUE
