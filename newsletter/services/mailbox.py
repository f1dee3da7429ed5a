"""Bounces and complaints from a mailbox, for those who send by SMTP."""

import time
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from innerbalance.housekeeping.services import JobFailed
from newsletter.rules.dsn import LARGEST_REPORT, Report, ReportKind, read_report
from newsletter.services import bounces
from newsletter.services.imap import Mailbox, MailboxUnavailable, opened
from newsletter.services.tokens import read_delivery_reference

MOST_AT_ONCE = 200
# Sending is after it in the same minute.
SECONDS_AT_MOST = 20


def apply_report(*, report: Report, now: datetime) -> bool:
    """Do what the report says; whether it spoke of a message of ours. A reference that is not signed is not ours."""
    delivery_id = read_delivery_reference(report.message_id) or read_delivery_reference(report.recipient)
    if delivery_id is None:
        return False
    match report.kind:
        case ReportKind.HARD_BOUNCE:
            bounces.hard_bounce(delivery_id=delivery_id, detail=report.detail, now=now)
        case ReportKind.SOFT_BOUNCE:
            bounces.soft_bounce(delivery_id=delivery_id, detail=report.detail, now=now)
        case ReportKind.COMPLAINT:
            bounces.complaint(delivery_id=delivery_id, now=now)
    return True


def read_mailbox(*, address: str, now: datetime, seconds: float = SECONDS_AT_MOST) -> int:
    """Read what is new in `address` (imaps://name:password@host/folder); how many reports were ours.

    Reports of ours are deleted when they were written down; everything else stays for a person. Takes about
    `seconds` at most; what is left is read next time. Raises MailboxUnavailable.
    """
    ours = 0
    until = time.monotonic() + seconds
    with opened(address) as box:
        for uid in box.new()[:MOST_AT_ONCE]:
            if time.monotonic() > until:
                break
            ours += _one(box, uid, now)
        box.remove_deleted()
    return ours


def _one(box: Mailbox, uid: int, now: datetime) -> bool:
    """Write down, then delete: a line that breaks between makes it be read again, which changes nothing."""
    report = read_report(box.fetch(uid, at_most=LARGEST_REPORT))
    if report and apply_report(report=report, now=now):
        box.delete(uid)
        return True
    box.leave(uid)
    return False


def read_bounces(now: datetime) -> str:
    """Housekeeping: the mailbox of settings.NEWSLETTER_BOUNCE_MAILBOX, where there is one."""
    if not settings.NEWSLETTER_BOUNCE_MAILBOX:
        return ""
    try:
        number = read_mailbox(address=settings.NEWSLETTER_BOUNCE_MAILBOX, now=now)
    except MailboxUnavailable as error:
        raise JobFailed(_("Bounces and complaints are not read. %(why)s") % {"why": error}) from error
    return f"{number} bounces or complaints read" if number else ""
