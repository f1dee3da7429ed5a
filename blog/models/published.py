"""Which posts readers get, and in which order: asked so that ten thousand cost what a hundred do."""

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import connections, models
from django.db.models import Exists, F, Max, Min, OuterRef, Subquery
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def restricted(path: str) -> Exists:
    """Whether the page whose tree path is in the field `path`, or a page above it, is for some people only.

    Each restriction looks its page up: as a join, SQLite may go through all pages for each page.
    """
    inner = models.ExpressionWrapper(OuterRef(path), output_field=models.CharField())
    barred = Subquery(Page.objects.order_by().filter(pk=OuterRef("page")).values("path"))
    restrictions = PageViewRestriction.objects.annotate(inner=inner, barred=barred)
    return Exists(restrictions.filter(inner__startswith=F("barred")))


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

    def months(self, zone: ZoneInfo) -> list[date]:
        """The first day of each month in `zone` with a post, newest first. Two queries.

        The database is asked for each month whether it has a post, and stops at the first one it finds.
        """
        span = self.order_by().aggregate(first=Min("first_published_at"), last=Max("first_published_at"))
        if span["first"] is None:
            return []
        days = list(_months_between(localdate(span["first"], zone), localdate(span["last"], zone)))
        begins, ends = RawSQL("month.column2", ()), RawSQL("month.column3", ())
        posts = self.order_by().filter(first_published_at__gte=begins, first_published_at__lt=ends)
        sql, values = posts.values("pk").query.sql_with_params()
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
                f"SELECT month.column1 FROM (VALUES {', '.join(rows)}) AS month"  # noqa: S608
                f" WHERE EXISTS ({sql}) ORDER BY month.column1",
                [*bounds, *values],
            )
            return [days[number] for (number,) in cursor.fetchall()]


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
