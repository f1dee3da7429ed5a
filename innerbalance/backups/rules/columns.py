"""How a column's values travel: as JSON that neither database engine owns. Plain Python.

A date and time is ISO 8601 in UTC, a duration microseconds, a UUID 32 hex digits, a decimal its digits, bytes base64;
JSON stays the text that it is.
"""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

BOOLEAN, MOMENT, DURATION, IDENTIFIER, BINARY, PLAIN = "boolean", "moment", "duration", "uuid", "binary", "plain"
TEXT, JSON, DECIMAL, DAY, TIME = "text", "json", "decimal", "date", "time"

KINDS = {
    "BooleanField": BOOLEAN,
    "DateTimeField": MOMENT,
    "DurationField": DURATION,
    "UUIDField": IDENTIFIER,
    "BinaryField": BINARY,
    "DecimalField": DECIMAL,
    "DateField": DAY,
    "TimeField": TIME,
    "JSONField": JSON,
    **dict.fromkeys(["AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField"], PLAIN),
    **dict.fromkeys(["SmallIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"], PLAIN),
    **dict.fromkeys(["PositiveBigIntegerField", "FloatField"], PLAIN),
}
"""Django's internal type of a field -> kind; every other is text."""


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(sep=" ")
    return f"{value}+00:00"


def _duration(value: Any) -> int:
    return value // timedelta(microseconds=1) if isinstance(value, timedelta) else int(value)


def _decimal(value: Any) -> str:
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


OUT: dict[str, Callable[[Any], Any]] = {
    BOOLEAN: bool,
    MOMENT: _moment,
    DURATION: _duration,
    IDENTIFIER: lambda value: value.hex if isinstance(value, UUID) else str(value).replace("-", ""),
    BINARY: lambda value: base64.b64encode(value).decode("ascii"),
    DECIMAL: _decimal,
    DAY: str,
    TIME: str,
}
"""From what SQLite or PostgreSQL gives to JSON; None stays None, and what is not here stays as it is."""

TO_SQLITE: dict[str, Callable[[Any], Any]] = {
    BOOLEAN: int,
    MOMENT: lambda text: text.removesuffix("+00:00"),
    BINARY: base64.b64decode,
}
TO_POSTGRESQL: dict[str, Callable[[Any], Any]] = {
    DURATION: lambda microseconds: f"{microseconds} microseconds",
    BINARY: lambda text: "\\x" + base64.b64decode(text).hex(),
    # PostgreSQL has no NUL, in a text or in JSON.
    TEXT: lambda text: text.replace("\x00", ""),
    JSON: lambda text: text.replace("\\u0000", ""),
}


def converters(kinds: list[str], table: dict[str, Callable[[Any], Any]]) -> list[tuple[int, Callable[[Any], Any]]]:
    """(place in the row, function) of the columns that change on the way."""
    return [(place, table[kind]) for place, kind in enumerate(kinds) if kind in table]


def converted(row: Any, how: list[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for place, convert in how:
        if values[place] is not None:
            values[place] = convert(values[place])
    return values
