"""Opening hours: every answer about open and closed, from one expression.

An `Hours` belongs to one office and one kind of hours. The expression speaks of the wall clock
of the office: at any instant the office is open if the clock on its wall shows a time within
the hours. In the night a zone moves its clocks forward the skipped hour does not exist; in the
night it moves them back the repeated hour counts both times. Python's zone data turns instants
into wall time, never the expression's own reader, which knows only one of two equal hours.

Instants in and out are aware datetimes; instants out are in UTC. Dates and `Opening` are on the
office's wall clock.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State

from innerbalance.locations.rules.expression import full_expression, weekly_expression
from innerbalance.locations.rules.slots import Closure, Slot

ONE_DAY = timedelta(days=1)
# How far the next or last change is looked for. An office without a change in two years
# has, for a reader, none.
HORIZON = timedelta(days=2 * 366)
# A week that has no closure: the weekly expression alone is evaluated over it.
A_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class Interval:
    """`start` <= t < `end`, in UTC, through which the office is open or is not."""

    start: datetime
    end: datetime
    is_open: bool


@dataclass(frozen=True, order=True)
class Opening:
    """One open stretch on the office's wall clock, naive; `closes` may be on the next day."""

    opens: datetime
    closes: datetime


class Hours:
    """The hours of one kind at one office.

    Raises `opening_hours.ParserError` (a SyntaxError) if the expression can't be read, and
    ZoneInfoNotFoundError for an unknown zone.
    """

    def __init__(self, *, slots: Sequence[Slot], closures: Sequence[Closure] = (), time_zone: str) -> None:
        self.zone = ZoneInfo(time_zone)
        self.closures = tuple(closures)
        self.weekly = weekly_expression(slots)
        self.expression = full_expression(slots, closures)
        self._wall = OpeningHours(self.expression)

    def is_open(self, at: datetime) -> bool:
        return self._wall.is_open(self.wall(at))

    def wall(self, at: datetime) -> datetime:
        """What the clock on the office's wall shows at an instant, naive."""
        return _aware(at).astimezone(self.zone).replace(tzinfo=None, fold=0)

    def today(self, at: datetime) -> date:
        return self.wall(at).date()

    def midnight(self, day: date) -> datetime:
        """The instant, in UTC, at which `day` begins in the office's zone."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def intervals(self, start: datetime, end: datetime) -> Iterator[Interval]:
        """Alternating open and closed stretches that cover `start` to `end` without a gap."""
        pending: Interval | None = None
        for first, last, offset in _even_stretches(self.zone, start, end):
            for piece in self._wall.intervals(first + offset, last + offset):
                is_open = piece[2] == State.OPEN
                begins = (piece[0] - offset).replace(tzinfo=UTC)
                # The reader gives None, or a late date, for "no change that I know of".
                finish = last + offset if piece[1] is None else min(piece[1], last + offset)
                ends = (finish - offset).replace(tzinfo=UTC)
                if pending and pending.is_open == is_open:
                    pending = Interval(pending.start, ends, is_open)
                    continue
                if pending:
                    yield pending
                pending = Interval(begins, ends, is_open)
        if pending:
            yield pending

    def next_change(self, at: datetime) -> datetime | None:
        """The first instant after `at` at which open and closed change places."""
        first = next(self.intervals(at, at + HORIZON))
        return first.end if first.end < at + HORIZON else None

    def last_change(self, at: datetime) -> datetime | None:
        """The last instant, at most `at`, at which open and closed changed places."""
        reach = timedelta(days=4)
        while reach <= HORIZON:
            found = list(self.intervals(at - reach, at + timedelta(minutes=1)))
            starts = [interval.start for interval in found[1:] if interval.start <= at]
            if starts:
                return starts[-1]
            reach *= 6
        return None

    def next_opening(self, at: datetime) -> datetime | None:
        """The first instant, `at` or later, at which the office is open."""
        for interval in self.intervals(at, at + HORIZON):
            if interval.is_open:
                return interval.start
        return None

    def open_time_between(self, start: datetime, end: datetime) -> timedelta:
        """The open time from `start` to `end`; nothing if `end` comes first."""
        spans = (i.end - i.start for i in self.intervals(start, end) if i.is_open)
        return sum(spans, timedelta())

    def add_open_time(self, after: datetime, amount: timedelta) -> datetime | None:
        """The first instant by which the office has been open for `amount` since `after`.

        None if it isn't open for so long within two years. Raises ValueError for less than
        no time.
        """
        if amount < timedelta():
            raise ValueError("Open time is counted forwards.")
        if not amount:
            return after.astimezone(UTC)
        for interval in self.intervals(after, after + HORIZON):
            if not interval.is_open:
                continue
            if amount <= interval.end - interval.start:
                return interval.start + amount
            amount -= interval.end - interval.start
        return None

    def day(self, day: date) -> tuple[Opening, ...]:
        """What belongs to `day`: stretches that begin on it, to their end.

        A stretch of a whole day or more is cut at each midnight, so that every open minute
        belongs to exactly one day.
        """
        return _openings(self._wall, day)

    def ordinary_day(self, weekday: int) -> tuple[Opening, ...]:
        """The same for a weekday (0 is Monday) of a week without closures."""
        return self._ordinary_week[weekday]

    @cached_property
    def _ordinary_week(self) -> list[tuple[Opening, ...]]:
        weekly = OpeningHours(self.weekly)
        return [_openings(weekly, A_MONDAY + n * ONE_DAY) for n in range(7)]

    @property
    def has_slots(self) -> bool:
        return self.weekly != "off"

    def differs(self, day: date) -> bool:
        """Whether `day` has other hours than its weekday has every week."""
        ordinary = self.ordinary_day(day.weekday())
        shift = datetime.combine(day, time()) - datetime.combine(A_MONDAY + day.weekday() * ONE_DAY, time())
        moved = tuple(Opening(o.opens + shift, o.closes + shift) for o in ordinary)
        return self.day(day) != moved

    def closure_on(self, day: date) -> Closure | None:
        """The closure or special hours that hold on `day`: the last one given that covers it."""
        return next((c for c in reversed(self.closures) if c.covers(day)), None)


def _aware(at: datetime) -> datetime:
    """`at`, unless it is naive: Python would take that for the server's own zone."""
    if at.tzinfo is None:
        raise ValueError("An instant carries its time zone.")
    return at


