"""What housekeeping does for the newsletter each minute."""

from datetime import datetime

from newsletter.services import confirmation_email as confirmation_mail
from newsletter.services import importing
from newsletter.services import sign_up as signing_up
from newsletter.services import throttling as troubles
from newsletter.services import worker as delivery

IMPORT_SECONDS = 20


def send_due(now: datetime) -> str:
    """Start, continue and finish sendings. Runs for settings.NEWSLETTER_RUN_SECONDS at most."""
    return str(delivery.run())


def tell_office(now: datetime) -> str:
    """Tell the office of sendings that paused by themselves."""
    told = troubles.tell_office()
    return f"told the office of {told} paused sendings" if told else ""


def send_confirmations(now: datetime) -> str:
    """Ask people who signed up to confirm."""
    sent, put_off = confirmation_mail.send_due(now=now)
    return f"{sent} confirmation mails sent, {put_off} put off" if sent or put_off else ""


def forget_unconfirmed(now: datetime) -> str:
    """Delete addresses that nobody confirmed within seven days."""
    forgotten = signing_up.forget_unconfirmed(now=now)
    return f"{forgotten} unconfirmed addresses deleted" if forgotten else ""


def import_lists(now: datetime) -> str:
    """Go on with lists of addresses that the office imports."""
    number = importing.work_all(seconds=IMPORT_SECONDS, now=now)
    return f"went on with {number} imports" if number else ""


def forget_dry_runs(now: datetime) -> str:
    """Delete addresses of dry runs that nobody said yes to within a day."""
    forgotten = importing.forget_abandoned(now=now)
    return f"{forgotten} dry runs forgotten" if forgotten else ""
