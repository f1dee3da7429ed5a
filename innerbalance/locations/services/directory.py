"""What the rest of the site may ask about the offices and their hours.

Every moment is an aware datetime; office ids are primary keys of the offices' pages.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from innerbalance.locations.formats import read
from innerbalance.locations.models.pages import read_timetable
from innerbalance.locations.models.timetable import Timetable
from innerbalance.locations.rules.hours import Hours
from innerbalance.practice.services import practice


@dataclass(frozen=True)
class Office:
    """One office as others need to know it; `phone` in E.164, `url` is the page's path."""

    id: int
    slug: str
    name: str
    phone: str
    time_zone: ZoneInfo
    url: str
    address_lines: tuple[str, ...]


class OfficeDirectory:
    """Answers for all published offices from one reading of the database. An unknown `office_id` raises KeyError."""

    @cached_property
    def _table(self) -> Timetable:
        return read_timetable()

    def offices(self) -> list[Office]:
        phone = practice().phone if self._table.locations else ""
        return [
            Office(
                id=location.pk,
                slug=location.slug,
                name=location.title,
                phone=location.phone or phone,
                time_zone=self._table.hours(location).zone,
                url=location.get_url() or "",
                address_lines=location.address_lines,
            )
            for location in self._table.locations
        ]

    def is_open(self, office_id: int, at: datetime) -> bool:
        """Whether the front office answers the phone at `at`."""
        return self._hours(office_id).is_open(at)

    def open_time_between(self, office_id: int, start: datetime, end: datetime) -> timedelta:
        return self._hours(office_id).open_time_between(start, end)

    def add_open_time(self, office_id: int, after: datetime, amount: timedelta) -> datetime | None:
        """The first moment by which `amount` of open time has passed after `after`; None if there is none."""
        return self._hours(office_id).add_open_time(after, amount)

    def hours_sentence(self, office_id: int, now: datetime) -> str:
        """For people: "Open now until 3 pm", "Opens Monday at 9 am"."""
        return read(self._hours(office_id), now).text

    def _hours(self, office_id: int) -> Hours:
        for location in self._table.locations:
            if location.pk == office_id:
                return self._table.hours(location)
        raise KeyError(office_id)


def office_directory() -> OfficeDirectory:
    """A new directory, for one use. The seam for tests: whatever `OfficeDirectory` of this module is."""
    return OfficeDirectory()
