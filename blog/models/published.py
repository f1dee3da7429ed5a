"""Which posts readers get, and in which order: asked so that ten thousand cost what a hundred do."""

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import connections
from django.db.models import Count, F, Value
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate
from wagtail.models import Page
from wagtail.query import PageQuerySet

from innerbalance.page_base import restricted


class PageKey(F):
    """The key as it stands in the table of all pages, where it is the end of each index.

    Sorted by the post's own copy of it, all posts would be read and sorted to find the ten newest.
    """

    def __init__(self) -> None:
        super().__init__("path")

    def resolve_expression(self, *args, **kwargs):
        path = super().resolve_expression(*args, **kwargs)
        return Page._meta.pk.get_col(path.alias)


class PostQuerySet(PageQuerySet):
    def published(self) -> "PostQuerySet":
        """What readers may see, newest first: live, and neither it nor a page above it restricted.

        The only way from code to posts that a reader gets. Wagtail's `live().public()`, without its extra query.
        """
        return self.live().filter(~restricted("path")).order_by("-first_published_at", PageKey().desc())

    def with_cards(self) -> "PostQuerySet":
        """With what a list shows of each post."""
        return self.select_related("hero_image").prefetch_related(
            "topics", "post_authors__clinician", "hero_image__renditions"
        )

    def of_month(self, first_day: date, zone: ZoneInfo) -> "PostQuerySet":
        end = _begin(_next_month(first_day), zone)
        return self.filter(first_published_at__gte=_begin(first_day, zone), first_published_at__lt=end)

    def months(self, zone: ZoneInfo) -> dict[date, int]:
        """The first day of each month in `zone` with a post, newest first, and how many it has. Three statements."""
        dates = self.exclude(first_published_at=None).order_by("first_published_at").values_list("first_published_at")
        first, last = dates.first(), dates.last()
        if first is None or last is None:
            return {}
        days = list(_months_between(localdate(first[0], zone), localdate(last[0], zone)))
        begins, ends = RawSQL("month.column2", ()), RawSQL("month.column3", ())
        posts = self.order_by().filter(first_published_at__gte=begins, first_published_at__lt=ends)
        sql, values = posts.values(all=Value(1)).annotate(number=Count("pk")).values("number").query.sql_with_params()
        connection = connections[self.db]
        rows = ["(%s, %s, %s)"] * len(days)
        bounds = [
            value
            for number, day in enumerate(days)
            for value in (
                number,
                *(connection.ops.adapt_datetimefield_value(_begin(each, zone)) for each in (day, _next_month(day))),
            )
        ]
        with connection.cursor() as cursor:
            # Both databases call the columns of VALUES so.
            cursor.execute(
                f"SELECT month.column1, ({sql}) FROM (VALUES {', '.join(rows)}) AS month"  # noqa: S608
                " ORDER BY month.column1",
                [*values, *bounds],
            )
            return {days[number]: count for number, count in cursor.fetchall() if count}


class PostsByDate:
    """All of `posts`, newest first, for taking a part: whole months that are newer are left out by their dates.

    Counted off one by one, ten thousand posts are gone through for the last ten. `months`: as `months()` gives them.
    """

    def __init__(self, posts: PostQuerySet, months: dict[date, int], zone: ZoneInfo) -> None:
        self.posts, self.months, self.zone = posts, months, zone

    def __getitem__(self, part: slice) -> PostQuerySet:
        posts, skipped = self.posts, 0
        for day, number in self.months.items():
            if skipped + number > part.start:
                break
            skipped += number
            posts = self.posts.filter(first_published_at__lt=_begin(day, self.zone))
        return posts[part.start - skipped : part.stop - skipped]


def _months_between(first: date, last: date) -> Iterator[date]:
    """First days, newest first."""
    day = last.replace(day=1)
    while day >= first.replace(day=1):
        yield day
        day = day.replace(year=day.year - 1, month=12) if day.month == 1 else day.replace(month=day.month - 1)


def _next_month(day: date) -> date:
    return day.replace(year=day.year + 1, month=1) if day.month == 12 else day.replace(month=day.month + 1)


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
