"""A value comes to the same whichever engine gave it, and back to what each engine takes."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from innerbalance.backups.rules import columns
from innerbalance.backups.rules.columns import OUT, TO_POSTGRESQL, TO_SQLITE, converted, converters

ID = UUID("0193b8b0-7b1c-7c3e-9a55-0242ac120002")
MOMENT = datetime(2026, 11, 25, 9, 30, 0, 125, tzinfo=UTC)
PHOENIX_MOMENT = datetime.fromisoformat("2026-11-25T02:30:00.000125-07:00")

CASES = [
    # kind, SQLite's, PostgreSQL's, in the archive
    (columns.BOOLEAN, 1, True, True),
    (columns.MOMENT, "2026-11-25 09:30:00.000125", MOMENT, "2026-11-25 09:30:00.000125+00:00"),
    (columns.MOMENT, "2026-11-25 09:30:00.000125", PHOENIX_MOMENT, "2026-11-25 09:30:00.000125+00:00"),
    (columns.DURATION, 90_000_001, timedelta(seconds=90, microseconds=1), 90_000_001),
    (columns.IDENTIFIER, ID.hex, ID, ID.hex),
    (columns.BINARY, b"\x00\xffA", memoryview(b"\x00\xffA"), "AP9B"),
    (columns.DECIMAL, 6, Decimal("6.0"), "6"),
    (columns.DECIMAL, 2.5, Decimal("2.50"), "2.5"),
    (columns.DAY, "2026-11-25", date(2026, 11, 25), "2026-11-25"),
    (columns.TIME, "09:00:00", time(9), "09:00:00"),
    (columns.TEXT, "“Ana”", "“Ana”", "“Ana”"),
]


@pytest.mark.parametrize(("kind", "sqlite", "postgresql", "archived"), CASES)
def test_both_engines_give_the_same(kind, sqlite, postgresql, archived):
    how = converters([kind], OUT)
    assert converted([sqlite], how) == converted([postgresql], how) == [archived]


WHOLE = [(kind, sqlite) for kind, sqlite, _, _ in CASES if kind != columns.DECIMAL]


@pytest.mark.parametrize(("kind", "sqlite"), WHOLE)
def test_sqlite_gets_what_it_gave(kind, sqlite):
    archived = converted([sqlite], converters([kind], OUT))
    assert converted(archived, converters([kind], TO_SQLITE)) == [sqlite]


def test_postgresql_gets_what_it_takes():
    kinds = [columns.DURATION, columns.BINARY, columns.TEXT, columns.JSON]
    row = converted([1, "AP9B", "a\x00b", '"a\\u0000b"'], converters(kinds, TO_POSTGRESQL))
    assert row == ["1 microseconds", "\\x00ff41", "ab", '"ab"']


def test_nothing_stays_nothing():
    every = list(OUT)
    nothing = [None] * len(every)
    assert converted(nothing, converters(every, OUT)) == nothing
