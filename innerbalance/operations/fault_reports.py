"""Faults reported to Sentry, or what speaks its language: by type and place, never with content.

The report that leaves is made anew from the few things that are known to hold nothing personal. So what a later version
of the library might add is left out, too. Nothing of this is in memory without SENTRY_DSN.
"""

import logging
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

from innerbalance.operations.metrics import route_of
from innerbalance.security.logs import message_of, request_id_of, where

SECONDS_AT_THE_END = 2
FRAME = ("filename", "function", "module", "lineno", "in_app")
KEPT = ("event_id", "timestamp", "level", "platform", "logger", "release", "environment", "server_name", "sdk")


def start(dsn: str, *, environment: str) -> None:
    """What is logged as an error is reported: faults of requests and of housekeeping's jobs. Nothing is traced."""
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        default_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None),
            ExcepthookIntegration(),
            DedupeIntegration(),
            AtexitIntegration(callback=lambda pending, timeout: None),
        ],
        auto_enabling_integrations=False,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=None,
        auto_session_tracking=False,
        send_client_reports=False,
        before_breadcrumb=lambda crumb, hint: None,
        before_send=only_what_is_safe,
        shutdown_timeout=SECONDS_AT_THE_END,
    )


def only_what_is_safe(event: Any, hint: dict[str, Any]) -> Any:
    """A new report: types, places, the route's name and the request's id. No text of an exception."""
    safe: dict[str, Any] = {name: event[name] for name in KEPT if name in event}
    record = hint.get("log_record")
    if record is not None:
        safe["logentry"] = {"message": message_of(record)}
        request = getattr(record, "request", None)
        safe["tags"] = {"request_id": request_id_of(record) or "none"}
        if request is not None:
            safe["transaction"] = route_of(request)
    error = hint["exc_info"][1] if hint.get("exc_info") else None
    if error is not None:
        safe["exception"] = {"values": [_exception(value) for value in _values(event)]}
        safe.setdefault("logentry", {"message": where(error)})
    return safe


def _values(event: dict[str, Any]) -> list[dict[str, Any]]:
    return (event.get("exception") or {}).get("values") or []


def _exception(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames") or []
    kept = [{name: frame.get(name) for name in FRAME} for frame in frames]
    return {"type": value.get("type"), "module": value.get("module"), "stacktrace": {"frames": kept}}
