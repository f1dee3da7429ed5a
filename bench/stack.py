"""The production stack as `make serve` starts it: the one place here that knows how."""

import os
import re
import shlex
from pathlib import Path

from bench import client, processes

ROOT = Path(__file__).resolve().parent.parent
OF_OTHER_SITES = {
    *("DATABASE_URL", "CACHE_URL", "STORAGE_URL", "MAIL_HOST", "MAIL_PORT", "KEPT_PAGES_DIR", "KEPT_PAGES_MEGABYTES"),
    *("APP_PORT", "BIND", "TLS", "BASE_URL", "DJANGO_SETTINGS_MODULE"),
}
"""What may be set where this runs, and must not decide which site is measured."""

START_SECONDS = 300
"""Migrations and the demo content included."""


class Stack:
    """nginx, application and housekeeping in `folder`, with an SQLite database there unless `database_url` is given."""

    def __init__(self, folder: Path, *, workers: int, threads: int, database_url: str = "") -> None:
        folder.mkdir(parents=True)
        self.port = processes.free_port()
        self.folder = folder
        log = folder.parent / f"{folder.name}.log"
        env = {name: value for name, value in os.environ.items() if name not in OF_OTHER_SITES}
        env |= {"SERVE_DIR": str(folder), "PORT": str(self.port), "WORKERS": str(workers)}
        env["WEB_THREADS"] = str(threads)
        if database_url:
            env["DATABASE_URL"] = database_url
        self.process = processes.start([str(ROOT / "bin" / "serve")], env=env, cwd=ROOT, log=log)
        processes.wait_until(
            lambda: f"Serving http://localhost:{self.port}/" in log.read_text(errors="replace"),
            process=self.process,
            seconds=START_SECONDS,
            log=log,
        )
        self.settings = read_environment((folder / "env").read_text())
        self.url = self.settings["BASE_URL"]
        self.scheme, _, self.host = self.url.partition("://")
        self.app_port = int(self.settings["APP_BIND"].rpartition(":")[2])
        self.app_url = f"http://127.0.0.1:{self.app_port}"
        self.app_headers = {"Host": self.host, "X-Forwarded-Proto": self.scheme}
        """What nginx adds: with it the application alone answers the same page."""

    def page(self, path: str) -> bytes:
        """As a reader gets it, through nginx."""
        return client.page(self.port, path, headers={"Host": self.host})

    def page_of_application(self, path: str) -> bytes:
        return client.page(self.app_port, path, headers=self.app_headers)

    def environment(self) -> dict[str, str]:
        """For a `manage.py` beside the stack."""
        return {**os.environ, **self.settings}

    def pids(self) -> list[int]:
        return processes.tree(self.process.pid)

    def app_pids(self) -> list[int]:
        """The application server and its workers."""
        return self._named(r"\S*python\S* deploy/(web|watch_workers)\.py|granian ")

    def nginx_pids(self) -> list[int]:
        return self._named("nginx: ")

    def nginx_workers(self) -> int:
        return len(self._named("nginx: worker process"))

    def _named(self, pattern: str) -> list[int]:
        """Raises RuntimeError for none: no processes would use no time and no memory."""
        found = [pid for pid in self.pids() if re.match(pattern, processes.command_line(pid))]
        if not found:
            raise RuntimeError(f"no process of the stack is called {pattern}")
        return found

    def stop(self) -> None:
        processes.stop(self.process)


def read_environment(text: str) -> dict[str, str]:
    """NAME=value lines as a shell reads them; comments and empty lines are nothing."""
    found = {}
    for line in text.splitlines():
        if named := re.fullmatch(r"\s*(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*)", line):
            found[named[1]] = "".join(shlex.split(named[2], comments=True)[:1])
    return found
