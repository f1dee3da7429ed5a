"""How the list grew, in numbers. Counted from the people we still keep: who was deleted is in no number."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q

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
    ends = [*begins[1:], None]
    counts = {"new_before": Q(confirmed_at__lt=begins[0]), "left_before": Q(left_at__lt=begins[0])}
    for number, (start, end) in enumerate(zip(begins, ends, strict=True)):
        counts[f"new_{number}"] = _between("confirmed_at", start, end)
        counts[f"left_{number}"] = _between("left_at", start, end)
    found = Subscriber.objects.filter(confirmed_at__isnull=False).aggregate(
        **{name: Count("pk", filter=condition) for name, condition in counts.items()}
    )
    total = found["new_before"] - found["left_before"]
    months = []
    for number, day in enumerate(days):
        new, left = found[f"new_{number}"], found[f"left_{number}"]
        total += new - left
        months.append(Month(first_day=day, new=new, left=left, total=total))
    deleted = Suppression.objects.filter(reason=SuppressionReason.ERASED, created_at__gte=begins[0]).count()
    return Growth(months=months, deleted=deleted)


def _between(field: str, start: datetime, end: datetime | None) -> Q:
    """The running month has no end: a moment that is ahead of this clock by a little counts too."""
    condition = Q(**{f"{field}__gte": start})
    return condition & Q(**{f"{field}__lt": end}) if end else condition
