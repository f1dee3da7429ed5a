"""Runs what is due: each job by itself, so that one that fails stops no other."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from .models import HousekeepingRun
from .troubles import PlainTrouble

logger = logging.getLogger(__name__)


def run_all(*, now: datetime) -> Iterator[HousekeepingRun]:
    """Run every job of settings.HOUSEKEEPING_JOBS in order; yields each job's record as it ends."""
    for dotted_path in settings.HOUSEKEEPING_JOBS:
        yield run_one(dotted_path, now=now)


def run_one(dotted_path: str, *, now: datetime) -> HousekeepingRun:
    """Run one job. What it raises is logged, and kept by its type's name alone: its text could hold content.

    A PlainTrouble is made for staff, and kept as it is.
    """
    run, _ = HousekeepingRun.objects.update_or_create(
        job=dotted_path, defaults={"started_at": now, "finished_at": None, "outcome": "", "failed": False}
    )
    try:
        run.outcome = import_string(dotted_path)(now) or ""
    except PlainTrouble as trouble:
        logger.warning("housekeeping job %s: %s", dotted_path, trouble)
        run.outcome, run.failed = str(trouble), True
    except Exception as error:
        logger.exception("housekeeping job %s failed", dotted_path)
        run.outcome, run.failed = f"failed with {type(error).__name__}; see the log", True
    run.finished_at = timezone.now()
    run.save(update_fields=["outcome", "failed", "finished_at"])
    return run
