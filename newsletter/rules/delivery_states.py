"""The states of one recipient's copy of one issue, and which may follow which.

The number of rows in all states together is the audience of the issue, at
every moment: a row is made once, when the audience is fixed, and never removed.
So a canceled campaign's waiting copies are `suppressed`, a bounce after the server
took the message turns `sent` into `failed`, and who is deleted leaves the row behind.
"""

from enum import StrEnum


class DeliveryState(StrEnum):
    QUEUED = "queued"  # not handed over yet; may be waiting for its next attempt
    SENDING = "sending"  # a worker is handing it over at this moment
    SENT = "sent"  # the mail server took it
    FAILED = "failed"  # refused for good, given up, or bounced later
    SUPPRESSED = "suppressed"  # withheld on purpose; `Reason` says why
    UNCERTAIN = "uncertain"  # may have been handed over; only a person sends it again


class Reason(StrEnum):
    """Why a delivery is where it is. Blank for queued, sending and sent."""

    NONE = ""
    UNSUBSCRIBED = "unsubscribed"
    NOT_CONFIRMED = "not_confirmed"
    ERASED = "erased"
    COMPLAINED = "complained"
    BOUNCED_BEFORE = "bounced_before"
    ON_SUPPRESSION_LIST = "on_suppression_list"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    GAVE_UP = "gave_up"
    BOUNCED = "bounced"
    NOT_SENDABLE = "not_sendable"
    WORKER_STOPPED = "worker_stopped"
    NO_ANSWER = "no_answer"


S = DeliveryState

MOVES: dict[DeliveryState, frozenset[DeliveryState]] = {
    S.QUEUED: frozenset({S.SENDING, S.SUPPRESSED, S.FAILED}),
    # Back to queued only where the server is known not to have it (a 4xx reply).
    S.SENDING: frozenset({S.SENT, S.QUEUED, S.FAILED, S.UNCERTAIN}),
    # A bounce report arrives after the server had said yes.
    S.SENT: frozenset({S.FAILED}),
    S.FAILED: frozenset(),
    S.SUPPRESSED: frozenset(),
    # A provider's event settles the doubt; a person's click queues it again.
    S.UNCERTAIN: frozenset({S.SENT, S.FAILED, S.QUEUED, S.SUPPRESSED}),
}

OPEN = frozenset({S.QUEUED, S.SENDING})
FINAL = frozenset(S) - OPEN


def before(new: DeliveryState) -> frozenset[DeliveryState]:
    """The states from which `new` may be reached: the WHERE of a conditional UPDATE."""
    return frozenset(old for old, following in MOVES.items() if new in following)