def _openings(reader: OpeningHours, day: date) -> tuple[Opening, ...]:
    midnight = datetime.combine(day, time())
    found: list[Opening] = []
    for piece in reader.intervals(midnight - ONE_DAY, midnight + 2 * ONE_DAY):
        if piece[2] != State.OPEN:
            continue
        opens, closes = piece[0], piece[1] or midnight + 2 * ONE_DAY
        if found and found[-1].closes == opens:
            found[-1] = Opening(found[-1].opens, closes)
        else:
            found.append(Opening(opens, closes))
    kept = []
    for opening in found:
        if opening.closes - opening.opens >= ONE_DAY:
            opens = max(opening.opens, midnight)
            closes = min(opening.closes, midnight + ONE_DAY)
            if opens < closes:
                kept.append(Opening(opens, closes))
        elif opening.opens.date() == day:
            kept.append(opening)
    return tuple(kept)


def _even_stretches(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """`start` to `end` cut where the zone moves its clocks: naive UTC, naive UTC, offset."""
    here = _aware(start).astimezone(UTC).replace(tzinfo=None)
    finish = _aware(end).astimezone(UTC).replace(tzinfo=None)
    while here < finish:
        offset = _offset(zone, here)
        there = here
        # A week at a time, so that who needs the next change alone does not pay for two years.
        for _ in range(7):
            step = min(there + ONE_DAY, finish)
            if _offset(zone, step) != offset:
                there = _clock_change(zone, there, step)
                break
            there = step
        yield here, there, offset
        here = there


def _offset(zone: ZoneInfo, utc: datetime) -> timedelta:
    return utc.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()


def _clock_change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The whole second in (before, after] from which the offset is that of `after`."""
    offset = _offset(zone, after)
    low, high = before.replace(microsecond=0), after.replace(microsecond=0)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (low, middle) if _offset(zone, middle) == offset else (middle, high)
    return high
