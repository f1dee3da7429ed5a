"""Settings for a server whose SQLite file may not grow past DATABASE_MAX_PAGES pages, as on a disk that is full."""

from environ import Env

from innerbalance.settings.test import *  # noqa: F403
from innerbalance.settings.test import DATABASES

if pages := Env().int("DATABASE_MAX_PAGES", default=0):
    DATABASES["default"]["OPTIONS"]["init_command"] += f" PRAGMA max_page_count={pages};"
PRACTICE_PHONE = "+14805550100"
