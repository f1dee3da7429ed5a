"""How dates, times, phone numbers and counts are written for people, on pages, in email and in the admin alike.

Names of months and weekdays come from Django's catalogue; the patterns are marked, so that a translation can order
the parts of a date as its language does.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils import dateformat, timezone
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext, pgettext

HOME_REGION = "US"


def format_date(day: date, *, weekday: bool = True, year: bool = False) -> str:
    """`Thursday, November 26`, or `November 26, 2026`. An aware datetime counts in the current time zone."""
    if isinstance(day, datetime) and timezone.is_aware(day):
        day = timezone.localtime(day)
    if weekday and year:
        pattern = pgettext("date format", "l, F j, Y")
    elif weekday:
        pattern = pgettext("date format", "l, F j")
    elif year:
        pattern = pgettext("date format", "F j, Y")
    else:
        pattern = pgettext("date format", "F j")
    return dateformat.format(day, pattern)


def format_time(wall: time | datetime) -> str:
    """`9 am`, `9:30 am`, `noon`, `midnight`: the time as it stands, seconds left out, no zone applied."""
    if wall.minute == 0 and wall.hour == 0:
        return gettext("midnight")
    if wall.minute == 0 and wall.hour == 12:
        return gettext("noon")
    pattern = pgettext("time format", "g:i A") if wall.minute else pgettext("time format", "g A")
    return dateformat.time_format(wall.replace(tzinfo=None), pattern).lower()


def format_datetime(moment: datetime, zone: tzinfo | None = None, *, weekday: bool = True, year: bool = False) -> str:
    """`Thursday, November 26 at 3 pm` in `zone`, else in the current time zone. Raises ValueError if it is naive."""
    local = timezone.localtime(moment, zone)
    return gettext("%(date)s at %(time)s") % {
        "date": format_date(local.date(), weekday=weekday, year=year),
        "time": format_time(local),
    }


def format_phone(number: str) -> str:
    """An E.164 number as people write it: `(480) 555-0100`; one of another country as `+44 20 7946 0958`.

    Anything else comes back as it is.
    """
    try:
        parsed = phonenumbers.parse(number, HOME_REGION)
    except phonenumbers.NumberParseException:
        return number
    at_home = parsed.country_code == phonenumbers.country_code_for_region(HOME_REGION)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


def parse_phone(text: str) -> str:
    """`text` in E.164, an extension as `;ext=12` (RFC 3966); empty text stays empty.

    Raises ValidationError, in words for the person who typed it.
    """
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(
            gettext("Enter a phone number like %(example)s.") % {"example": "(480) 555-0134"}, code="phone"
        )
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{e164};ext={number.extension}" if number.extension else e164


def format_count(number: int) -> str:
    """`1,234`."""
    return number_format(number, decimal_pos=0, force_grouping=True)


def format_list(parts: Iterable[str]) -> str:
    """`Mesa, Tempe and Gilbert`."""
    return get_text_list(list(parts), gettext("and"))
