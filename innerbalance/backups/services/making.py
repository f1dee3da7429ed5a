"""Making a backup: one archive with the site, one with the keys of sealed records, and what is old goes."""

import fcntl
import json
import os
import time
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from innerbalance.backups.rules.retention import kept
from innerbalance.backups.services import BackupFailed, archive, media, names
from innerbalance.backups.services.places import DRAFT, Place, free_bytes, place, workshop
from innerbalance.backups.services.registry import key_tables
from innerbalance.backups.services.snapshots import Snapshot, snapshot
from innerbalance.backups.services.tables import site_models, table_of
from innerbalance.security.encryption import SealError
from innerbalance.security.record_keys import key_ring

SPARE_BYTES = 50_000_000
FORMAT = 1


@dataclass(frozen=True)
class Made:
    """`size`: bytes of both archives. `rows` and `files`: what the site's archive holds. `deleted`: old ones."""

    name: str
    keys_name: str
    where: str
    size: int
    rows: int
    files: int
    deleted: int
    seconds: float


def make(*, now: datetime) -> Made:
    """Write both archives, then delete what need not be kept. Raises BackupFailed; then nothing has changed."""
    archive.read_recipient(settings.BACKUP_RECIPIENT)
    began = time.monotonic()
    with _alone():
        target = place()
        _check_migrations()
        _check_space()
        with snapshot() as taken:
            rows, files = _write(names.site(now), taken, site_models(), kind=names.SITE, now=now, with_media=True)
            _write(names.keys(now), taken, key_tables(), kind=names.KEYS, now=now, with_media=False)
        size = sum((workshop() / f"{DRAFT}{name}").stat().st_size for name in (names.site(now), names.keys(now)))
        # The keys first: a site's archive is never there without the keys that belong to it.
        for name in (names.keys(now), names.site(now)):
            target.take(workshop() / f"{DRAFT}{name}")
        deleted = forget(target)
    return Made(
        name=names.site(now),
        keys_name=names.keys(now),
        where=target.where,
        size=size,
        rows=rows,
        files=files,
        deleted=deleted,
        seconds=time.monotonic() - began,
    )


def forget(target: Place) -> int:
    """Delete archives that retention does not keep, of the keys all but the newest; how many."""
    sizes = target.sizes()
    zone = ZoneInfo(settings.TIME_ZONE)
    sites = {moment.astimezone(zone): name for name in sizes if (moment := names.moment(name, names.SITE))}
    keys = sorted(name for name in sizes if names.moment(name, names.KEYS))
    old = [name for moment, name in sites.items() if moment not in kept(sites)] + keys[:-1]
    for name in old:
        target.delete(name)
    return len(old)


def _write(
    name: str, taken: Snapshot, which: Iterable[type[models.Model]], *, kind: str, now: datetime, with_media: bool
) -> tuple[int, int]:
    tables, rows, counters, files = [], {}, {}, 0
    with archive.writing(workshop() / f"{DRAFT}{name}", recipient=settings.BACKUP_RECIPIENT) as writer:
        for table in map(table_of, which):
            tables.append(table.to_json())
            rows[table.name] = 0
            for number, chunk in enumerate(taken.rows(table)):
                lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in chunk)
                writer.add(f"tables/{table.name}/{number:06}.jsonl", lines.encode("utf-8", "surrogatepass"))
                rows[table.name] += len(chunk)
            if table.counter:
                counters[table.name] = taken.counter(table)
        for path in media.names() if with_media else ():
            if (content := media.read(path)) is not None:
                writer.add(f"media/{path}", content)
                files += 1
        writer.finish(
            {
                "format": FORMAT,
                "kind": kind,
                "made_at": now.astimezone(UTC).isoformat(),
                "version": version(),
                "database": connection.vendor,
                "migrations": applied_migrations(),
                "intake_keys": _key_names(),
                "tables": tables,
                "rows": rows,
                "counters": counters,
                "files": files,
            }
        )
    return sum(rows.values()), files


def version() -> str:
    """The site's version, as pyproject.toml has it."""
    with open(Path(settings.BASE_DIR) / "pyproject.toml", "rb") as file:
        return tomllib.load(file)["project"]["version"]


def applied_migrations() -> dict[str, list[str]]:
    """App -> names, of the migrations that this version knows."""
    loader = MigrationExecutor(connection).loader
    found: dict[str, list[str]] = {}
    for app, name in sorted(set(loader.applied_migrations) & set(loader.disk_migrations or {})):
        found.setdefault(app, []).append(name)
    return found


def _key_names() -> list[str]:
    """Short names of the keys that requests are sealed under; they give nothing away."""
    try:
        return list(key_ring().keys)
    except SealError:
        return []


def _check_migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupFailed(_("The database is not of this version of the site. Run “manage.py migrate” first."))


def _check_space() -> None:
    """Raises BackupFailed before anything is begun that can't be finished."""
    need = _database_bytes() + media.size() + SPARE_BYTES
    if (free := free_bytes()) < need:
        raise BackupFailed(
            _("The disk has too little room: a backup may need %(need)s, and %(free)s are free.")
            % {"need": filesizeformat(need), "free": filesizeformat(free)}
        )


def _database_bytes() -> int:
    """At most what the tables come to in an archive: half of the file, compressed."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0] // 2
    return os.path.getsize(connection.settings_dict["NAME"]) // 2


@contextmanager
def _alone() -> Iterator[None]:
    """One backup at a time on this machine; drafts of one that was killed go. Raises BackupFailed."""
    folder = workshop()
    try:
        lock = open(folder / ".lock", "a")  # noqa: SIM115 -- closed below
    except OSError as error:
        raise BackupFailed(
            _("The folder %(folder)s can't be written: %(why)s.") % {"folder": folder, "why": error.strerror}
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFailed(_("Another backup is being made at this moment.")) from None
        for draft in folder.glob(f"{DRAFT}*"):
            draft.unlink(missing_ok=True)
        yield


def described(made: Made) -> dict[str, Any]:
    """For sentences."""
    return {"name": made.name, "where": made.where, "size": filesizeformat(made.size), "seconds": round(made.seconds)}
