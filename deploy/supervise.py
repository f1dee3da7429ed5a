"""`make serve`: what a server runs, in the foreground on this machine; Ctrl+C stops all.

Here it is this program that starts nginx, the application, the housekeeping and the kept pages' companion, and starts
again what dies, as systemd does on a server. The application's socket is held here, so that none of its restarts
refuses a connection. `bin/serve` prepares the folder. It imports little, for it stays in memory for good.
"""

import ctypes
import os
import signal
import socket
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PR_SET_PDEATHSIG = 1
STOP_SECONDS = 35
AGAIN_SECONDS = (0.1, 0.5, 2, 5)
"""Waits before the same program is started again; from the beginning when it ran for a minute."""


class Program:
    """A process that is started again when it ends; `listener` becomes its file 3."""

    def __init__(
        self,
        name: str,
        *command: str,
        stop: signal.Signals = signal.SIGTERM,
        listener: socket.socket | None = None,
    ) -> None:
        self.name, self.command, self.stop_signal, self.listener = name, command, stop, listener
        self.deaths = 0
        self.start()

    def start(self) -> None:
        self.born, self.again = time.monotonic(), 0.0
        self.returned: int | None = None
        self.pid = os.fork()
        if not self.pid:
            try:
                self._become()
            finally:
                os._exit(127)

    def _become(self) -> None:
        """In the new process. Its group is its own: Ctrl+C reaches the supervisor alone, which stops all in order."""
        os.setpgid(0, 0)
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        environment = dict(os.environ)
        if self.listener:
            environment["LISTEN_FDS"] = "1"
            os.dup2(self.listener.fileno(), 3)
            os.set_inheritable(3, True)
        os.execve(self.command[0], self.command, environment)

    def has_ended(self) -> bool:
        if self.returned is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returned = os.waitstatus_to_exitcode(status) if pid else None
        return self.returned is not None

    def watch(self) -> None:
        """Start it again, after a wait, when it has ended."""
        now = time.monotonic()
        if not self.has_ended():
            return
        if not self.again:
            self.deaths = 0 if now - self.born > 60 else self.deaths
            self.again = now + AGAIN_SECONDS[min(self.deaths, len(AGAIN_SECONDS) - 1)]
            self.deaths += 1
            print(f"{self.name} ended ({self.returned}); it is started again", file=sys.stderr, flush=True)
        elif now >= self.again:
            self.start()

    def signal(self, number: signal.Signals) -> None:
        if not self.has_ended():
            os.kill(self.pid, number)

    def ends_within(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not self.has_ended() and time.monotonic() < end:
            time.sleep(0.02)
        return self.has_ended()


def main() -> int:
    folder, address, nginx = sys.argv[1:4]
    os.chdir(ROOT)
    host, _, port = os.environ["BIND"].rpartition(":")
    try:
        listener = socket.create_server((host, int(port)), backlog=1024)
    except OSError as error:
        print(f"The application's address {os.environ['BIND']} is taken: {error.strerror}.", file=sys.stderr)
        return 1
    python = sys.executable
    programs = [
        Program("The application", python, "deploy/web.py", listener=listener),
        Program("The companion", python, "-m", "innerbalance.kept_pages.companion"),
        Program("Housekeeping", python, "-I", "-S", "deploy/housekeeping_loop.py"),
        Program("nginx", nginx, "-c", f"{folder}/nginx.conf", "-p", folder, stop=signal.SIGQUIT),
    ]
    stopping = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *args: stopping.append(True))
    signal.signal(signal.SIGHUP, lambda *args: programs[0].signal(signal.SIGHUP))
    announced = False
    try:
        while not stopping:
            for program in programs:
                program.watch()
            if not announced and answers(os.environ["BIND"], int(os.environ["PORT"])):
                announced = True
                print(f"Serving {address} (Ctrl+C stops it)", flush=True)
            time.sleep(0.1)
    finally:
        stop(programs)
    return 0


def answers(bind: str, port: int) -> bool:
    """Whether nginx listens and the application behind it is well."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
        host, _, number = bind.rpartition(":")
        with socket.create_connection((host, int(number)), timeout=2) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(100).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def stop(programs: list[Program]) -> None:
    """nginx first, so that nobody asks an application that is going."""
    end = time.monotonic() + STOP_SECONDS
    for program in reversed(programs):
        program.signal(program.stop_signal)
        program.ends_within(5 if program.name == "nginx" else 0.1)
    for program in programs:
        if not program.ends_within(max(0.1, end - time.monotonic())):
            program.signal(signal.SIGKILL)
            program.ends_within(STOP_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
