"""US federal holidays as days to decide about: offered, never assumed.

Source: 5 U.S.C. 6103, as the `holidays` package computes it. A holiday that falls on a weekend
is offered on the day it is observed on as well.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

REMIND_WITHIN = timedelta(days=30)
MONTHS_AHEAD = 12
OBSERVED = " (observed)"
NEAR = timedelta(days=3)


@dataclass(frozen=True, order=True)
class FederalHoliday:
    """`other` is the second day of one that falls on a weekend: the day itself, or the day it is observed on."""

    day: date
    name: str
    other: date | None = None

    @property
    def is_observed(self) -> bool:
        """Whether `day` stands in for the holiday itself, which is `other`."""
        return self.name.endswith(OBSERVED)


def federal_holidays(*, today: date) -> list[FederalHoliday]:
    """The federal holidays from `today` through the same day of next year, in order."""
    end = _a_year_later(today)
    calendar = holidays.country_holidays("US", years=range(today.year, end.year + 1), language="en_US")
    return sorted(
        FederalHoliday(day, name, _other_day(day, name, calendar))
        for day, name in calendar.items()
        if today <= day < end
    )


def undecided(*, today: date, decided: Collection[date], within: timedelta | None = None) -> list[FederalHoliday]:
    """Those not in `decided`, of the next twelve months or of the days `within`."""
    last = today + within if within is not None else date.max
    return [h for h in federal_holidays(today=today) if h.day not in decided and h.day <= last]


def _other_day(day: date, name: str, calendar: dict[date, str]) -> date | None:
    other = name.removesuffix(OBSERVED) if name.endswith(OBSERVED) else name + OBSERVED
    near = [each for each, called in calendar.items() if called == other and abs(each - day) <= NEAR]
    return near[0] if near else None


def _a_year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
