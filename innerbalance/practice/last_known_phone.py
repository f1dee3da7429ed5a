"""The practice's phone number for the moments when the database can't be asked."""

import contextlib
from pathlib import Path

from django.conf import settings


def _file() -> Path:
    return Path(settings.LAST_KNOWN_PHONE_FILE)


def remember_phone(number: str) -> None:
    """Keep `number` (E.164) beside the site, for the error page. A disk that can't be written is no reason to fail."""
    with contextlib.suppress(OSError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(number, encoding="utf-8")


def last_known_phone() -> str:
    """The number as last saved in the practice's settings, else PRACTICE_PHONE from the environment, else empty."""
    try:
        return _file().read_text(encoding="utf-8").strip() or settings.PRACTICE_PHONE
    except OSError:
        return settings.PRACTICE_PHONE
