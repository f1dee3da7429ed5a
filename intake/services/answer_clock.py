"""The answer clock of a request, by the hours of its office."""

from datetime import datetime, timedelta

from innerbalance.locations.services.directory import Office, OfficeDirectory, office_directory
from intake.models import IntakeSettings
from intake.rules.answer_due import answer_due


def clock_offices(directory: OfficeDirectory, office_id: int | None) -> list[Office]:
    """The offices whose hours count: the preferred one, or all where it is unknown or there is no preference."""
    offices = directory.offices()
    return [office for office in offices if office.id == office_id] or offices


def due_for(*, office_id: int | None, received_at: datetime, settings: IntakeSettings) -> datetime | None:
    """When the answer is due (aware); None when no office has hours."""
    directory = office_directory()
    return answer_due(
        hours=directory,
        office_ids=[office.id for office in clock_offices(directory, office_id)],
        received_at=received_at,
        open_hours=settings.open_hours_for(office_id),
    )


def open_time(*, office_id: int | None, start: datetime, end: datetime) -> timedelta:
    """Open time from `start` to `end`; with several offices, of the one that was open least."""
    directory = office_directory()
    times = [directory.open_time_between(office.id, start, end) for office in clock_offices(directory, office_id)]
    return min(times, default=timedelta(0))


def is_closed(*, office_id: int | None, now: datetime) -> bool:
    """Whether nobody answers the phone now; True without any office."""
    directory = office_directory()
    return not any(directory.is_open(office.id, now) for office in clock_offices(directory, office_id))
