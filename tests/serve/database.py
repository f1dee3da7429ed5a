"""A PostgreSQL server of a test's own, that the test may stop, start and cut off."""

import os
import subprocess
from pathlib import Path

import psycopg

from .stack import free_port


class Server:
    def __init__(self, folder: Path) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        assert found, "PostgreSQL is missing: apt-get install postgresql"
        self.programs, self.folder, self.port = found[-1], folder, free_port()
        folder.mkdir(mode=0o700)
        # It refuses to run as root.
        root = os.getuid() == 0
        self.as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if root else []
        if root:
            subprocess.run(["chown", "postgres", folder], check=True)
        self._run("initdb", "-U", "innerbalance", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()

    @property
    def url(self) -> str:
        return f"postgres://innerbalance@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", f"{options} -c fsync=off", "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-w", "-m", mode, "stop")

    def ask(self, query: str) -> list[tuple]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(query).fetchall()

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.as_user, self.programs / program, "-D", self.folder, *arguments]
        done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 0, done.stderr
