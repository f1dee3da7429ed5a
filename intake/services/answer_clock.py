"""The answer clock of a request, by the hours of its office."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError

from innerbalance.locations.services.directory import Office, OfficeDirectory, office_directory
from intake.models import IntakeSettings
from intake.rules.answer_due import answer_due

logger = logging.getLogger(__name__)


def clock_offices(directory: OfficeDirectory, office_id: int | None) -> list[Office]:
    """The offices whose hours count: the preferred one, or all where it is unknown or there is no preference."""
    offices = directory.offices()
    return [office for office in offices if office.id == office_id] or offices


def due_for(*, office_id: int | None, received_at: datetime, settings: IntakeSettings) -> datetime | None:
    """When the answer is due (aware); None when no office has hours, or when they make no sense.

    Hours that can't be evaluated are logged, and cost no request. Raises DatabaseError.
    """
    try:
        directory = office_directory()
        return answer_due(
            hours=directory,
            office_ids=[office.id for office in clock_offices(directory, office_id)],
            received_at=received_at,
            open_hours=settings.open_hours_for(office_id),
        )
    except DatabaseError:
        raise
    except Exception as error:
        logger.error("The hours of an office could not be evaluated: %s", type(error).__name__)
        return None


def open_time(*, office_id: int | None, start: datetime, end: datetime) -> timedelta:
    """Open time from `start` to `end`; with several offices, of the one that was open least."""
    directory = office_directory()
    times = [directory.open_time_between(office.id, start, end) for office in clock_offices(directory, office_id)]
    return min(times, default=timedelta(0))


def is_closed(*, office_id: int | None, now: datetime) -> bool:
    """Whether nobody answers the phone now; True without any office, False when its hours make no sense."""
    try:
        directory = office_directory()
        return not any(directory.is_open(office.id, now) for office in clock_offices(directory, office_id))
    except DatabaseError:
        raise
    except Exception as error:
        logger.error("The hours of an office could not be evaluated: %s", type(error).__name__)
        return False
