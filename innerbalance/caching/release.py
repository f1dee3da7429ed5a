"""Which code, templates and settings are running: part of the name of what is rendered and kept."""

import functools
import hashlib
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage


@functools.cache
def release() -> str:
    """Another one whenever code, templates, static files or settings may be others: a cache can outlive an upgrade."""
    plain = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    plain = {name: value for name, value in plain.items() if isinstance(value, str | int | float)}
    static = getattr(staticfiles_storage, "manifest_hash", "")
    digest = hashlib.sha256(repr((django.VERSION, wagtail.VERSION, sorted(plain.items()), static)).encode())
    folders: list[str] = [config.path for config in apps.get_app_configs()]
    folders += map(str, settings.TEMPLATES[0]["DIRS"])  # type: ignore[call-overload]
    for folder in map(Path, folders):
        if folder.is_relative_to(settings.BASE_DIR) and "site-packages" not in folder.parts:
            for file in sorted((*folder.rglob("*.py"), *folder.rglob("*.html"))):
                state = file.stat()
                digest.update(f"{file} {state.st_mtime_ns} {state.st_size}".encode())
    return digest.hexdigest()[:16]
