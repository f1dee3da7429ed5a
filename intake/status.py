"""Where a consultation request stands, and which moves lead where.

This table is the only place that says so. Quarantine is not a status: it is a flag beside it,
so that a released request goes on as if it had never been held.
"""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    NEW = "new"
    IN_CONTACT = "in_contact"
    BOOKED = "booked"
    REFERRED = "referred"
    DECLINED = "declined"
    CLOSED = "closed"


LABELS: dict[Status, str] = {
    Status.NEW: "New",
    Status.IN_CONTACT: "In contact",
    Status.BOOKED: "Booked",
    Status.REFERRED: "Referred out",
    Status.DECLINED: "Declined",
    Status.CLOSED: "Closed",
}

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


MOVE_LABELS: dict[Move, str] = {
    Move.ATTEMPT: "Log an attempt",
    Move.BOOK: "Book a consultation",
    Move.REFER: "Refer out",
    Move.DECLINE: "Decline",
    Move.CLOSE: "Close",
    Move.REOPEN: "Reopen",
}


class Attempt(StrEnum):
    """How the office tried to reach the person."""

    SPOKE = "spoke"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    MAILED = "mailed"
    TEXTED = "texted"


ATTEMPT_LABELS: dict[Attempt, str] = {
    Attempt.SPOKE: "Called and spoke",
    Attempt.VOICEMAIL: "Called and left a voicemail",
    Attempt.NO_ANSWER: "Called, no answer",
    Attempt.MAILED: "Sent a mail",
    Attempt.TEXTED: "Sent a text",
}

ANSWERING_ATTEMPTS = frozenset(Attempt) - {Attempt.NO_ANSWER}
"""Something of ours reached the person. A phone that rang unheard is not yet an answer."""

ANSWERING_MOVES = frozenset({Move.BOOK, Move.REFER, Move.DECLINE})


class Outcome(StrEnum):
    """Why a request was closed."""

    BECAME_CLIENT = "became_client"
    NO_RESPONSE = "no_response"
    WITHDREW = "withdrew"
    DUPLICATE = "duplicate"


OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.BECAME_CLIENT: "Became a client",
    Outcome.NO_RESPONSE: "No response",
    Outcome.WITHDREW: "Withdrew",
    Outcome.DUPLICATE: "Duplicate of another request",
}

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
    """The table has no such move from that status."""

    def __init__(self, move: Move, status: Status) -> None:
        self.move = move
        self.status = status
        super().__init__(
            f"“{MOVE_LABELS[move]}” is not possible while a request is “{LABELS[status].lower()}”."
        )


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


@dataclass(frozen=True)
class Needs:
    """What a request asks of the desk now."""

    overdue: bool
    stuck: bool


def needs(
    *,
    status: Status,
    answered: bool,
    now,
    answer_due_at,
    last_step_at,
    next_step_at,
    quiet_days: int,
) -> Needs:
    """Every request must end somewhere: say which ones the desk has to look at.

    Moments are aware datetimes. A request is overdue when nobody answered by its due time, and
    stuck when its next step lies in the past or, with none planned, nothing happened for
    `quiet_days` days.
    """
    if status not in OPEN:
        return Needs(overdue=False, stuck=False)
    overdue = not answered and answer_due_at is not None and answer_due_at < now
    if next_step_at is not None:
        stuck = next_step_at < now
    else:
        stuck = (now - last_step_at).days >= quiet_days
    return Needs(overdue=overdue, stuck=stuck)
