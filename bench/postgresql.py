"""A PostgreSQL cluster of its own, as Debian's packages set it up: everything it writes reaches the disk."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from bench import processes


class Cluster:
    """Listens on loopback alone, until it is stopped. Raises RuntimeError where PostgreSQL is missing."""

    def __init__(self, folder: Path) -> None:
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not programs:
            raise RuntimeError("PostgreSQL is missing (Debian: apt install postgresql)")
        folder.mkdir(parents=True)
        data, log = folder / "data", folder / "log"
        data.mkdir(mode=0o700)
        # PostgreSQL refuses to run as root.
        as_postgres = []
        if os.geteuid() == 0:
            as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
            shutil.chown(data, "postgres", "postgres")
        options = ["-U", "innerbalance", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
        command = [*as_postgres, str(programs[-1] / "initdb"), "-D", str(data), *options]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise RuntimeError(f"initdb: {done.stderr.strip()[-300:]}")
        port = processes.free_port()
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c max_connections=200"
        command = [*as_postgres, str(programs[-1] / "postgres"), "-D", str(data), *settings.split()]
        self.process = processes.start(command, env=dict(os.environ), cwd="/", log=log)
        self.url = f"postgres://innerbalance@127.0.0.1:{port}/postgres"
        processes.wait_until(
            lambda: "ready to accept connections" in log.read_text(errors="replace"),
            process=self.process,
            seconds=60,
            log=log,
        )

    def stop(self) -> None:
        processes.stop(self.process, by=signal.SIGINT)
