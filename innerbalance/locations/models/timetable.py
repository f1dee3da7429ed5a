"""All offices' hours, read from the database once and kept for one request or one task."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest

from innerbalance.caching import shared_part
from innerbalance.locations.models.opening import KEPT_BACK, Closure, WeeklySlot, closures_of, slots_of
from innerbalance.locations.rules.hours import Hours
from innerbalance.locations.rules.slots import Kind

logger = logging.getLogger(__name__)


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
        return shared_part(self._request, "timetable", self._read_rows) if self._request else self._read_rows()

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
        slots = slots_of(s for s in all_slots if s.location_id == location.pk and s.kind == kind)
        closures = closures_of(
            c
            for c in all_closures
            if c.location_id in (None, location.pk) and c.applies_to in (kind, Closure.Applies.ALL)
        )
        # Special hours of the front office make no session hours where there are none.
        return Hours(slots=slots, closures=closures if slots else (), time_zone=_known_zone(location))


def _known_zone(location) -> str:
    try:
        return ZoneInfo(location.time_zone).key
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        logger.error("Unknown time zone: office %s, %s", location.pk, type(error).__name__)
        return settings.TIME_ZONE
