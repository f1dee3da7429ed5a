"""How the list grew, in numbers. Counted from the people we still keep: who was deleted is in no number."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.conf import settings

from newsletter.models import Subscriber, Suppression
from newsletter.rules.growth_months import begin, first_days
from newsletter.rules.subscriber_states import SuppressionReason


@dataclass(frozen=True, slots=True)
class Month:
    """`total`: readers on the list at its end, or now. It is last month's total plus `new` minus `left`."""

    first_day: date
    new: int
    left: int
    total: int

    @property
    def label(self) -> str:
        return f"{self.first_day:%b %Y}"

    @property
    def short(self) -> str:
        return f"{self.first_day:%b}"


@dataclass(frozen=True, slots=True)
class Growth:
    """`deleted`: people deleted at their wish in these months, wherever they stood."""

    months: list[Month]
    deleted: int

    @property
    def total(self) -> int:
        return self.months[-1].total

    @property
    def empty(self) -> bool:
        return not any(month.new or month.left or month.total for month in self.months)


def growth(*, now: datetime) -> Growth:
    """The last twelve months in the practice's time zone, the running one included. Two queries.

    A person counts from the last time they confirmed until they left; an undone leaving is none.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    days = first_days(now=now, zone=zone)
    begins = [begin(day, zone) for day in days]
    # The running month has no end: a moment that is ahead of this clock by a little counts too.
    periods = list(pairwise([None, *begins, None]))
    found = Subscriber.objects.count_by_period(fields=("confirmed_at", "left_at"), periods=periods)
    total = found["confirmed_at"][0] - found["left_at"][0]
    months = []
    for day, new, left in zip(days, found["confirmed_at"][1:], found["left_at"][1:], strict=True):
        total += new - left
        months.append(Month(first_day=day, new=new, left=left, total=total))
    deleted = Suppression.objects.filter(reason=SuppressionReason.ERASED, created_at__gte=begins[0]).count()
    return Growth(months=months, deleted=deleted)
