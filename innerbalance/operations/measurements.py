"""The register of what /metrics tells beside requests: figures that are read when somebody asks.

The composition root registers what counts the apps' emails; another part adds its own by `register_measurements`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError

from innerbalance.caching.generations import kept_pages
from innerbalance.housekeeping.health import health
from innerbalance.operations.installation.disks import folders_on_different_disks
from innerbalance.operations.models import Alert


@dataclass(frozen=True)
class Measurement:
    """`labels` hold names out of the code alone, never what somebody wrote or an address that holds data."""

    name: str
    help: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


Source = Callable[[datetime], Iterable[Measurement]]
_sources: list[Source] = []


def register_measurements(*sources: Source) -> None:
    _sources.extend(source for source in sources if source not in _sources)


def mails(queue: str, count: Callable[[], Mapping[str, int]]) -> Source:
    """A source of how many emails of a queue are in each state; every state that there is, also those with none."""

    def read(now: datetime) -> Iterator[Measurement]:
        for state, number in count().items():
            yield Measurement("innerbalance_mails", "Emails by state.", number, {"queue": queue, "state": state})

    return read


def measure(now: datetime) -> Iterator[Measurement]:
    """All there is to tell; without the database what can be told without it. Raises nothing of the database's."""
    yield from disks(now)
    yield from pages(now)
    answers = 1
    try:
        found = [one for source in (housekeeping, *_sources) for one in source(now)]
    except DatabaseError:
        answers, found = 0, []
    yield Measurement("innerbalance_database_up", "1 while the database answers.", answers)
    yield from found


def disks(now: datetime) -> Iterator[Measurement]:
    import shutil

    for number, folder in enumerate(folders_on_different_disks(), start=1):
        usage, labels = shutil.disk_usage(folder), {"disk": str(number)}
        yield Measurement("innerbalance_disk_free_bytes", "Room left on each disk the site writes.", usage.free, labels)
        yield Measurement("innerbalance_disk_size_bytes", "Size of each disk the site writes.", usage.total, labels)


def pages(now: datetime) -> Iterator[Measurement]:
    kept = kept_pages()
    if kept is None:
        return
    name = kept.open_name()
    yield Measurement(
        "innerbalance_kept_pages_open", "1 while finished pages are served.", int(kept.serves(now.timestamp()))
    )
    number = _count_pages(kept.root / "generations" / name / "pages") if name else 0
    yield Measurement("innerbalance_kept_pages", "Finished pages in the open generation.", number)


def _count_pages(folder: Path) -> int:
    return sum(1 for file in folder.rglob("*") if file.suffix not in {".br", ".gz"} and file.is_file())


def housekeeping(now: datetime) -> Iterator[Measurement]:
    found = health(now=now)
    if found.last_run:
        age = max(0.0, (now - found.last_run).total_seconds())
        yield Measurement("innerbalance_housekeeping_age_seconds", "Since housekeeping last began.", age)
    yield Measurement("innerbalance_housekeeping_failed_jobs", "Jobs that failed last time.", len(found.failed))
    yield Measurement("innerbalance_alerts", "What needs a person at present.", Alert.objects.count())
