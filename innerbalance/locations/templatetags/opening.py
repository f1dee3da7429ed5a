"""Whether an office is open, on any page: the badge, the footer, and the data for the badge's script."""

from datetime import datetime, timedelta

from django import template
from django.utils.translation import gettext

from innerbalance.caching import limit
from innerbalance.caching.by_content import made_from
from innerbalance.locations.formats import as_of, read, read_ahead, week_text
from innerbalance.locations.models.pages import timetable_for
from innerbalance.locations.rules.hours import Hours
from innerbalance.template_guards import never_fails

register = template.Library()

AHEAD = timedelta(days=8)


@register.inclusion_tag("locations/includes/badge.html", takes_context=True)
@never_fails(dict)
def open_badge(context, location):
    """What may be said about `location` now; the response is kept no longer than that holds."""
    request = context.get("request")
    table = timetable_for(request)
    hours = table.hours(location)
    reading = read(hours, table.now)
    limit(request, until=reading.until)
    ordinary = gettext("Front office: %(hours)s") % {"hours": week_text(hours)}
    return {
        "slug": location.slug,
        "reading": reading,
        "as_of": as_of(hours, table.now),
        "otherwise": ordinary if hours.has_slots else gettext("By appointment"),
    }


def coming_readings(hours: Hours, now: datetime) -> list[list]:
    """Moment, text and whether it is open, of the reading at `now` and of those of the coming days.

    They are the same through all the time for which the reading holds, so they are made once for it.
    """
    since = read(hours, now).since

    def make() -> list[list]:
        ahead = read_ahead(hours, since, AHEAD)
        return [[int(reading.since.timestamp()), reading.text, int(reading.is_open)] for reading in ahead]

    return made_from("readings", (hours.expression, hours.closures, hours.zone.key, since), make)


@register.inclusion_tag("locations/includes/footer_list.html", takes_context=True)
@never_fails(dict)
def footer_offices(context):
    """The offices with their badges, and once for the page the readings of the coming days."""
    table = timetable_for(context.get("request"))
    readings = {location.slug: coming_readings(table.hours(location), table.now) for location in table.locations}
    return {
        "request": context.get("request"),
        "locations": table.locations,
        "readings": readings,
    }


@register.simple_tag(takes_context=True)
@never_fails(list)
def all_locations(context) -> list:
    """The published offices."""
    return timetable_for(context.get("request")).locations


@register.simple_tag(takes_context=True)
@never_fails(str)
def front_office_week(context, location) -> str:
    """ "Monday to Friday 9 am to 3 pm"."""
    return week_text(timetable_for(context.get("request")).hours(location))
