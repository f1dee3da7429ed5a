"""When, as a front office says it on the phone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext, ngettext

from innerbalance.formats import format_datetime, format_time
from intake.rules.answer_due import round_up


def moment_words(moment: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """`today at 2 pm`, `Tuesday at 11 am` or `Tuesday, December 8 at 11 am`, in the office's zone."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today).days
    if days == 0:
        return gettext("today at %(time)s") % {"time": format_time(local)}
    if days == 1:
        return gettext("tomorrow at %(time)s") % {"time": format_time(local)}
    if 1 < days < 7:
        weekday = dateformat.format(local, "l")
        return gettext("%(weekday)s at %(time)s") % {"weekday": weekday, "time": format_time(local)}
    return format_datetime(moment, zone)


def promise(*, due: datetime | None, now: datetime, zone: ZoneInfo, open_hours: timedelta) -> str:
    """What the reader is told above the button: within how many business hours, and by when that is."""
    hours = open_hours.total_seconds() / 3600
    said = {"hours": f"{hours:g}"}
    if due is None:
        return (
            ngettext(
                "We answer within %(hours)s business hour.",
                "We answer within %(hours)s business hours.",
                1 if hours == 1 else 2,
            )
            % said
        )
    said |= {"moment": moment_words(round_up(due), now=now, zone=zone), "zone": f"{now.astimezone(zone):%Z}"}
    return (
        ngettext(
            "We answer within %(hours)s business hour: by %(moment)s (%(zone)s).",
            "We answer within %(hours)s business hours: by %(moment)s (%(zone)s).",
            1 if hours == 1 else 2,
        )
        % said
    )
