"""A second reading of slots and closures, minute by minute, that shares no code with the first.

It takes the wall clock of every single minute from the zone data, and asks of that minute
whether a slot that began on that day or on the day before covers it. Slow and plain.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from innerbalance.locations.rules.slots import Closure, Slot

EPOCH = datetime(2020, 1, 1)


@cache
def wall_minutes(zone: str, start: datetime, end: datetime) -> tuple[int, ...]:
    """For each minute from `start` to `end` (UTC): what the wall shows, in minutes from EPOCH."""
    tz = ZoneInfo(zone)
    found = []
    at, minute = start.astimezone(UTC), timedelta(minutes=1)
    while at < end:
        wall = at.astimezone(tz).replace(tzinfo=None)
        found.append((wall - EPOCH) // minute)
        at += minute
    return tuple(found)


def spans_of(day: date, slots: list[Slot], closures: list[Closure]) -> list[tuple[int, int]]:
    spans = [(s.span.opens, s.span.closes) for s in slots if s.weekday == day.weekday()]
    for closure in closures:
        if closure.first <= day <= closure.last:
            spans = [(span.opens, span.closes) for span in closure.spans]
    return spans


def open_minutes(zone: str, start: datetime, end: datetime, slots: list[Slot], closures: list[Closure]) -> bytes:
    """One byte for each minute from `start` to `end` (UTC): 1 open, 0 closed."""
    walls = wall_minutes(zone, start, end)
    day = (EPOCH + timedelta(minutes=min(walls))).date() - timedelta(days=1)
    base = (datetime(day.year, day.month, day.day) - EPOCH) // timedelta(minutes=1)
    days = (max(walls) - base) // 1440 + 1
    wall_open = bytearray((days + 2) * 1440)
    for n in range(days):
        for opens, closes in spans_of(day + timedelta(days=n), slots, closures):
            for minute in range(opens, closes):
                wall_open[n * 1440 + minute] = 1
    return bytes(wall_open[wall - base] for wall in walls)


def changes(open_bytes: bytes) -> list[int]:
    """The indexes at which open and closed change places."""
    found, here = [], 0
    while True:
        here = open_bytes.find(1 - open_bytes[here], here)
        if here < 0:
            return found
        found.append(here)


def structured_spans(day: date, weekly: list[dict], special: list[dict]) -> list[tuple[int, int]]:
    """The spans of a day as schema.org defines the two properties, from JSON-LD alone."""
    ranges = [s for s in special if s["validFrom"] <= day.isoformat() <= s["validThrough"]] or [
        s for s in weekly if f"https://schema.org/{day:%A}" in s["dayOfWeek"]
    ]
    spans = []
    for entry in ranges:
        opens, closes = _minutes(entry["opens"]), _minutes(entry["closes"])
        if closes < opens:
            closes += 1440
        spans.append((opens, closes))
    return spans


def _minutes(text: str) -> int:
    parts = [int(part) for part in text.split(":")]
    seconds = parts[2] if len(parts) > 2 else 0
    return parts[0] * 60 + parts[1] + (1 if seconds else 0)
