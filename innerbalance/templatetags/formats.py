"""innerbalance.formats as template filters. What is empty stays empty, so that `|default` works."""

from datetime import date, datetime, time

from django import template
from django.utils.translation import to_locale

from innerbalance import formats

register = template.Library()


@register.filter(expects_localtime=True)
def format_date(day: date | None, parts: str = "weekday") -> str:
    """`parts` names what stands beside month and day: "weekday", "year", "weekday year" or ""."""
    return formats.format_date(day, **_parts(parts)) if day else ""


@register.filter(expects_localtime=True)
def format_time(wall: time | datetime | None) -> str:
    """The time of day; an aware datetime's in the current time zone."""
    return "" if wall in (None, "") else formats.format_time(wall)


@register.filter
def format_datetime(moment: datetime | None, parts: str = "year") -> str:
    """In the current time zone; `parts` as for format_date."""
    return formats.format_datetime(moment, None, **_parts(parts)) if moment else ""


@register.filter
def format_phone(number: str | None) -> str:
    return formats.format_phone(number or "")


@register.filter
def format_count(number: int | None) -> str:
    return "" if number in (None, "") else formats.format_count(number)


@register.filter
def language_tag(code: str) -> str:
    """Django's language code as a BCP 47 tag in its usual letters: "en-US"."""
    return to_locale(code).replace("_", "-")


def _parts(named: str) -> dict[str, bool]:
    chosen = set(named.split())
    if unknown := chosen - {"weekday", "year"}:
        raise template.TemplateSyntaxError(f"Not a part of a date: {', '.join(sorted(unknown))}")
    return {"weekday": "weekday" in chosen, "year": "year" in chosen}
