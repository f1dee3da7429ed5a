"""One stored value on both sides: as SQLite keeps it, as PostgreSQL wants it, and in a form in which both are equal."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID


def _moment(value: str) -> datetime:
    """Django keeps UTC without saying so."""
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


FROM_SQLITE: dict[str, Callable[[Any], Any]] = {
    "boolean": bool,
    "bigint": int,
    "integer": int,
    "smallint": int,
    "double precision": float,
    "numeric": lambda value: Decimal(str(value)),
    "character varying": str,
    "text": str,
    "inet": str,
    "jsonb": str,
    "uuid": UUID,
    "bytea": bytes,
    "date": date.fromisoformat,
    "time without time zone": time.fromisoformat,
    "timestamp with time zone": _moment,
    "interval": lambda value: timedelta(microseconds=value),
}
"""PostgreSQL's type of a column -> what is sent there for what stands in SQLite's."""


def comparable(kind: str, value: Any) -> Any:
    """`value` of a column of that type, from either side, so that equal values are equal as text.

    PostgreSQL writes JSON in its own way, and numbers without needless zeros.
    """
    if value is None:
        return None
    if kind == "jsonb":
        document = json.loads(value) if isinstance(value, str) else value
        return json.dumps(_plain_numbers(document), sort_keys=True)
    if kind == "timestamp with time zone":
        return value.astimezone(UTC).isoformat()
    if kind == "numeric":
        return format(value.normalize(), "f")
    if kind == "bytea":
        return bytes(value).hex()
    return str(value)


def _plain_numbers(document: Any) -> Any:
    if isinstance(document, dict):
        return {name: _plain_numbers(value) for name, value in document.items()}
    if isinstance(document, list):
        return [_plain_numbers(value) for value in document]
    if isinstance(document, float) and document.is_integer():
        return int(document)
    return document
