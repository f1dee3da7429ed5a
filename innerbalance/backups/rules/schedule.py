"""When the night's backup is due. Plain Python."""

from datetime import datetime, timedelta

TRY_AGAIN_AFTER = timedelta(hours=1)
"""After one that failed, or whose process died."""

OLD_AFTER = timedelta(hours=36)
"""One night may fail; a second one without a backup is somebody's business."""


def last_turn(now: datetime, *, hour: int) -> datetime:
    """The last moment at which a backup was to be made: `hour` o'clock, in the zone of `now`."""
    turn = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return turn if turn <= now else turn - timedelta(days=1)


def next_turn(now: datetime, *, hour: int, last_success: datetime | None) -> datetime:
    """When the next one is to be made; in the past when it is due."""
    turn = last_turn(now, hour=hour)
    return turn if last_success is None or last_success < turn else turn + timedelta(days=1)


def is_due(now: datetime, *, hour: int, last_success: datetime | None, last_attempt: datetime | None) -> bool:
    if next_turn(now, hour=hour, last_success=last_success) > now:
        return False
    # An attempt from further ahead was written under a wrong clock.
    return last_attempt is None or not now - TRY_AGAIN_AFTER < last_attempt <= now + TRY_AGAIN_AFTER
