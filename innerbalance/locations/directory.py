"""What the rest of the site may ask about the offices (innerbalance.offices.OfficeDirectory)."""

from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone

from innerbalance.offices import Office
from innerbalance.practice import practice

from .hours import Hours
from .timetable import Timetable
from .wording import read


class OfficeDirectory:
    """Answers for published offices; reads the database once. Make a new one for each use."""

    @cached_property
    def _table(self) -> Timetable:
        return Timetable(timezone.now())

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
        return self._hours(office_id).is_open(at)

    def open_time_between(self, office_id: int, start: datetime, end: datetime) -> timedelta:
        return self._hours(office_id).open_time_between(start, end)

    def add_open_time(self, office_id: int, after: datetime, amount: timedelta) -> datetime | None:
        return self._hours(office_id).add_open_time(after, amount)

    def hours_sentence(self, office_id: int, now: datetime) -> str:
        return read(self._hours(office_id), now).text

    def _hours(self, office_id: int) -> Hours:
        for location in self._table.locations:
            if location.pk == office_id:
                return self._table.hours(location)
        raise KeyError(office_id)
