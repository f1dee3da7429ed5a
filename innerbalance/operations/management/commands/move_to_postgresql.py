"""`manage.py move_to_postgresql`: everything from this site's SQLite file into an empty PostgreSQL database."""

import os
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from innerbalance.operations.moving import CannotMove
from innerbalance.operations.moving.database import move

VARIABLE = "TARGET_DATABASE_URL"


class Command(BaseCommand):
    help = (
        "Copy all from the SQLite file to an empty PostgreSQL database and compare both; the file stays as it was."
        f" Stop the site first. The target stands in {VARIABLE}, or in --to."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--to", default=os.environ.get(VARIABLE, ""), help="postgres://USER:PASSWORD@HOST/NAME")
        parser.add_argument("--site-is-stopped", action="store_true", help="although housekeeping ran just now")

    def handle(self, *, to, site_is_stopped, **options):
        entry = settings.DATABASES["default"]
        if "sqlite3" not in entry["ENGINE"]:
            raise CommandError("This site is not on SQLite: DATABASE_URL names another database already.")
        if not to.startswith(("postgres://", "postgresql://")):
            raise CommandError(f"Say where to: {VARIABLE}=postgres://USER:PASSWORD@HOST/NAME")
        self.target = to
        began = time.monotonic()
        try:
            moved = move(Path(entry["NAME"]), to, migrate=self.migrate, say=self.stdout.write, stopped=site_is_stopped)
        except CannotMove as error:
            raise CommandError(f"Nothing was moved. {error}") from None
        self.stdout.write("Making the search index ...")
        try:
            self.on_target("update_index")
        except CannotMove as error:
            raise CommandError(f"Everything was moved, but there is no search index yet. {error}") from None
        seconds = round(time.monotonic() - began)
        self.stdout.write(f"Moved {sum(moved.values())} rows in {len(moved)} tables within {seconds} seconds.")
        self.stdout.write("Now set DATABASE_URL to the new database and start the site. The SQLite file is as it was.")

    def migrate(self) -> None:
        self.on_target("migrate", "--noinput")

    def on_target(self, *command: str) -> None:
        """A command of a site whose database is the target, and which keeps no pages beside this one's."""
        env = {**os.environ, "DATABASE_URL": self.target, "KEPT_PAGES_DIR": ""}
        done = subprocess.run(  # noqa: S603 -- our own command
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            env=env,
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise CannotMove(f"manage.py {command[0]} failed there: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
