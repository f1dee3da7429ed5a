"""The states of the campaign of one issue, and the moves a person or the sender may make."""

from enum import StrEnum


class CampaignState(StrEnum):
    SCHEDULED = "scheduled"  # starts at `scheduled_at`
    QUEUEING = "queueing"  # the audience is being written down, one row each
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


S = CampaignState

MOVES: dict[CampaignState, frozenset[CampaignState]] = {
    S.SCHEDULED: frozenset({S.QUEUEING}),
    S.QUEUEING: frozenset({S.RUNNING, S.PAUSED, S.CANCELLED}),
    S.RUNNING: frozenset({S.PAUSED, S.FINISHED, S.CANCELLED}),
    # Paused while the audience was being written down: resumed there.
    S.PAUSED: frozenset({S.RUNNING, S.QUEUEING, S.CANCELLED}),
    # A person resends uncertain messages: there is work again.
    S.FINISHED: frozenset({S.RUNNING}),
    S.CANCELLED: frozenset(),
}

UNFINISHED = frozenset({S.SCHEDULED, S.QUEUEING, S.RUNNING, S.PAUSED})
AT_WORK = frozenset({S.QUEUEING, S.RUNNING})


def before(new: CampaignState) -> frozenset[CampaignState]:
    """The states from which `new` may be reached: the WHERE of a conditional UPDATE."""
    return frozenset(old for old, following in MOVES.items() if new in following)
