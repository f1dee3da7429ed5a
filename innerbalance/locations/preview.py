"""How pages will read with a closure that is not saved yet, or just was."""

from dataclasses import dataclass
from datetime import datetime, time

from .hours import Hours
from .opening_models import Closure
from .slots import Kind
from .timetable import Timetable
from .week import WeekDay, week_table
from .wording import closure_text, read


@dataclass(frozen=True)
class Preview:
    """`line` stands under "closures" from now on; `badge` and `week` are those of the first day, at 10 am."""

    location: object
    line: str
    badge: str
    week: list[WeekDay]


def previews(closure: Closure, now: datetime) -> list[Preview]:
    """One for each office that the closure is for."""
    table = Timetable(now)
    chosen = [one for one in table.locations if closure.location_id in (None, one.pk)]
    return [_preview(closure, table, location) for location in chosen]


def _preview(closure: Closure, table: Timetable, location) -> Preview:
    kind = Kind.SESSIONS if closure.applies_to == Kind.SESSIONS else Kind.FRONT_OFFICE
    slots = [slot.as_slot() for slot in location.weekly_slots.filter(kind=kind)]
    others = [c for c in table.hours(location, kind).closures if c != closure.as_closure()]
    hours = Hours(slots=slots, closures=[*others, closure.as_closure()], time_zone=location.time_zone)
    at = datetime.combine(closure.first, time(10), hours.zone)
    return Preview(
        location=location,
        line=closure_text(closure.as_closure(), hours.today(table.now)),
        badge=read(hours, at).text,
        week=week_table(hours, at),
    )
