"""This machine's clock, beside others': an answer's due time, links that expire and locks between machines need it."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from innerbalance.housekeeping.models import HousekeepingRun
from innerbalance.operations.findings import Finding, fault, good, not_checked, warning

MAY_DIFFER = timedelta(seconds=5)
HTTP_MAY_DIFFER = timedelta(seconds=10)
"""The header Date has whole seconds, and an answer takes some."""

SECONDS = 3


def beside_the_database(now: datetime) -> Iterator[Finding]:
    ahead = HousekeepingRun.objects.filter(started_at__gt=now + timedelta(minutes=2)).order_by("started_at").last()
    if ahead:
        text = _("Housekeeping ran at a time that is still to come (%(when)s): the clock was ahead, or went back.")
        yield fault(text % {"when": ahead.started_at.isoformat(timespec="seconds")})
    if connection.vendor != "postgresql":
        if not ahead:
            yield good(_("The clock has not gone back since housekeeping last ran."))
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    difference = timezone.now() - theirs
    if abs(difference) > MAY_DIFFER:
        yield fault(_apart(_("the database server's"), difference))
    else:
        yield good(_("The clock agrees with the database server's."))


def beside_the_web(now: datetime) -> Iterator[Finding]:
    """Also whether the site answers under its own address, asked from here."""
    origin = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    asked = {f"{origin}/healthz": _("the site's web server's")}
    if settings.STORAGE_URL:
        asked[settings.STORAGES["default"]["OPTIONS"]["endpoint_url"]] = _("the object storage's")
    for address, whose in asked.items():
        host = urlsplit(address).netloc
        began = time.time()
        date, why = _date(address)
        if date is None:
            yield warning(_("%(host)s does not answer from this machine (%(why)s).") % {"host": host, "why": why})
            continue
        difference = timedelta(seconds=(began + time.time()) / 2 - date.timestamp())
        if abs(difference) > HTTP_MAY_DIFFER:
            yield fault(_apart(whose, difference))
        else:
            yield good(_("%(host)s answers, and the clock agrees with it.") % {"host": host})
    if not asked:
        yield not_checked(_("There is nobody to compare the clock with."))


def _date(address: str) -> tuple[datetime | None, str]:
    """(what the header Date says, "") or (None, why not)."""
    try:
        request = urllib.request.Request(address, method="HEAD")  # noqa: S310 -- an address out of the settings
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            headers = answer.headers
    except urllib.error.HTTPError as error:
        headers = error.headers
        error.close()
    except (OSError, ValueError) as error:
        return None, type(getattr(error, "reason", error)).__name__
    try:
        return parsedate_to_datetime(headers["Date"]), ""
    except (TypeError, ValueError):
        return None, _("without a date")


def _apart(whose: str, difference: timedelta) -> str:
    """`difference`: ours minus theirs."""
    seconds = round(abs(difference.total_seconds()))
    if difference > timedelta(0):
        text = _("This machine's clock is %(seconds)s seconds ahead of %(whose)s. Set up time synchronization (NTP).")
    else:
        text = _("This machine's clock is %(seconds)s seconds behind %(whose)s. Set up time synchronization (NTP).")
    return text % {"seconds": seconds, "whose": whose}
