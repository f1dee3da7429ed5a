"""Whether what should happen by itself happens: housekeeping, backups, reading bounces; and who would be told."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from innerbalance.formats import format_datetime
from innerbalance.housekeeping.health import health
from innerbalance.operations.findings import Finding, fault, good, not_checked
from innerbalance.operations.owners import owners_addresses

BOUNCES_JOB = "newsletter.read-bounces"


def housekeeping(now: datetime) -> Iterator[Finding]:
    found = health(now=now)
    if found.last_run is None:
        yield fault(_("Housekeeping has never run: no email leaves. Start its service, or run it each minute by cron."))
    elif found.late:
        text = _("Housekeeping last ran on %(when)s: since then no email has left. Start its service again.")
        yield fault(text % {"when": format_datetime(found.last_run)})
    else:
        yield good(_("Housekeeping last ran on %(when)s.") % {"when": format_datetime(found.last_run)})


def jobs(now: datetime) -> Iterator[Finding]:
    """Jobs of housekeeping that failed last time, but for the bounce mailbox, which has a check of its own."""
    failed = [run for run in health(now=now).failed if run.job != BOUNCES_JOB]
    for run in failed:
        if run.finished_at:
            yield fault(_("The job “%(job)s” failed: %(why)s") % {"job": run.job, "why": run.outcome})
        else:
            yield fault(_("The job “%(job)s” began and never ended.") % {"job": run.job})
    if not failed:
        yield good(_("No job of housekeeping failed last time."))


def bounce_mailbox(now: datetime) -> Iterator[Finding]:
    failed = [run for run in health(now=now).failed if run.job == BOUNCES_JOB]
    if not settings.NEWSLETTER_BOUNCE_MAILBOX:
        yield not_checked(_("No mailbox for bounced emails is set (NEWSLETTER_BOUNCE_MAILBOX)."))
    elif failed:
        yield fault(failed[0].outcome or _("Reading the mailbox for bounced emails never ended."))
    else:
        yield good(_("The mailbox for bounced emails was read."))


def owners(now: datetime) -> Iterator[Finding]:
    if owners_addresses():
        yield good(_("Owners are told by email when something needs a person."))
    else:
        yield fault(_("No owner has an email address: nobody would be told when something needs a person."))
