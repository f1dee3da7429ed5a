"""Opening hours as schema.org data.

Source: https://schema.org/OpeningHoursSpecification. A range whose `closes` is less than its
`opens` spans over midnight. A day without hours is given as 00:00 to 00:00, the empty range:
schema.org reads nothing in it, and it is the form search engines document for "closed".
"""

from datetime import date, datetime, timedelta
from itertools import pairwise

from innerbalance.locations.rules.hours import ONE_DAY, Hours, Opening

type Specification = dict[str, object]
type DayHours = tuple[tuple[str, str], ...]

# schema.org names days in English, whatever language the page speaks.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOSED: DayHours = (("00:00", "00:00"),)
# Special days farther ahead are not announced: engines read a year at most.
AHEAD = timedelta(days=366)


def opening_hours_specification(hours: Hours) -> list[Specification]:
    """`openingHoursSpecification` of the ordinary week: one entry for each range."""
    ranges: dict[tuple[str, str], list[int]] = {}
    for weekday in range(7):
        for pair in _pairs(hours.ordinary_day(weekday)):
            ranges.setdefault(pair, []).append(weekday)
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"https://schema.org/{DAYS[n]}" for n in weekdays],
            "opens": opens,
            "closes": closes,
        }
        for (opens, closes), weekdays in ranges.items()
    ]


def special_opening_hours_specification(hours: Hours, at: datetime) -> list[Specification]:
    """`specialOpeningHoursSpecification`: yesterday's (it may still run) to a year ahead.

    A day is told for as many days as it holds, in runs. The days beside a closure are told
    too where a slot past midnight makes them differ.
    """
    first, last = hours.today(at) - ONE_DAY, hours.today(at) + AHEAD
    days: set[date] = set()
    for closure in hours.closures:
        begin = max(closure.first, first + 2 * ONE_DAY) - 2 * ONE_DAY
        end = min(closure.last, last - 2 * ONE_DAY) + 2 * ONE_DAY
        days |= {begin + n * ONE_DAY for n in range((end - begin).days + 1)}
    told = [(day, _pairs(hours.day(day)) or CLOSED) for day in sorted(days) if hours.differs(day)]
    return [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": run[0].isoformat(),
            "validThrough": run[-1].isoformat(),
            "opens": opens,
            "closes": closes,
        }
        for run, pairs in _runs(told)
        for opens, closes in pairs
    ]


def _pairs(openings: tuple[Opening, ...]) -> DayHours:
    return tuple((_clock(o.opens), _closing(o)) for o in openings)


def _closing(opening: Opening) -> str:
    if opening.closes - opening.opens == ONE_DAY:
        # 00:00 to 00:00 would be the empty range; a range may not span a whole day.
        return "23:59:59"
    return _clock(opening.closes)


def _clock(wall: datetime) -> str:
    return f"{wall:%H:%M}"


def _runs(told: list[tuple[date, DayHours]]) -> list[tuple[list[date], DayHours]]:
    if not told:
        return []
    runs = [([told[0][0]], told[0][1])]
    for (before, _), (day, pairs) in pairwise(told):
        if day == before + ONE_DAY and pairs == runs[-1][1]:
            runs[-1][0].append(day)
        else:
            runs.append(([day], pairs))
    return runs
