"""Emails to owners about what needs a person: once for each trouble, again after a day, and when it is well again.

Checks say which of their faults are worth it (`Check.alerts_after`). Several processes may look at once: each email is
claimed by a conditional UPDATE first.
"""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from innerbalance import mail
from innerbalance.operations.checks import Check, Result, registered, run_one
from innerbalance.operations.models import Alert
from innerbalance.operations.owners import owners_addresses
from innerbalance.security.logs import where

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(days=1)
WELL_FOR = timedelta(minutes=15)
"""What comes and goes is one trouble and not many."""

CLAIMED_FOR = timedelta(minutes=5)


def look(*, now: datetime, names: Collection[str] | None = None) -> int:
    """Run the checks that owners hear of (those in `names`, by default all), and tell them; how many emails left.

    An email that can't be sent is tried again a few minutes later. Raises DatabaseError.
    """
    sent = 0
    for check in registered():
        if check.alerts_after is not None and (names is None or check.name in names):
            sent += _after(run_one(check, now=now), now=now)
    return sent


def _after(result: Result, *, now: datetime) -> int:
    alert = Alert.objects.filter(check_name=result.check.name).first()
    if result.faults:
        return _troubled(result, alert, now=now)
    if alert is None:
        return 0
    return _well(result.check, alert, now=now)


def _troubled(result: Result, alert: Alert | None, *, now: datetime) -> int:
    if alert is None:
        alert, _made = Alert.objects.get_or_create(check_name=result.check.name, defaults={"since": now})
    if alert.well_since:
        Alert.objects.filter(pk=alert.pk).update(well_since=None)
    due = alert.since + (result.check.alerts_after or timedelta(0))
    if alert.told_at:
        due = alert.told_at + AGAIN_AFTER
    if now < due or not _claim(alert, now=now):
        return 0
    sent = _tell(
        "operations_trouble",
        result.check,
        {"texts": [finding.text for finding in result.faults], "since": alert.since, "again": bool(alert.told_at)},
    )
    if sent:
        Alert.objects.filter(pk=alert.pk).update(told_at=now, telling_until=None)
    return sent


def _well(check: Check, alert: Alert, *, now: datetime) -> int:
    if alert.told_at is None:
        Alert.objects.filter(pk=alert.pk, told_at=None).delete()
        return 0
    if alert.well_since is None:
        Alert.objects.filter(pk=alert.pk, well_since=None).update(well_since=now)
        return 0
    if now < alert.well_since + WELL_FOR or not _claim(alert, now=now):
        return 0
    sent = _tell("operations_well_again", check, {"since": alert.since, "well_since": alert.well_since})
    if sent:
        Alert.objects.filter(pk=alert.pk).delete()
    return sent


def _claim(alert: Alert, *, now: datetime) -> bool:
    """Whether this process is to send the email: nobody else sends it, or has sent it since `alert` was read."""
    free = Q(telling_until=None) | Q(telling_until__lt=now)
    unchanged = Alert.objects.filter(free, pk=alert.pk, told_at=alert.told_at)
    return bool(unchanged.update(telling_until=now + CLAIMED_FOR))


def _tell(template: str, check: Check, context: dict) -> int:
    """How many owners' emails the mail server took. One that it refuses keeps nobody else from hearing."""
    addresses = owners_addresses()
    if not addresses:
        logger.error("Nobody can be told that %s needs a person: no owner has an email address", check.name)
    sent = 0
    for address in addresses:
        try:
            mail.send(template=template, to=address, context={"label": check.label, **context})
        except Exception as error:
            logger.error("An owner could not be told about %s: %s", check.name, where(error))
        else:
            sent += 1
    return sent


def tell_owners(now: datetime) -> str:
    """Housekeeping's job. `now` is when the run began; what others did since then is seen."""
    sent = look(now=max(now, timezone.now()))
    return f"told owners in {sent} emails what needs a person" if sent else ""
