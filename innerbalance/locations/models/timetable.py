"""All offices' hours, read from the database once and kept for one request or one task."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest

from innerbalance.caching import cached_until_change
from innerbalance.locations.models.opening import KEPT_BACK, Closure, WeeklySlot
from innerbalance.locations.rules.hours import Hours
from innerbalance.locations.rules.slots import Kind


class Timetable:
    """Four queries at most, however many offices, kinds and questions; none for a request while nothing changes.

    `published` returns the offices in the order in which readers see them.
    """

    def __init__(self, *, published: Callable[[], list], now: datetime, request: HttpRequest | None = None):
        self.now = now
        self._published = published
        self._request = request
        self._hours: dict[tuple[int, Kind], Hours] = {}

    @cached_property
    def _rows(self) -> tuple[list, list[WeeklySlot], list[Closure]]:
        return cached_until_change(self._request, "timetable", self._read_rows) if self._request else self._read_rows()

    def _read_rows(self) -> tuple[list, list[WeeklySlot], list[Closure]]:
        recent = Closure.objects.filter(last__gte=(self.now - KEPT_BACK).date())
        # An office's own closure holds over one of all offices, a later one over an earlier one.
        closures = sorted(recent, key=lambda c: (c.location_id is not None, c.pk))
        return self._published(), list(WeeklySlot.objects.all()), closures

    @property
    def locations(self) -> list:
        """The published offices, in the order of the page tree."""
        return self._rows[0]

    def hours(self, location, kind: Kind = Kind.FRONT_OFFICE) -> Hours:
        key = (location.pk, kind)
        if key not in self._hours:
            self._hours[key] = self._read(location, kind)
        return self._hours[key]

    def _read(self, location, kind: Kind) -> Hours:
        _, all_slots, all_closures = self._rows
        slots = [s.as_slot() for s in all_slots if s.location_id == location.pk and s.kind == kind]
        # Special hours of the front office make no session hours where there are none.
        closures = [
            c.as_closure()
            for c in all_closures
            if c.location_id in (None, location.pk) and c.applies_to in (kind, Closure.Applies.ALL) and slots
        ]
        return Hours(slots=slots, closures=closures, time_zone=location.time_zone)
