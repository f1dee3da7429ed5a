"""Whether housekeeping does its work: without it nothing is sent or published on schedule, and nobody would know."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from innerbalance.housekeeping.models import HousekeepingRun
from innerbalance.housekeeping.services import registered_jobs

# It runs each minute; a restart or a backup may take some.
LATE_AFTER = timedelta(minutes=10)
# Longer than any job may take.
STUCK_AFTER = timedelta(minutes=30)
# A run from further ahead was written under a wrong clock and tells nothing.
CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Health:
    """`last_run`: when housekeeping last began, None if never. `failed`: jobs whose last run raised or never ended."""

    last_run: datetime | None
    late: bool
    failed: tuple[HousekeepingRun, ...]

    @property
    def ok(self) -> bool:
        return self.last_run is not None and not self.late and not self.failed


def health(*, now: datetime) -> Health:
    names = [job.name for job in registered_jobs()]
    runs = list(HousekeepingRun.objects.filter(job__in=names, started_at__lte=now + CLOCKS_DIFFER))
    last_run = max((run.started_at for run in runs), default=None)
    stuck = now - STUCK_AFTER
    return Health(
        last_run=last_run,
        late=last_run is not None and last_run < now - LATE_AFTER,
        failed=tuple(run for run in runs if run.failed or (run.finished_at is None and run.started_at < stuck)),
    )
