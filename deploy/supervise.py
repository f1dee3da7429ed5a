"""`make serve`: what a server runs, in the foreground on this machine; Ctrl+C stops all.

Here it is this program that starts nginx, the application, the housekeeping and the kept pages' companion, and starts
again what dies, as systemd does on a server. The application's socket is held here, so that none of its restarts
refuses a connection. `bin/serve` prepares the folder.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PR_SET_PDEATHSIG = 1
STOP_SECONDS = 35
AGAIN_SECONDS = (0.1, 0.5, 2, 5)
"""Waits before the same program is started again; from the beginning when it ran for a minute."""


def die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Program:
    def __init__(self, name: str, start: Callable[[], subprocess.Popen], stop: signal.Signals = signal.SIGTERM) -> None:
        self.name, self.start_one, self.stop_signal = name, start, stop
        self.deaths = 0
        self.start()

    def start(self) -> None:
        self.process, self.born, self.again = self.start_one(), time.monotonic(), 0.0

    def watch(self) -> None:
        """Start it again, after a wait, when it has ended."""
        now = time.monotonic()
        if self.process.poll() is None:
            return
        if not self.again:
            self.deaths = 0 if now - self.born > 60 else self.deaths
            self.again = now + AGAIN_SECONDS[min(self.deaths, len(AGAIN_SECONDS) - 1)]
            self.deaths += 1
            print(f"{self.name} ended ({self.process.returncode}); it is started again", file=sys.stderr, flush=True)
        elif now >= self.again:
            self.start()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)


def main() -> int:
    folder, address, nginx = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    host, _, port = os.environ["BIND"].rpartition(":")
    try:
        listener = socket.create_server((host, int(port)), backlog=1024)
    except OSError as error:
        print(f"The application's address {os.environ['BIND']} is taken: {error.strerror}.", file=sys.stderr)
        return 1
    python = sys.executable

    def run(*command: str, **more) -> subprocess.Popen:
        # A group of its own: Ctrl+C reaches this program alone, which then stops the others in their order.
        return subprocess.Popen(command, cwd=ROOT, preexec_fn=die_with_parent, process_group=0, **more)

    def web() -> subprocess.Popen:
        def hand_over() -> None:
            os.dup2(listener.fileno(), 3)
            os.set_inheritable(3, True)
            die_with_parent()

        return subprocess.Popen(
            [python, "deploy/web.py"],
            cwd=ROOT,
            env=os.environ | {"LISTEN_FDS": "1"},
            preexec_fn=hand_over,
            close_fds=False,
            process_group=0,
        )

    programs = [
        Program("The application", web),
        Program("The companion", lambda: run(python, "-m", "innerbalance.kept_pages.companion")),
        Program("Housekeeping", lambda: run(python, "deploy/housekeeping_loop.py")),
        Program("nginx", lambda: run(nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder)), signal.SIGQUIT),
    ]
    stopping = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *args: stopping.append(True))
    signal.signal(signal.SIGHUP, lambda *args: programs[0].process.send_signal(signal.SIGHUP))
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
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
        host, _, number = bind.rpartition(":")
        with socket.create_connection((host, int(number)), timeout=2) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(100).startswith(b"HTTP/1.1 200")
    return False


def stop(programs: list[Program]) -> None:
    """nginx first, so that nobody asks an application that is going."""
    end = time.monotonic() + STOP_SECONDS
    for program in reversed(programs):
        program.stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.process.wait(timeout=5 if program.name == "nginx" else 0.1)
    for program in programs:
        try:
            program.process.wait(timeout=max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            program.process.kill()
            program.process.wait()


if __name__ == "__main__":
    sys.exit(main())
