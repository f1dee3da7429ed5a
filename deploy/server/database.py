"""A copy of the whole database before an upgrade, and the way back to it; SQLite and PostgreSQL."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

from .environment import read
from .layout import Layout
from .system import Failed, as_user, run

COPY = """
import os, sqlite3, sys
source, target = sys.argv[1:]
os.umask(0o077)
with sqlite3.connect(source, timeout=30) as old, sqlite3.connect(target, timeout=30) as new:
    old.backup(new)
    if new.execute("PRAGMA quick_check").fetchone() != ("ok",):
        sys.exit("The copy is damaged.")
"""
"""SQLite's online backup: consistent beside others who write."""


class Database:
    """That of the environment file. Every method raises Failed when its program does."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        default = f"sqlite:///{layout.data}/innerbalance.sqlite3"
        self.url = read(layout.environment).get("DATABASE_URL") or default

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite://")

    def copy_to(self, folder: Path) -> Path:
        """A consistent copy in a file that only the site's user can read."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0 and self.layout.user != "root":
            account = pwd.getpwnam(self.layout.user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        if self.is_sqlite:
            copy = folder / "database.sqlite3"
            copy.unlink(missing_ok=True)
            self._sqlite(self._file(), copy, why="The database can't be copied.")
        else:
            copy = folder / "database.dump"
            self._run(
                "pg_dump", "--format=custom", f"--file={copy}", self._server(), why="The database can't be copied."
            )
        return copy

    def put_back(self, copy: Path) -> None:
        """Make the database what it was when `copy` was made. Nobody may write meanwhile."""
        why = f"The database could not be put back. Its copy from before is {copy}"
        if self.is_sqlite:
            self._sqlite(copy, self._file(), why=why)
            return
        # All in one transaction: tables that the new version made go, and a failure changes nothing.
        script = run("pg_restore", "--no-owner", "--no-privileges", "--file=-", copy, why=why)
        whole = "DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n" + without_schema(script)
        done = subprocess.run(
            ["psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", self._server()],
            input=whole,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise Failed(f"{why}\n    {done.stderr.strip()[-500:]}")

    def _file(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def _server(self) -> str:
        return self.url.replace("psql://", "postgresql://").replace("pgsql://", "postgresql://")

    def _sqlite(self, source: Path, target: Path, *, why: str) -> None:
        self._run(sys.executable, "-c", COPY, source, target, why=why)

    def _run(self, *command: str | Path, why: str) -> None:
        try:
            run(*command, why=why, cwd=self.layout.data, **as_user(self.layout))
        except FileNotFoundError as error:
            raise Failed(f"{command[0]} is missing: apt install postgresql-client") from error


def without_schema(script: str) -> str:
    """A dump names the schema `public` when it is not the server's own one; it was made already."""
    return script.replace("\nCREATE SCHEMA public;\n", "\n")
