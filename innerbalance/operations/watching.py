"""Looks from time to time, after a request was answered, whether housekeeping still runs, and tells owners."""

import logging
import time

from django.db import close_old_connections, connection
from django.utils import timezone

from innerbalance.security.logs import where

logger = logging.getLogger(__name__)

EVERY_SECONDS = 120
_next = 0.0


def look_after_request(**kwargs: object) -> None:
    """For Django's request_finished: the reader has the answer already. Mostly one comparison."""
    global _next
    moment = time.monotonic()
    if moment < _next:
        return
    _next = moment + EVERY_SECONDS
    from innerbalance.operations.alerts import look

    try:
        look(now=timezone.now(), names={"housekeeping"})
    except Exception as error:  # nothing here may end a worker
        logger.error("Owners could not be told whether housekeeping runs: %s", where(error))
    # Django has done so for the request already, and a pool's connection is not this thread's to keep.
    if not connection.in_atomic_block:
        close_old_connections()
