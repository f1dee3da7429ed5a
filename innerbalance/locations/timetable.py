"""All offices' hours, read from the database once and kept for one request or one task."""

from datetime import datetime

from django.apps import apps
from django.utils import timezone

from .hours import Hours
from .opening_models import KEPT_BACK, Closure, WeeklySlot
from .slots import Kind


class Timetable:
    """Three queries at most, however many offices, kinds and questions."""

    def __init__(self, now: datetime):
        self.now = now
        self._hours: dict[tuple[int, Kind], Hours] = {}
        self._slots: list[WeeklySlot] | None = None
        self._closures: list[Closure] = []
        self._locations = None

    @property
    def locations(self) -> list:
        """The published offices, in the order of the page tree."""
        if self._locations is None:
            # The pages read this table, so it finds them by name.
            self._locations = list(apps.get_model("locations", "LocationPage").objects.live().order_by("path"))
        return self._locations

    def hours(self, location, kind: Kind = Kind.FRONT_OFFICE) -> Hours:
        key = (location.pk, kind)
        if key not in self._hours:
            self._hours[key] = self._read(location, kind)
        return self._hours[key]

    def _read(self, location, kind: Kind) -> Hours:
        if self._slots is None:
            self._slots = list(WeeklySlot.objects.all())
            recent = Closure.objects.filter(last__gte=(self.now - KEPT_BACK).date())
            self._closures = sorted(recent, key=lambda c: (c.location_id is not None, c.pk))
        slots = [s.as_slot() for s in self._slots if s.location_id == location.pk and s.kind == kind]
        # Special hours of the front office make no session hours where there are none.
        closures = [
            c.as_closure()
            for c in self._closures
            if c.location_id in (None, location.pk) and c.applies_to in (kind, Closure.Applies.ALL) and slots
        ]
        return Hours(slots=slots, closures=closures, time_zone=location.time_zone)


def timetable_for(request) -> Timetable:
    """The timetable of a request; its `now` is the one moment that everything on the page speaks of."""
    if request is None:
        return Timetable(timezone.now())
    if not hasattr(request, "timetable"):
        request.timetable = Timetable(timezone.now())
    return request.timetable
