"""Static files and kept pages: whether they are there and up to date."""

import os
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _

from innerbalance.caching.generations import kept_pages
from innerbalance.operations.findings import Finding, fault, good, not_checked, warning


def static_files(now: datetime) -> Iterator[Finding]:
    manifest_name = getattr(staticfiles_storage, "manifest_name", None)
    if not manifest_name:
        yield not_checked(_("These settings serve static files as they are written."))
        return
    manifest = Path(settings.STATIC_ROOT) / manifest_name
    if not manifest.is_file():
        text = _("The static files are not collected, so pages have no style: run manage.py collectstatic.")
        yield fault(text)
        return
    known = staticfiles_storage.load_manifest()[0]  # type: ignore[attr-defined]
    missing = sum(not (Path(settings.STATIC_ROOT) / name).is_file() for name in known.values())
    if missing:
        text = _("%(number)s collected static files are missing from %(folder)s: run manage.py collectstatic.")
        yield fault(text % {"number": missing, "folder": settings.STATIC_ROOT})
    elif _newest_source() > manifest.stat().st_mtime:
        yield warning(_("Static files changed since they were collected: run manage.py collectstatic."))
    else:
        yield good(_("The static files are collected."))


def _newest_source() -> float:
    """Unix time."""
    return max(
        (file.stat().st_mtime for folder in settings.STATICFILES_DIRS for file in Path(folder).rglob("*.*")), default=0
    )


def finished_pages(now: datetime) -> Iterator[Finding]:
    pages = kept_pages()
    if pages is None:
        yield warning(_("KEPT_PAGES_DIR is blank: each page is made anew for each reader."))
        return
    if not pages.root.is_dir():
        yield fault(_("The folder of kept pages, %(folder)s, is missing: make it.") % {"folder": pages.root})
        return
    try:
        with tempfile.TemporaryFile(dir=pages.root):
            pass
    except OSError as error:
        text = _("Pages can't be kept in %(folder)s (%(why)s): give it to the site's user.")
        yield fault(text % {"folder": pages.root, "why": os.strerror(error.errno or 0)})
        return
    if pages.leased and pages.lease_end() < time.time():
        yield fault(_("The companion of kept pages does not run: pages come from the application. Start its service."))
    else:
        yield good(_("Finished pages are kept."))
