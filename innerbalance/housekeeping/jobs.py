"""The core's own jobs; the composition root puts the apps' jobs beside them."""

from datetime import datetime

from django.core.management import call_command

from innerbalance.housekeeping.services import Job
from innerbalance.security.rate_limits import forget_expired


def publish_scheduled(now: datetime) -> str:
    """Publish and unpublish what editors scheduled (Wagtail's own command)."""
    call_command("publish_scheduled", verbosity=0)
    return ""


def forget_rate_limits(now: datetime) -> str:
    """Forget the hashed identities of limits that are over."""
    count = forget_expired(now)
    return f"forgot {count} expired rate limits" if count else ""


JOBS = (Job("publish-scheduled", publish_scheduled), Job("forget-rate-limits", forget_rate_limits))
