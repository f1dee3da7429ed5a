"""The page that the web server shows while the application itself is away: a file beside the kept pages."""

import contextlib
import os
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from innerbalance.practice.last_known_phone import last_known_phone


def write_away_page() -> None:
    """Written anew when the server starts and when the phone number changes. A full disk is no reason to fail."""
    if not settings.KEPT_PAGES_DIR:
        return
    file = Path(settings.KEPT_PAGES_DIR) / "away.html"
    draft = file.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(render_to_string("503.html", {"phone": last_known_phone()}), encoding="utf-8")
        os.replace(draft, file)
