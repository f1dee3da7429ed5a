"""When to try again, and when to stop trying.

Chance comes in as an argument (0 <= chance < 1), so the rule itself is exact.
"""

from datetime import timedelta

# RFC 5321 section 4.5.4.1 asks for at least 30 minutes between retries after
# the first ones, and 4 to 5 days before giving up. A newsletter that arrives
# after two days is no longer news: the last attempt is after about 28 hours.
WAITS = (
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=8),
    timedelta(hours=16),
)
MOST_ATTEMPTS = len(WAITS) + 1

# Spread by a fifth either way, so that those refused together don't come back together.
JITTER = 0.2
LONGEST_WAIT = WAITS[-1] * (1 + JITTER)

FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(minutes=30)
SLOWEST_STEP = 5

# In a row, over all recipients: then a person should look before it goes on.
FAILURES_BEFORE_PAUSE = 20
TRANSPORT_FAILURES_BEFORE_PAUSE = 8


def next_wait(attempts: int, chance: float) -> timedelta | None:
    """How long to wait after `attempts` attempts were put off; None: give up."""
    if attempts < 1:
        raise ValueError("There is no wait before the first attempt.")
    if attempts >= MOST_ATTEMPTS:
        return None
    return WAITS[attempts - 1] * (1 - JITTER + 2 * JITTER * chance)


def rest(step: int) -> timedelta:
    """How long everything rests after the server said 421 for the `step`th time (from 1)."""
    return min(FIRST_REST * 2 ** min(max(step - 1, 0), SLOWEST_STEP), LONGEST_REST)


def slowed(per_minute: int, step: int) -> int:
    """Messages a minute while `step` 421s are remembered: halved by each, never 0."""
    return max(1, per_minute // 2 ** min(step, SLOWEST_STEP))
