"""What housekeeping does for the newsletter each minute."""

from datetime import datetime

from . import delivery, troubles


def send_due(now: datetime) -> str:
    """Start, continue and finish sendings. Runs for settings.NEWSLETTER_RUN_SECONDS at most."""
    return str(delivery.run())


def tell_office(now: datetime) -> str:
    """Tell the office of sendings that paused by themselves."""
    told = troubles.tell_office()
    return f"told the office of {told} paused sendings" if told else ""
