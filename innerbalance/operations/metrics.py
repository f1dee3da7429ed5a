"""What Prometheus reads at /metrics: requests by route and status class, how long they took, and measurements.

Workers count in files that they share, of which the one that is asked makes a sum. Nothing of this is in memory
without METRICS_TOKEN.
"""

import os
import shutil
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from innerbalance.operations.measurements import measure

BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds."""

OLD_SECONDS = 24 * 3600
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class RequestMetricsMiddleware:
    """Stands behind finished pages: what is served from the disk is not counted, and costs nothing more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.requests, self.durations = instruments()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        route = route_of(request)
        self.requests.labels(route, f"{response.status_code // 100}xx").inc()
        self.durations.labels(route).observe(time.perf_counter() - began)
        return response


def route_of(request: HttpRequest) -> str:
    """The name of the view, or the pattern of its address; never the address, which can hold a token or words."""
    match = request.resolver_match
    if match is None:
        return "none"
    return match.view_name if match.url_name else match.route


@cache
def instruments():
    """(requests, durations). They can be made once in a process."""
    folder = counting_folder()
    folder.mkdir(parents=True, exist_ok=True)
    _remove_old(folder)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # read when the library is imported
    from prometheus_client import CollectorRegistry, Counter, Histogram

    own = CollectorRegistry()
    requests = Counter("innerbalance_requests", "Requests the application answered.", ["route", "status"], registry=own)
    durations = Histogram(
        "innerbalance_request_seconds", "How long answers took.", ["route"], registry=own, buckets=BUCKETS
    )
    return requests, durations


@cache
def counting_folder() -> Path:
    """Of this start of the application server: counts begin at 0 then, as Prometheus expects of a new process."""
    return Path(settings.VAR_DIR) / "metrics" / settings.KEPT_PAGES_RELEASE


def _remove_old(folder: Path) -> None:
    for other in folder.parent.iterdir():
        if other != folder and other.stat().st_mtime < time.time() - OLD_SECONDS:
            shutil.rmtree(other, ignore_errors=True)


def exposition() -> bytes:
    """All of it in Prometheus's text format."""
    instruments()
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.core import GaugeMetricFamily
    from prometheus_client.multiprocess import MultiProcessCollector

    class Measurements:
        def collect(self):
            families: dict[str, GaugeMetricFamily] = {}
            for one in measure(timezone.now()):
                if one.name not in families:
                    families[one.name] = GaugeMetricFamily(one.name, one.help, labels=list(one.labels))
                families[one.name].add_metric(list(one.labels.values()), one.value)
            yield from families.values()

    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(counting_folder()))
    registry.register(Measurements())  # type: ignore[arg-type]
    return generate_latest(registry)
