"""Addresses for machines that watch: /healthz, /readyz, /metrics. Strangers learn nothing of what is wrong."""

import hmac
import time
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from innerbalance.housekeeping.health import health
from innerbalance.operations.installation import data
from innerbalance.security.logs import where

OLDEST_HOUSEKEEPING = timedelta(minutes=5)
TABLES_SECONDS = 60
_tables_right_until = 0.0


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers: for who starts it anew when it does not, and for load balancers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Everything does its work, else a 503. What does not is told to who has METRICS_TOKEN alone."""
    problems = problems_now()
    lines = problems if problems and has_token(request) else ["not ready"] if problems else ["ok"]
    response = HttpResponse("\n".join(lines) + "\n", status=503 if problems else 200, content_type="text/plain")
    # An answer, and no fault that Django would log each time a monitor asks.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def problems_now() -> list[str]:
    """Short sentences for an operator; empty when all is well."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        problems = _of_the_tables() or [*data.keys_of_requests(), *_of_housekeeping()]
    except DatabaseError as error:
        problems = [f"the database does not answer ({where(error)})"]
    return [*problems, *([] if data.cache_works() else ["the cache does not answer"])]


def _of_the_tables() -> list[str]:
    """Looking costs a tenth of a second, so what was right is not looked at again for a while: anybody may ask."""
    global _tables_right_until
    if time.monotonic() < _tables_right_until:
        return []
    if number := data.pending_migrations():
        return [f"{number} migrations are not applied"]
    _tables_right_until = time.monotonic() + TABLES_SECONDS
    return []


def _of_housekeeping() -> list[str]:
    now = timezone.now()
    found = health(now=now)
    if found.last_run is None or found.last_run < now - OLDEST_HOUSEKEEPING:
        return ["housekeeping is late"]
    return []


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus's text format. Raises Http404 without the token, as any address that is not there."""
    if not has_token(request):
        raise Http404
    from innerbalance.operations.metrics import CONTENT_TYPE, exposition

    return HttpResponse(exposition(), content_type=CONTENT_TYPE)


def has_token(request: HttpRequest) -> bool:
    """Compared in a time that tells nothing about how much of it was right."""
    given = request.headers.get("Authorization", "")
    expected = f"Bearer {settings.METRICS_TOKEN}"
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(given.encode(), expected.encode())
