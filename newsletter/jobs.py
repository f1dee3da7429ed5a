"""What housekeeping does for the newsletter each minute."""

from datetime import datetime

from django.utils.translation import gettext

from innerbalance.housekeeping.services import Job, JobFailed
from newsletter.services import confirmation_email, importing, mailbox, preferences, subscriptions, throttling, worker

IMPORT_SECONDS = 20


def send_due(now: datetime) -> str:
    """Start, continue and finish campaigns. Runs for settings.NEWSLETTER_RUN_SECONDS at most."""
    try:
        return str(worker.run())
    except OSError as error:
        raise JobFailed(gettext("The journal of promises can't be written, so no issue is sent.")) from error


def tell_office(now: datetime) -> str:
    """Tell the office of campaigns that paused by themselves."""
    told = throttling.tell_office()
    return f"told the office of {told} paused campaigns" if told else ""


def send_confirmations(now: datetime) -> str:
    """Ask people who signed up to confirm, and send the links to their choices that people asked for."""
    links = preferences.send_new_links(now=now)
    sent, put_off = confirmation_email.send_due(now=now)
    if not (sent or put_off or links):
        return ""
    return f"{sent} confirmation emails sent, {put_off} put off; {links} links to preferences sent"


def forget_unconfirmed(now: datetime) -> str:
    """Delete addresses that nobody confirmed within seven days."""
    forgotten = subscriptions.delete_unconfirmed(now=now)
    return f"{forgotten} unconfirmed addresses deleted" if forgotten else ""


def import_lists(now: datetime) -> str:
    """Go on with lists of addresses that the office imports."""
    number = importing.work_all(seconds=IMPORT_SECONDS, now=now)
    return f"went on with {number} imports" if number else ""


def forget_dry_runs(now: datetime) -> str:
    """Delete addresses of dry runs that nobody said yes to within a day."""
    forgotten = importing.forget_abandoned(now=now)
    return f"{forgotten} dry runs forgotten" if forgotten else ""


JOBS = (
    Job("newsletter.read-bounces", mailbox.read_bounces),
    Job("newsletter.tell-office", tell_office),
    Job("newsletter.send-confirmations", send_confirmations),
    Job("newsletter.forget-unconfirmed", forget_unconfirmed),
    Job("newsletter.forget-dry-runs", forget_dry_runs),
    Job("newsletter.import-lists", import_lists),
    # Last: it may take most of the minute.
    Job("newsletter.send-due", send_due, slow_after=90),
)
