"""The tables of a backup and their columns, as the manifest names them."""

from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import BigAutoField, Model
from wagtail.admin.models import EditingSession
from wagtail.search.models import IndexEntry

from innerbalance.backups.rules.columns import KINDS, TEXT
from innerbalance.backups.services.registry import key_tables, rebuilt_tables

SEARCH_INDEX = IndexEntry._meta.app_label


@dataclass(frozen=True)
class Table:
    """`columns` and `kinds` side by side. `counter`: the column that the database numbers by itself, "" without.

    `ours`: its numbers stand in emails that are out already, so a restored site must not use them again.
    """

    name: str
    columns: list[str]
    kinds: list[str]
    counter: str = ""
    ours: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def table_of(model: type[Model]) -> Table:
    # A subclass with a table of its own has its parent's columns there.
    fields = model._meta.local_concrete_fields
    counter = model._meta.auto_field if model._meta.auto_field in fields else None
    return Table(
        name=model._meta.db_table,
        columns=[str(field.column) for field in fields],
        kinds=[_kind(field) for field in fields],
        counter=str(counter.column) if counter else "",
        ours=isinstance(counter, BigAutoField),
    )


def _kind(field: Any) -> str:
    while field.is_relation:
        field = field.target_field
    return KINDS.get(field.get_internal_type(), TEXT)


def site_models() -> list[type[Model]]:
    """Everything but what is made anew, what ends with a restore (sessions), and the keys that lie apart."""
    out = {Session, EditingSession, *rebuilt_tables(), *key_tables()}
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model not in out and model._meta.app_label != SEARCH_INDEX
    ]


def all_tables() -> list[str]:
    """Every table of the site in this database, those made anew included; without the migrations' own."""
    managed = [each for each in apps.get_models(include_auto_created=True) if each._meta.managed]
    names = {each._meta.db_table for each in managed if not each._meta.proxy}
    return sorted(names & set(connection.introspection.table_names()))
