"""Housekeeping each minute: `.venv/bin/python -I -S deploy/housekeeping_loop.py`, in the foreground.

Each run is a process of its own that is gone again after it: between two runs nothing but this small loop is in memory,
and a run that hangs or dies does not take the next one with it. It imports next to nothing, and `-I -S` leaves out the
installed packages, for it stays in memory for good.
"""

import os
import signal
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from notify_systemd import READY, WATCHDOG, notify  # noqa: E402 -- `-I` looks for nothing beside this file

ROOT = os.path.dirname(HERE)
EVERY_SECONDS = 60
LONGEST_SECONDS = 900
"""A run that takes longer is ended; what it did is in the database, and the next run goes on."""

ENDING_SECONDS = 30
"""How long a run that is to end may take for it."""

WATCHDOG_SECONDS = 30
"""Between two signs of life to systemd, which ends and starts again what is silent for two minutes."""

STOP = {signal.SIGTERM, signal.SIGINT}
COMMAND = [sys.executable, "manage.py", "housekeeping"]


def main() -> int:
    os.chdir(ROOT)
    notify(READY)
    # Nothing is missed between two looks: what comes waits until it is asked for.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP | {signal.SIGCHLD})
    while True:
        began = time.monotonic()
        pid = start()
        if not wait_for(pid, LONGEST_SECONDS) and end(pid):
            return 0
        if rest(began + EVERY_SECONDS):
            return 0


def rest(until: float) -> bool:
    """Wait for the next run; whether somebody asked for an end meanwhile."""
    while True:
        notify(WATCHDOG)
        left = max(1.0, until - time.monotonic())
        if signal.sigtimedwait(STOP, min(left, WATCHDOG_SECONDS)):
            return True
        if time.monotonic() >= until - 0.1:
            return False


def start() -> int:
    """A run's process id."""
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    return os.posix_spawn(sys.executable, COMMAND, os.environ, file_actions=silent, setsigmask=[])


def wait_for(pid: int, seconds: float) -> bool:
    """Whether the run ended by itself: not when it took longer, nor when somebody asked for an end, which waits."""
    until = time.monotonic() + seconds
    told = 0.0
    while not os.waitpid(pid, os.WNOHANG)[0]:
        if time.monotonic() - told > WATCHDOG_SECONDS:
            notify(WATCHDOG)
            told = time.monotonic()
        if STOP & signal.sigpending() or time.monotonic() >= until:
            return False
        # A child that ends wakes it; the end that somebody asks for is looked for five times a second.
        signal.sigtimedwait({signal.SIGCHLD}, 0.2)
    return True


def end(pid: int) -> bool:
    """End the run; whether somebody asked for it."""
    asked = bool(STOP & signal.sigpending())
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + ENDING_SECONDS
    while not os.waitpid(pid, os.WNOHANG)[0]:
        if time.monotonic() >= until:
            os.kill(pid, signal.SIGKILL)
        signal.sigtimedwait({signal.SIGCHLD}, 0.2)
    return asked


if __name__ == "__main__":
    sys.exit(main())
