"""Room on the disks, and who may read and write the site's folders."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from innerbalance.operations.findings import Finding, fault, good, not_checked

MEGABYTE = 1_000_000
FEWEST_FILES = 0.01
"""Of all that a file system can have: one that has room but no names left is full, too."""


def room(now: datetime) -> Iterator[Finding]:
    for folder in folders_on_different_disks():
        free = shutil.disk_usage(folder).free // MEGABYTE
        system = os.statvfs(folder)
        if free < settings.DISK_LOW_MEGABYTES:
            text = _("The disk of %(folder)s has %(free)s MB left, and %(least)s are needed: make room.")
            yield fault(text % {"folder": folder, "free": free, "least": settings.DISK_LOW_MEGABYTES})
        elif system.f_files and system.f_favail < system.f_files * FEWEST_FILES:
            yield fault(_("The disk of %(folder)s can hold hardly any more files: remove some.") % {"folder": folder})
        else:
            yield good(_("The disk of %(folder)s has %(free)s MB left.") % {"folder": folder, "free": free})


def folders_on_different_disks() -> list[Path]:
    """Of the folders that the site writes, one for each disk."""
    found: dict[int, Path] = {}
    for folder in written_folders():
        there = _nearest(folder)
        found.setdefault(there.stat().st_dev, there)
    return list(found.values())


def written_folders() -> list[Path]:
    folders = [Path(settings.VAR_DIR)]
    if file := _database_file():
        folders.append(file.parent)
    if not settings.STORAGE_URL:
        folders.append(Path(settings.MEDIA_ROOT))
    if settings.KEPT_PAGES_DIR:
        folders.append(Path(settings.KEPT_PAGES_DIR))
    return folders


def _nearest(folder: Path) -> Path:
    """It, or the folder that it would be made in."""
    return next(place for place in (folder, *folder.absolute().parents) if place.exists())


def _database_file() -> Path | None:
    entry = settings.DATABASES["default"]
    return Path(entry["NAME"]) if "sqlite3" in entry["ENGINE"] else None


def permissions(now: datetime) -> Iterator[Finding]:
    """Asked as whoever runs the check: run it as the site's own user."""
    faults = [*_folder_faults(), *_secret_file_faults()]
    yield from faults
    if not faults:
        yield good(_("The site's folders can be written by the site, and secret files read by nobody else."))
    if os.geteuid() == 0:
        yield not_checked(_("This ran as root, who may write everywhere: run it as the site's own user."))


def _folder_faults() -> Iterator[Finding]:
    for folder in dict.fromkeys(written_folders()):
        if not folder.is_dir():
            yield fault(_("The folder %(folder)s is missing: make it, for the site's user.") % {"folder": folder})
        elif not _can_be_written(folder):
            yield fault(_("The folder %(folder)s can't be written: give it to the site's user.") % {"folder": folder})
        elif folder.stat().st_mode & stat.S_IWOTH and not folder.stat().st_mode & stat.S_ISVTX:
            text = _("Everybody on this machine may write in %(folder)s: chmod o-w.")
            yield fault(text % {"folder": folder})


def _can_be_written(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _secret_file_faults() -> Iterator[Finding]:
    for file in (settings.BASE_DIR / ".env", _database_file()):
        if file and file.is_file() and _others_may_read(file):
            yield fault(_("Everybody on this machine may read %(file)s: chmod o-rwx.") % {"file": file})


def _others_may_read(file: Path) -> bool:
    """Where a folder above lets nobody else in, they can't."""
    let_in = all(folder.stat().st_mode & stat.S_IXOTH for folder in file.absolute().parents)
    return let_in and bool(file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))
