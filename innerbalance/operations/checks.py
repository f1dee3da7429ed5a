"""The register of checks, and running them: for `manage.py doctor`, the page for owners, and emails to owners.

The composition root (innerbalance/composition.py) registers them; a check of another part is one call of `register`.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from innerbalance.operations.findings import Finding, Level, fault, not_checked, warning
from innerbalance.security.logs import where

NETWORK_SECONDS = 8
"""For all checks that speak with other machines together: they run side by side."""

STATEMENT_SECONDS = 4


@dataclass(frozen=True)
class Check:
    """`name` is stored beside what owners were told: a short literal that never changes. `label` is for people.

    `run` takes the moment (aware) and changes nothing. `network`: it asks other machines and no database of ours, runs
    in a thread of its own, and is given up after a while. `database`: it is left out when the database is away.
    `alerts_after`: owners get an email when it finds a fault for so long; None: they don't.
    """

    name: str
    label: str | Promise
    run: Callable[[datetime], Iterable[Finding]]
    network: bool = False
    database: bool = False
    alerts_after: timedelta | None = None


@dataclass(frozen=True)
class Result:
    check: Check
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is Level.FAULT)


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    """Checks are shown in the order they came in. One with the name of an earlier one takes its place."""
    _checks[check.name] = check


def registered() -> tuple[Check, ...]:
    return tuple(_checks.values())


def run_all(*, now: datetime) -> list[Result]:
    """All registered checks; takes about NETWORK_SECONDS at most, and raises nothing."""
    end = time.monotonic() + NETWORK_SECONDS
    asked = {check.name: _Asked(check, now) for check in registered() if check.network}
    with _short_statements() as database_answers:
        found = {
            check.name: run_one(check, now=now, database_answers=database_answers)
            for check in registered()
            if not check.network
        }
    found |= {name: one.result(end) for name, one in asked.items()}
    return [found[check.name] for check in registered()]


def run_one(check: Check, *, now: datetime, database_answers: bool = True) -> Result:
    if check.database and not database_answers:
        return Result(check, (not_checked(_("Not checked: the database does not answer.")),))
    try:
        return Result(check, tuple(check.run(now)))
    except Exception as error:
        # The type and the place, not the text: that could hold a password or what somebody wrote.
        text = _("This could not be checked: %(error)s.") % {"error": where(error)}
        return Result(check, (fault(text),))


class _Asked:
    """A check in a thread of its own, which a program that ends does not wait for."""

    def __init__(self, check: Check, now: datetime) -> None:
        self.check = check
        self._result: Result | None = None
        self._thread = threading.Thread(target=self._run, args=(now,), daemon=True)
        self._thread.start()

    def _run(self, now: datetime) -> None:
        self._result = run_one(self.check, now=now)

    def result(self, end: float) -> Result:
        """Waits for it until `end` (time.monotonic)."""
        self._thread.join(max(0.0, end - time.monotonic()))
        return self._result or Result(self.check, (warning(_("There was no answer within a few seconds.")),))


@contextmanager
def _short_statements() -> Iterator[bool]:
    """Whether the database answers; inside, PostgreSQL ends a statement that takes long."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            if connection.vendor == "postgresql":
                cursor.execute(f"SET statement_timeout = '{STATEMENT_SECONDS}s'")
    except DatabaseError:
        yield False
        return
    try:
        yield True
    finally:
        if connection.vendor == "postgresql":
            try:
                with connection.cursor() as cursor:
                    cursor.execute("RESET statement_timeout")
            except DatabaseError:
                connection.close()  # the next one begins with what the settings say
