"""Doing again what the journal says and the database does not know; then email waits for a person.

The apps hand over, at the composition root, what each kind of line means to them. Doing a line twice changes nothing.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from innerbalance.journal.files import Folder
from innerbalance.journal.lines import Line
from innerbalance.journal.models import Cause, SiteEpoch, known, new_token, remember
from innerbalance.journal.services import gate
from innerbalance.journal.services.promises import done_again, promise, write_out
from innerbalance.security.logs import where

logger = logging.getLogger(__name__)

type Handler = Callable[[dict[str, Any], datetime], None]
"""Gets the line's data and its moment (aware, UTC)."""

type Settle = Callable[[datetime], None]
"""Called when all lines are applied, at the moment of the recovery."""

RECOVERED = "journal.recovered"
_handlers: dict[str, Handler] = {}
_settle: list[Settle] = []


def register(handlers: Iterable[Mapping[str, Handler]], *, settle: Iterable[Settle]) -> None:
    """Say, at the composition root, what each kind of line means, and what is put right when all were applied."""
    _handlers.clear()
    _handlers[RECOVERED] = lambda data, at: None
    for each in handlers:
        if twice := _handlers.keys() & each.keys():
            raise ValueError(f"A kind of promise stands twice: {sorted(twice)}")
        _handlers.update(each)
    _settle[:] = settle


def recover_if_needed(*, now: datetime) -> bool:
    """Apply the journal where email was paused and nobody did yet; whether it was. Raises OSError."""
    state = gate.compare()
    if state.paused_at is None or state.recovered_at is not None:
        return False
    recover(now=now)
    return True


def recover(*, now: datetime) -> SiteEpoch:
    """Apply what the paused database does not know, and begin a new epoch; email stays paused. Raises OSError.

    All or nothing. A process that dies after it, before the journal's EPOCH is written, leaves a difference that
    pauses again.
    """
    journal = gate.folder()
    with journal.locked():
        lost = not journal.epoch() and journal.last() is None
        with done_again(), transaction.atomic():
            report = apply(journal, now=now)
            state = SiteEpoch.load()
            state.token = new_token()
            state.begun = True
            state.cause = Cause.MISSING if lost else state.cause
            state.recovered_at = now
            state.report = report
            state.save(update_fields=["token", "begun", "cause", "recovered_at", "report"])
        journal.set_epoch(state.token)
    # A journal that was lost is not empty any more: one that is empty later was lost again.
    promise(RECOVERED, cause=state.cause)
    write_out()
    return state


def apply(journal: Folder, *, now: datetime) -> dict[str, Any]:
    """Apply each line from the first unknown one on, in order; what was applied, for people. In a transaction."""
    done: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    first = last = None
    for line, is_new in _from_first_unknown(journal):
        if is_new:
            first, last = first or line.at, line.at
        handler = _handlers.get(line.kind)
        try:
            if handler is None:
                raise LookupError(line.kind)
            with transaction.atomic():
                handler(line.data, line.at)
        except Exception as error:
            # One line that can't be done must not keep the others from being done; a person hears of it.
            logger.error("The journal's line %s (%s) could not be applied: %s", line.token, line.kind, where(error))
            failed[line.kind] += 1
        else:
            done[line.kind] += is_new and line.kind != RECOVERED
        if is_new:
            remember(token=line.token, kind=line.kind, at=line.at)
    for settle in _settle:
        settle(now)
    return {
        "applied": {kind: count for kind, count in done.items() if count},
        "failed": dict(failed),
        "unreadable": journal.unreadable(),
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
    }


def _from_first_unknown(journal: Folder) -> Iterator[tuple[Line, bool]]:
    """(line, whether it is unknown). Known lines after an unknown one are done again: the order decides."""
    lines = list(journal.lines())
    ours: set[str] = set()
    for start in range(0, len(lines), 500):
        ours |= known(line.token for line in lines[start : start + 500])
    new = [line.token not in ours for line in lines]
    if True in new:
        begin = new.index(True)
        yield from zip(lines[begin:], new[begin:], strict=True)


def resume(*, user: Any, now: datetime) -> bool:
    """Let email leave again: a person's decision, after a look at the report; whether it was paused.

    Raises NotRecovered while the journal has not been applied, OSError where it can't be read.
    """
    state = gate.compare()
    if state.paused_at is None:
        return False
    if state.recovered_at is None:
        raise NotRecovered
    # A person says that this database is the one, also where a crash kept the recovery from saying so.
    gate.folder().set_epoch(state.token)
    return bool(
        SiteEpoch.objects.filter(pk=1, token=state.token).update(
            paused_at=None, cause="", resumed_at=now, resumed_by=user
        )
    )


class NotRecovered(Exception):
    """The journal has to be applied first."""
