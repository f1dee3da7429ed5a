"""Bounces and complaints from a mailbox, for those who send by SMTP."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
# Milliseconds are usual. Reports come from anybody.
SECONDS_FOR_ONE = 2


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
    """Mark, read, write down, then delete.

    Marked before it is parsed: a message that ends this process can't end the next one too, and stays for a person.
    A connection that breaks before the mark makes it be read again, which changes nothing.
    """
    raw = box.fetch(uid, at_most=LARGEST_REPORT)
    box.leave(uid)
    report = None
    with time_limit(SECONDS_FOR_ONE):
        report = read_report(raw)
    if report and apply_report(report=report, now=now):
        box.delete(uid)
        return True
    return False


class TookTooLong(Exception):
    pass


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End what runs inside after `seconds`, by an exception where it stands; in the main thread only (setitimer(2)).

    Leaves the block quietly. What the block assigns last may be missing then.
    """

    def end(number: int, frame: object) -> None:
        raise TookTooLong

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except TookTooLong:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def read_bounces(now: datetime) -> str:
    """Housekeeping: the mailbox of settings.NEWSLETTER_BOUNCE_MAILBOX, where there is one."""
    if not settings.NEWSLETTER_BOUNCE_MAILBOX:
        return ""
    try:
        number = read_mailbox(address=settings.NEWSLETTER_BOUNCE_MAILBOX, now=now)
    except MailboxUnavailable as error:
        raise JobFailed(_("Bounces and complaints are not read. %(why)s") % {"why": error}) from error
    return f"{number} bounces or complaints read" if number else ""
