"""Just enough of systemd to run the site's own units where there is none: a socket it holds, start, stop, reload.

It reads the unit files that bin/install-server wrote, and runs their command lines, in their folders, with their
environment file. `systemctl` is a small program on the PATH that asks it.
"""

import contextlib
import json
import os
import select
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

CLIENT = """#!{python}
import json, socket, sys
with socket.socket(socket.AF_UNIX) as ask:
    ask.connect({address!r})
    ask.sendall(json.dumps(sys.argv[1:]).encode() + b"\\n")
    code, text = json.loads(ask.makefile().readline())
print(text, end="")
sys.exit(code)
"""


class Unit:
    def __init__(self, file: Path) -> None:
        self.values: dict[str, list[str]] = {}
        for line in file.read_text(encoding="utf-8").splitlines():
            name, equals, value = line.partition("=")
            if equals and not line.startswith("#"):
                self.values.setdefault(name, []).append(value)

    def one(self, name: str) -> str:
        return self.values[name][-1]

    def environment(self) -> dict[str, str]:
        lines = Path(self.one("EnvironmentFile")).read_text(encoding="utf-8").splitlines()
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return kept | dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


class SmallSystemd:
    def __init__(self, units: Path, folder: Path) -> None:
        self.units, self.folder = units, folder
        self.processes: dict[str, subprocess.Popen] = {}
        self.wanted: set[str] = set()
        self.lock = threading.RLock()
        self.over = threading.Event()
        self.listener: socket.socket | None = None
        self.log = (folder / "journal").open("ab")
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(folder / "control"))
        self.server.listen()
        client = folder / "bin" / "systemctl"
        client.parent.mkdir()
        client.write_text(CLIENT.format(python=sys.executable, address=str(folder / "control")), encoding="utf-8")
        client.chmod(0o755)
        for work in (self.answer, self.watch):
            threading.Thread(target=work, daemon=True).start()

    def answer(self) -> None:
        while not self.over.is_set():
            connection, _ = self.server.accept()
            threading.Thread(target=self.answer_one, args=(connection,), daemon=True).start()

    def answer_one(self, connection: socket.socket) -> None:
        with connection:
            words = json.loads(connection.makefile().readline())
            try:
                answer = [0, self.do(words[0], [word for word in words[1:] if not word.startswith("-")])]
            except Exception as error:
                answer = [1, f"{type(error).__name__}: {error}\n"]
            connection.sendall(json.dumps(answer).encode() + b"\n")

    def do(self, verb: str, names: list[str]) -> str:
        for name in names:
            if verb in {"stop", "restart"}:
                self.stop(name)
            if verb in {"start", "restart"}:
                self.start(name)
            elif verb == "reload-or-restart" and name in self.processes:
                self.processes[name].send_signal(signal.SIGHUP)
            elif verb == "show":
                return f"{self.processes[name].pid if name in self.processes else 0}\n"
            elif verb == "is-active":
                return "active\n" if name in self.processes or name.endswith(".socket") else "inactive\n"
        return ""

    def start(self, name: str) -> None:
        unit = Unit(self.units / name)
        if name.endswith(".socket"):
            if self.listener is None:
                host, _, port = unit.one("ListenStream").rpartition(":")
                self.listener = socket.create_server((host, int(port)), backlog=int(unit.one("Backlog")))
            return
        with self.lock:
            if name in self.processes:
                return
            # The application waits for whoever holds the lock, as ExecStartPre says.
            for command in unit.values.get("ExecStartPre", []):
                subprocess.run(shlex.split(command), check=True)
            self.wanted.add(name)
            listener = self.listener if name == "innerbalance-web.service" else None

            def hand_over() -> None:
                if listener:
                    os.dup2(listener.fileno(), 3)
                    os.set_inheritable(3, True)

            self.processes[name] = subprocess.Popen(
                shlex.split(unit.one("ExecStart")),
                cwd=unit.one("WorkingDirectory"),
                env=unit.environment() | ({"LISTEN_FDS": "1"} if listener else {}),
                stdout=self.log,
                stderr=self.log,
                preexec_fn=hand_over,
                close_fds=listener is None,
            )

    def stop(self, name: str) -> None:
        self.wanted.discard(name)
        if process := self.processes.pop(name, None):
            process.terminate()
            process.wait(timeout=45)

    def watch(self) -> None:
        """Start again what died, and the application when somebody waits at its socket."""
        while not self.over.wait(0.1):
            with self.lock:
                for name in list(self.wanted):
                    if name in self.processes and self.processes[name].poll() is not None:
                        del self.processes[name]
                        time.sleep(0.5)
                        self.start(name)
                stopped = self.listener and "innerbalance-web.service" not in self.processes
            if stopped and select.select([self.listener], [], [], 0)[0]:
                threading.Thread(target=self.start, args=("innerbalance-web.service",), daemon=True).start()
                time.sleep(0.5)

    def close(self) -> None:
        self.over.set()
        for name in list(self.processes):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.stop(name)
        if self.listener:
            self.listener.close()
        self.log.close()
        self.server.close()
