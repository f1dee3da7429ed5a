"""The site's services during an upgrade: held back while the database changes, then started with the new version."""

import contextlib
import fcntl
import os
import time
from pathlib import Path
from typing import IO

from .environment import read
from .layout import COMPANION, HOUSEKEEPING, WEB, Layout
from .system import Failed, systemctl
from .trial import ask, first_problem

WAIT_SECONDS = 75
MOST_STARTS = 3
"""Process ids of the application, 0 for none included. More of them, and it ends each time it is started."""


class Services:
    """Through systemctl. While they are held back readers get kept pages from nginx, and all other requests wait at
    the application's socket, which systemd holds: none is refused, and none is answered by half of an upgrade."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.bind = read(layout.environment).get("BIND", "127.0.0.1:8000")
        self.held: IO | None = None
        self.held_since = self.held_seconds = 0.0

    def are_ready(self) -> bool:
        with contextlib.suppress(OSError):
            return ask(self.layout, self.bind, "/readyz") == 200
        return False

    def hold_back(self) -> None:
        """Returns when nobody writes any more: every request that was taken in is answered, housekeeping has ended.

        The socket would start the application again at the next request; it waits for the lock then.
        """
        systemctl("stop", HOUSEKEEPING, why="Housekeeping can't be held back.")
        lock = os.open(self.layout.pause_lock, os.O_RDWR | os.O_NOFOLLOW)
        fcntl.flock(lock, fcntl.LOCK_EX)
        self.held = os.fdopen(lock, "w")
        self.held_since = time.monotonic()
        systemctl("stop", WEB, why="The site can't be held back.")

    def start(self) -> None:
        """Whatever the link names now. After `hold_back` a start, else a change of workers that loses no request."""
        if self.held:
            self.held.close()
            self.held = None
            systemctl("start", WEB, why="The application does not start.")
            self.held_seconds = time.monotonic() - self.held_since
        else:
            systemctl("reload-or-restart", WEB, why="The application can't be loaded anew.")
        # They hold nothing that has to be kept: what housekeeping has begun, its next run goes on with.
        systemctl("restart", COMPANION, HOUSEKEEPING, why="Housekeeping or the companion does not start.")

    def check(self, release: Path, *, ready_before: bool) -> None:
        """Wait until that version answers for the site. Raises Failed when it does not, or ends again and again."""
        end = time.monotonic() + WAIT_SECONDS
        problem, seen = "nothing of it runs", set()
        while time.monotonic() < end and len(seen) <= MOST_STARTS:
            main = systemctl("show", "--property=MainPID", "--value", WEB).strip()
            seen.add(main)
            if serves(main, release):
                problem = first_problem(self.layout, self.bind, ready=ready_before)
                if not problem:
                    return
            time.sleep(0.3)
        raise Failed(f"The version {release.name} was started, but it does not answer as it should: {problem}.")


def serves(main: str, release: Path) -> bool:
    """Whether every child of that process began in the release's folder (deploy/watch_workers.py).

    Every one: the process that tries a new version beside the old workers begins there, too.
    """
    try:
        workers = Path(f"/proc/{main}/task/{main}/children").read_text(encoding="ascii").split()
        return bool(workers) and all(Path(f"/proc/{pid}/cwd").resolve() == release for pid in workers)
    except OSError:  # it, or one of them, ended just now
        return False
