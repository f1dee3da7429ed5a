"""All offices' hours, read from the database once and kept for one request or one task."""

from datetime import datetime
from functools import cached_property

from django.apps import apps
from django.http import HttpRequest
from django.utils import timezone

from innerbalance.caching import kept

from .hours import Hours
from .opening_models import KEPT_BACK, Closure, WeeklySlot
from .slots import Kind


class Timetable:
    """Three queries at most, however many offices, kinds and questions; none for a request while nothing changes."""

    def __init__(self, now: datetime, request: HttpRequest | None = None):
        self.now = now
        self.request = request
        self._hours: dict[tuple[int, Kind], Hours] = {}

    @cached_property
    def _rows(self) -> tuple[list, list[WeeklySlot], list[Closure]]:
        """Published offices in the order of the page tree, all slots, and the closures that still matter."""
        return kept(self.request, "timetable", self._read_rows) if self.request else self._read_rows()

    def _read_rows(self) -> tuple[list, list[WeeklySlot], list[Closure]]:
        # The pages read this table, so it finds them by name.
        locations = apps.get_model("locations", "LocationPage").objects.live().order_by("path")
        recent = Closure.objects.filter(last__gte=(self.now - KEPT_BACK).date())
        closures = sorted(recent, key=lambda c: (c.location_id is not None, c.pk))
        return list(locations), list(WeeklySlot.objects.all()), closures

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


def timetable_for(request) -> Timetable:
    """The timetable of a request; its `now` is the one moment that everything on the page speaks of."""
    if request is None:
        return Timetable(timezone.now())
    if not hasattr(request, "timetable"):
        request.timetable = Timetable(timezone.now(), request)
    return request.timetable
