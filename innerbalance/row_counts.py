"""Several counts in one query, each by the index that fits it."""

from collections.abc import Sequence

from django.db.models import Count, IntegerField, QuerySet, Value


def count_each(querysets: Sequence[QuerySet]) -> list[int]:
    """How many rows each has, in one query: a UNION ALL of their counts.

    One `aggregate` with a filter for each count reads every row and tries every filter on it.
    """
    first, *others = (
        rows.order_by()
        .annotate(place=Value(place, IntegerField()))
        .values("place")
        .annotate(rows=Count("*"))
        .values_list("place", "rows")
        for place, rows in enumerate(querysets)
    )
    found = dict(first.union(*others, all=True).order_by())
    # Django leaves a queryset out that can have no rows, such as `none()`.
    return [found.get(place, 0) for place in range(len(querysets))]
