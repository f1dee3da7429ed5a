"""What housekeeping does for intake each minute. Each may run twice at once."""

from datetime import datetime

from intake.models import RecentSubmission
from intake.services import digest, emails, erasure


def tell_the_office(now: datetime) -> str:
    queued = emails.tell_the_office(now=now)
    return f"{queued} notice(s) to the office queued" if queued else ""


def owe_digest(now: datetime) -> str:
    queued = digest.owe_digest(now=now)
    return f"{queued} daily digest(s) queued" if queued else ""


def send_emails(now: datetime) -> str:
    sent, put_off = emails.send_due(now=now)
    return f"{sent} sent, {put_off} put off" if sent or put_off else ""


def purge(now: datetime) -> str:
    deleted = erasure.purge(now=now)
    return f"{deleted} request(s) past their retention period deleted" if deleted else ""


def forget_submissions(now: datetime) -> str:
    RecentSubmission.objects.filter(expires_at__lte=now).delete()
    return ""
