"""Bounces and complaints from a mailbox, for those who send by SMTP."""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings

from . import bounces
from .dsn import LARGEST_REPORT, Report, ReportKind, read_report
from .tokens import read_delivery_reference

TIMEOUT = 20
MOST_AT_ONCE = 200


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


def read_mailbox(*, address: str, now: datetime) -> int:
    """Read the unseen messages of `address` (imaps://name:password@host/folder); how many reports were ours.

    Reports of ours are deleted when they were written down; everything else stays, marked as seen, for a
    person. Raises OSError or imaplib.IMAP4.error.
    """
    ours = 0
    with _opened(address) as box:
        for number, raw in _unseen(box):
            report = read_report(raw)
            if report and apply_report(report=report, now=now):
                ours += 1
                box.store(number, "+FLAGS", r"(\Seen \Deleted)")
            else:
                box.store(number, "+FLAGS", r"(\Seen)")
        if ours:
            box.expunge()
    return ours


def read_bounces(now: datetime) -> str:
    """Housekeeping: the mailbox of settings.NEWSLETTER_BOUNCE_MAILBOX, where there is one."""
    if not settings.NEWSLETTER_BOUNCE_MAILBOX:
        return ""
    number = read_mailbox(address=settings.NEWSLETTER_BOUNCE_MAILBOX, now=now)
    return f"{number} bounces or complaints read" if number else ""


@contextmanager
def _opened(address: str) -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(address)
    if parts.scheme == "imaps":
        box = imaplib.IMAP4_SSL(parts.hostname, parts.port or 993, timeout=TIMEOUT)
    else:
        box = imaplib.IMAP4(parts.hostname, parts.port or 143, timeout=TIMEOUT)
    try:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        status, answer = box.select(f'"{unquote(parts.path.strip("/")) or "INBOX"}"')
        if status != "OK":
            raise imaplib.IMAP4.error(f"the folder can't be opened: {answer!r}")
        yield box
    finally:
        try:
            box.logout()
        except (OSError, imaplib.IMAP4.error):
            box.shutdown()


def _unseen(box: imaplib.IMAP4) -> Iterator[tuple[str, bytes]]:
    _, found = box.search(None, "UNSEEN")
    for number in (found[0] or b"").decode().split()[:MOST_AT_ONCE]:
        # PEEK: a message whose handling fails stays unseen and is read again.
        _, parts = box.fetch(number, f"(BODY.PEEK[]<0.{LARGEST_REPORT}>)")
        raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
        yield number, raw
