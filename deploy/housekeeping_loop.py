"""Housekeeping each minute: `.venv/bin/python deploy/housekeeping_loop.py`, in the foreground.

Each run is a process of its own that is gone again after it: between two runs nothing but this small loop is in memory,
and a run that hangs or dies does not take the next one with it.
"""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EVERY_SECONDS = 60
LONGEST_SECONDS = 900
"""A run that takes longer is ended; what it did is in the database, and the next run goes on."""


def main() -> int:
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *args: stop.set())
    while not stop.is_set():
        began = time.monotonic()
        run(stop)
        stop.wait(max(1.0, EVERY_SECONDS - (time.monotonic() - began)))
    return 0


def run(stop: threading.Event) -> None:
    process = subprocess.Popen([sys.executable, "manage.py", "housekeeping"], cwd=ROOT, stdout=subprocess.DEVNULL)
    end = time.monotonic() + LONGEST_SECONDS
    while process.poll() is None:
        if stop.wait(0.2) or time.monotonic() > end:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


if __name__ == "__main__":
    sys.exit(main())
