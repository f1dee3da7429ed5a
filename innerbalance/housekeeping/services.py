"""Runs what is due: each job by itself, so that one that fails stops no other."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.utils import timezone

from innerbalance.security.logs import where

from .models import HousekeepingRun

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """`name` is kept in the database and in logs for years: a short literal that never changes.

    `run` takes the moment (aware) and returns what it did in plain words, "" for nothing.
    """

    name: str
    run: Callable[[datetime], str]
    slow_after: int = 10
    """Seconds after which it keeps the others waiting, and is named for it."""


class JobFailed(Exception):
    """A job could not do its work; `str()` is one or two plain sentences without anybody's content or secrets."""


_jobs: list[Job] = []


def register_jobs(jobs: Iterable[Job]) -> None:
    """Say, at the composition root, what housekeeping does and in which order. Raises ValueError for a name twice."""
    _jobs[:] = jobs
    names = [job.name for job in _jobs]
    if len(names) != len(set(names)):
        raise ValueError(f"A job's name stands twice: {names}")


def registered_jobs() -> tuple[Job, ...]:
    return tuple(_jobs)


def run_all(*, now: datetime) -> Iterator[HousekeepingRun]:
    """Run every registered job in order; yields each job's record as it ends."""
    for job in registered_jobs():
        yield run_one(job, now=now)


def run_one(job: Job, *, now: datetime) -> HousekeepingRun:
    """Run one job. What it raises is logged, and kept by its type's name alone: its text could hold content.

    A JobFailed is made for staff, and kept as it is.
    """
    run, _ = HousekeepingRun.objects.update_or_create(
        job=job.name, defaults={"started_at": now, "finished_at": None, "outcome": "", "failed": False}
    )
    began = monotonic()
    try:
        run.outcome = job.run(now) or ""
    except JobFailed as failure:
        logger.warning("housekeeping job %s: %s", job.name, failure)
        run.outcome, run.failed = str(failure), True
    except Exception as error:
        # The type and the place, not the text: that could hold what somebody wrote.
        logger.error("housekeeping job %s failed: %s", job.name, where(error))
        run.outcome, run.failed = f"failed with {type(error).__name__}; see the log", True
    run.finished_at = timezone.now()
    seconds = round(monotonic() - began)
    if seconds >= job.slow_after:
        logger.warning("housekeeping job %s was slow: %s seconds", job.name, seconds)
        run.outcome = f"{run.outcome}; slow: {seconds} seconds".removeprefix("; ")
    run.save(update_fields=["outcome", "failed", "finished_at"])
    return run
