"""What begins when the site starts: each part only where it is configured, so that nothing else costs memory."""

import os

from django.conf import settings
from django.core.signals import request_finished
from django.db import connections


def close_pools_before_forks() -> None:
    """A pool's threads do not live in a forked process, and its connections must not be in two."""
    if any(entry.get("OPTIONS", {}).get("pool") for entry in settings.DATABASES.values()):
        os.register_at_fork(before=close_pools)


def close_pools() -> None:
    for connection in connections.all(initialized_only=True):
        if getattr(connection, "pool", None):
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]


def report_faults() -> None:
    if settings.SENTRY_DSN:
        from innerbalance.operations.fault_reports import start

        start(settings.SENTRY_DSN, environment=settings.SENTRY_ENVIRONMENT)


def watch_housekeeping() -> None:
    """Housekeeping can't tell anybody that it has stopped; the processes that answer requests can."""
    if settings.WATCH_HOUSEKEEPING:
        from innerbalance.operations.watching import look_after_request

        request_finished.connect(look_after_request, dispatch_uid="operations.watch_housekeeping")
