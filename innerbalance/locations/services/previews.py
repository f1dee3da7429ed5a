"""How pages will read with a closure that is not saved yet, or just was."""

from dataclasses import dataclass
from datetime import datetime, time

from innerbalance.locations.formats import WeekRow, closure_text, read, week_rows
from innerbalance.locations.models.opening import Closure, slots_of
from innerbalance.locations.models.pages import LocationPage, read_timetable
from innerbalance.locations.models.timetable import Timetable
from innerbalance.locations.rules.hours import Hours
from innerbalance.locations.rules.slots import Kind


@dataclass(frozen=True)
class Preview:
    """`line` stands under "closures" from now on; `badge` and `week` are those of the first day, at 10 am."""

    location: LocationPage
    kind: Kind
    line: str
    badge: str
    week: list[WeekRow]


def previews(*, closure: Closure) -> list[Preview]:
    """One for each office that the closure is for."""
    table = read_timetable()
    chosen = [one for one in table.locations if closure.location_id in (None, one.pk)]
    return [_preview(closure, table, location) for location in chosen]


def _preview(closure: Closure, table: Timetable, location: LocationPage) -> Preview:
    kind = Kind.SESSIONS if closure.applies_to == Kind.SESSIONS else Kind.FRONT_OFFICE
    slots = slots_of(location.weekly_slots.filter(kind=kind))
    others = [c for c in table.hours(location, kind).closures if c != closure.as_closure()]
    hours = Hours(slots=slots, closures=[*others, closure.as_closure()], time_zone=location.time_zone)
    at = datetime.combine(closure.first, time(10), hours.zone)
    return Preview(
        location=location,
        kind=kind,
        line=closure_text(closure.as_closure(), hours.today(table.now)),
        badge=read(hours, at).text,
        week=week_rows(hours, at),
    )
