"""What housekeeping does for intake each minute. Each may run twice at once."""

from datetime import datetime

from django.utils.translation import gettext, ngettext

from innerbalance.housekeeping.services import Job, JobFailed
from intake.models import RecentSubmission
from intake.services import digest, emails, erasure


def tell_the_office(now: datetime) -> str:
    queued = emails.tell_the_office(now=now)
    return (
        ngettext("%(count)s notice to the office queued", "%(count)s notices to the office queued", queued)
        % {"count": queued}
        if queued
        else ""
    )


def owe_digest(now: datetime) -> str:
    queued = digest.owe_digest(now=now)
    return (
        ngettext("%(count)s daily digest queued", "%(count)s daily digests queued", queued) % {"count": queued}
        if queued
        else ""
    )


def send_emails(now: datetime) -> str:
    """Raises JobFailed while the office has not heard of requests for days: the admin's home says so to staff."""
    sent, put_off = emails.send_due(now=now)
    if given_up := emails.office_emails_given_up():
        raise JobFailed(
            ngettext(
                "%(count)s notice to the office was given up after three days: email does not go out",
                "%(count)s notices to the office were given up after three days: email does not go out",
                given_up,
            )
            % {"count": given_up}
        )
    return gettext("%(sent)s sent, %(put_off)s put off") % {"sent": sent, "put_off": put_off} if sent or put_off else ""


def purge(now: datetime) -> str:
    deleted = erasure.purge(now=now)
    return (
        ngettext(
            "%(count)s request past its retention period deleted",
            "%(count)s requests past their retention period deleted",
            deleted,
        )
        % {"count": deleted}
        if deleted
        else ""
    )


def forget_submissions(now: datetime) -> str:
    RecentSubmission.objects.filter(expires_at__lte=now).delete()
    return ""


JOBS = (
    Job("intake.tell-office", tell_the_office),
    Job("intake.owe-digest", owe_digest),
    Job("intake.send-emails", send_emails),
    Job("intake.purge", purge),
    Job("intake.forget-submissions", forget_submissions),
)
