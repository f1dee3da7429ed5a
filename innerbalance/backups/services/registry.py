"""What the composition root says of the apps: what is made anew instead of kept, and what lies apart."""

from collections.abc import Callable, Iterable

from django.db.models import Model

from innerbalance.backups.models import BackupRun
from innerbalance.housekeeping.models import HousekeepingRun

_rebuilt: list[type[Model]] = []
_keys: list[type[Model]] = []
_afterwards: list[Callable[[], str]] = []
_under_way: list[Callable[[], list[str]]] = []


def register_tables(*, rebuilt: Iterable[type[Model]], keys: Iterable[type[Model]]) -> None:
    """`rebuilt`: tables that are in no backup. `keys`: tables in an archive of their own, which is kept briefly."""
    _rebuilt[:] = [BackupRun, HousekeepingRun, *rebuilt]
    _keys[:] = keys


def register_after_restore(*functions: Callable[[], str]) -> None:
    """What makes anew what is in no backup; each says in plain words what is wrong, "" where all is well."""
    _afterwards[:] = functions


def register_under_way(*functions: Callable[[], list[str]]) -> None:
    """What says, for people, how far each sending under way has come."""
    _under_way[:] = functions


def under_way() -> list[str]:
    return [line for function in _under_way for line in function()]


def rebuilt_tables() -> list[type[Model]]:
    return list(_rebuilt)


def key_tables() -> list[type[Model]]:
    return list(_keys)


def after_restore() -> list[str]:
    """Make it all anew; the problems."""
    return [problem for function in _afterwards if (problem := function())]
