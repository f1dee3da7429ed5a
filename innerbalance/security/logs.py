"""What stands in a production log: one JSON line for each event, with the request's id, and never what anybody wrote.

An exception is named by its type and its place in our code: its text can hold content. An address is named by its
route: it can hold a token.
"""

import contextvars
import json
import logging
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

OURS = ("innerbalance", "blog", "intake", "newsletter", "assessment")
"""Loggers whose messages we write ourselves, without content; of all others the message's template is shown."""

REQUEST_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_request_id: contextvars.ContextVar[str | None] = contextvars.ContextVar("request_id", default=None)


class RequestIdMiddleware:
    """Gives each request an id: the proxy's X-Request-ID, else a new one. A fault's answer carries it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        name = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = name  # type: ignore[attr-defined]
        token = _request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        if response.status_code >= 500:
            response.headers["X-Request-ID"] = name
        return response


class JsonLinesFormatter(logging.Formatter):
    """One JSON object a line: `time` (UTC, RFC 3339), `level`, `logger`, `request_id`, `message` and, of an exception,
    `error`. Whatever stands in it, a line is a line: JSON writes the ends of lines as escapes.
    """

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": request_id_of(record),
            "message": message_of(record),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = where(record.exc_info[1])
        return json.dumps(line)


def where(error: BaseException) -> str:
    """The type of an error, the types behind it, and the last line of our own code that it passed; never its text."""
    names: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(names) < 5:
        names.append(type(seen).__name__)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    place, frame = "", error.__traceback__
    while frame is not None:
        file = Path(frame.tb_frame.f_code.co_filename)
        if file.is_relative_to(settings.BASE_DIR) and "site-packages" not in file.parts:
            place = f" at {file.relative_to(settings.BASE_DIR)}:{frame.tb_lineno}"
        frame = frame.tb_next
    return " from ".join(names) + place


def request_id_of(record: logging.LogRecord) -> str | None:
    """None outside of a request."""
    given = getattr(record, "request_id", None) or getattr(getattr(record, "request", None), "request_id", None)
    return given or _request_id.get()


def message_of(record: logging.LogRecord) -> str:
    """What may be told of it, content left out."""
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        route = request.resolver_match.route if request.resolver_match else "unknown route"
        return f"{request.method} /{route} answered {getattr(record, 'status_code', '-')}"
    if record.name.split(".")[0] in OURS:
        return record.getMessage()
    return str(record.msg) if record.args else f"event at {record.module}:{record.lineno}"
