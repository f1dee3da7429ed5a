"""From an archive to a site, in an empty place. Email waits until a person looked (innerbalance.journal).

All is read and compared before anything is written. The rows come in one transaction: a process that dies before its
end leaves the database as empty as it was, and one that dies after it a site that sends nothing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from wagtail.models import Revision, Site

from innerbalance.backups.services import RestoreRefused, archive, loading, media, names, registry
from innerbalance.backups.services.making import FORMAT, version
from innerbalance.backups.services.tables import Table, all_tables
from innerbalance.caching import version as site_version
from innerbalance.journal.models import Cause, SiteEpoch
from innerbalance.journal.services import gate, recovery
from innerbalance.security.encryption import SealError
from innerbalance.security.record_keys import key_ring

type Say = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    made_at: datetime
    rows: int
    files: int
    seconds: float
    epoch: SiteEpoch
    problems: list[str] = field(default_factory=list)


def restore(*, site: Path, keys: Path | None, identity: str, now: datetime, say: Say = lambda line: None) -> Restored:
    """Raises RestoreRefused; then nothing was changed (at most, tables were made).

    `identity`: the text of the secret key's file. `keys`: the archive of records' keys; None: consultation requests
    stay unreadable.
    """
    began = time.monotonic()
    secret = archive.read_identity(identity)
    say(_("Reading the archive and comparing checksums."))
    manifest = archive.verify(site, secret, kind=names.SITE)
    key_manifest = archive.verify(keys, secret, kind=names.KEYS) if keys else None
    _check_fits(manifest)
    _migrate_to(manifest["migrations"])
    _check_empty()
    made_at = datetime.fromisoformat(manifest["made_at"])
    say(_("Putting back pictures and documents, then the database."))
    try:
        with transaction.atomic():
            loading.clear()
            rows, files = _load(site, secret, manifest)
            if keys and key_manifest:
                rows += _load(keys, secret, key_manifest)[0]
            loading.check()
            _pause_email(made_at, now)
    except DatabaseError as error:
        raise RestoreRefused(
            _("The database did not take the rows, and was left empty: %(why)s")
            % {"why": str(error).splitlines()[0][:200]}
        ) from error
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    say(_("Doing again what was promised since the backup."))
    call_command("migrate", verbosity=0)
    epoch = recovery.recover(now=now)
    say(_("Making anew what is in no backup: the search index, and what requests are found by."))
    call_command("update_index", verbosity=0)
    problems = registry.after_restore()
    site_version.touch(now)
    return Restored(made_at, rows, files, time.monotonic() - began, epoch, problems + _warnings(manifest, keys))


def _check_fits(manifest: dict[str, Any]) -> None:
    known = set(MigrationExecutor(connection).loader.disk_migrations or {})
    if manifest["format"] > FORMAT or not _pairs(manifest["migrations"]) <= known:
        raise RestoreRefused(
            _(
                "The backup was made by version %(theirs)s of the site, which is newer than this one (%(ours)s). "
                "Install that version and restore with it. Nothing was changed."
            )
            % {"theirs": manifest["version"], "ours": version()}
        )


def _migrate_to(applied: dict[str, list[str]]) -> None:
    """Make the tables as they were when the backup was made; what is newer comes when the rows are in."""
    wanted = _pairs(applied)
    executor = MigrationExecutor(connection)
    if set(executor.loader.applied_migrations) - wanted:
        # The tables are newer than the backup already: its rows would not fit.
        _check_empty()
        _drop_tables()
        executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    # Those that a squashed one replaces have no place in the graph.
    wanted &= nodes.keys()
    # The last ones of each app alone: an earlier one as a target would mean to go back to it.
    followed = {
        key for key in wanted for child in nodes[key].children if child.key in wanted and child.key[0] == key[0]
    }
    executor.migrate(sorted(wanted - followed))


def _pairs(migrations: dict[str, list[str]]) -> set[tuple[str, str]]:
    return {(app, name) for app, each in migrations.items() for name in each}


def _drop_tables() -> None:
    """Take away the site's own tables; there is nothing in them."""
    connection.check_constraints()
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for name in [*all_tables(), "django_migrations"]:
            cascade = " CASCADE" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)}{cascade}")


def _check_empty() -> None:
    """Raises RestoreRefused where somebody's work is: an account, or a draft. Migrations alone make neither."""
    tables = set(all_tables())
    people = get_user_model()
    full = [model for model in (people, Revision) if model._meta.db_table in tables and model._base_manager.exists()]
    if full:
        raise RestoreRefused(
            _(
                "The database is not empty: there is a site in it. Restore into a new one: name another in "
                "DATABASE_URL, or move the old file away and keep it. Nothing was changed."
            )
        )


def _load(path: Path, secret: Any, manifest: dict[str, Any]) -> tuple[int, int]:
    """All rows and files of one archive; how many of each.

    Raises RestoreRefused when a table has another number than was written.
    """
    tables = {each["name"]: Table(**each) for each in manifest["tables"]}
    loaded, files = dict.fromkeys(tables, 0), 0
    for name, content in archive.members(path, secret):
        if name.startswith("tables/"):
            table = tables[name.split("/")[1]]
            loaded[table.name] += loading.load(table, content)
        elif name.startswith("media/"):
            media.write(name.removeprefix("media/"), content)
            files += 1
    if loaded != manifest["rows"]:
        raise RestoreRefused(_("The archive holds other numbers of rows than it says. Nothing was changed."))
    loading.set_counters(tables.values(), manifest["counters"])
    return sum(loaded.values()), files


def _pause_email(made_at: datetime, now: datetime) -> None:
    SiteEpoch.load()
    SiteEpoch.objects.filter(pk=1).update(
        paused_at=now,
        cause=Cause.RESTORED,
        backup_of=made_at,
        recovered_at=None,
        report={},
        resumed_at=None,
        resumed_by=None,
    )


def _warnings(manifest: dict[str, Any], keys: Path | None) -> list[str]:
    found = []
    if keys is None:
        found.append(_("Without the archive of keys nobody can read the consultation requests in this backup."))
    try:
        here = set(key_ring().keys)
    except SealError:
        here = set()
    if missing := set(manifest["intake_keys"]) - here:
        found.append(
            _("INTAKE_KEYS lacks keys that requests were sealed under: %(names)s. Put them in place from the safe.")
            % {"names": ", ".join(sorted(missing))}
        )
    if gate.folder().unreadable():
        found.append(_("Some lines of the journal can't be read."))
    return found
