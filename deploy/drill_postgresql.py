"""The PostgreSQL server of a drill: one that POSTGRESQL names, or one started for it."""

import os
import secrets
import shutil
import socket
import subprocess
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg


class Server:
    def __init__(self, folder: Path) -> None:
        self.made: list[str] = []
        self.running: Path | None = None
        self.url = os.environ.get("POSTGRESQL", "") or self._start(folder)

    def new_database(self) -> str:
        name = f"drill_{secrets.token_hex(4)}"
        self._ask(f"CREATE DATABASE {name}")
        self.made.append(name)
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def close(self) -> None:
        for name in self.made:
            self._ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        if self.running:
            self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def _ask(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)

    def _start(self, folder: Path) -> str:
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not programs:
            raise SystemExit("PostgreSQL is missing (Debian: apt install postgresql), or name one in POSTGRESQL.")
        self.programs, self.running = programs[-1], folder / "postgresql"
        self.running.mkdir(mode=0o700)
        folder.chmod(0o755)
        # It refuses to run as root.
        self.as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
        if self.as_user:
            shutil.chown(self.running, "postgres")
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        self._run("initdb", "-U", "innerbalance", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.running} -c fsync=off"
        self._run("pg_ctl", "-w", "-l", str(self.running / "log"), "-o", options, "start")
        return f"postgres://innerbalance@127.0.0.1:{port}/postgres"

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.as_user, str(self.programs / program), "-D", str(self.running), *arguments]
        subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, check=True)
