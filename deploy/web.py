"""The application server: `.venv/bin/python deploy/web.py`, in the foreground.

It loads the site once and forks its workers, so that they share the memory; then it becomes the small program that
watches over them (deploy/watch_workers.py), in the same process. All workers share one socket, held by that parent (or
by systemd, which hands it over): a worker that ends loses no connection that waits.

SIGHUP loads the site anew, new code included: when it can't start, the old one goes on and the log says why; else new
workers start, and the old ones end after their last answer. SIGTERM ends all, in the same way.

Environment: BIND (127.0.0.1:8000), WEB_WORKERS (2), WEB_THREADS (each worker's; at most 2 for a processor and 1 more).
"""

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

from granian._granian import SocketHolder
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer
from shared_memory import keep_for_good

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

BACKLOG = 1024
HEADER_SECONDS = 15
"""A client that takes longer to send its request's headers loses its connection."""

PR_SET_PDEATHSIG = 1
WORKERS, OLD_WORKERS = "INNERBALANCE_WORKERS", "INNERBALANCE_OLD_WORKERS"
WATCH = Path(__file__).with_name("watch_workers.py")


M_ARENA_MAX = -8


def main() -> None:
    multiprocessing.set_start_method("fork")
    # Asked to load anew while it is loading: it does.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    libc = ctypes.CDLL(None)
    # One heap for all threads (Python lets one of them run at a time): heaps of their own hold on to what they freed.
    libc.mallopt(M_ARENA_MAX, 1)
    # Pages that an earlier version rendered are not this one's.
    os.environ["KEPT_PAGES_RELEASE"] = uuid4().hex[:8]
    old = os.environ.pop(OLD_WORKERS, "")
    listener = inherited_socket() or new_socket()
    try:
        application = load()
    except Exception as error:
        if not old:
            raise
        print(f"The site can't be loaded, the workers that are left go on: {error}", file=sys.stderr, flush=True)
        watch(listener, workers=old, ending="")
    threads = min(int(os.environ.get("WEB_THREADS", "8")), (os.cpu_count() or 1) * 2 + 1)
    server = Server(
        "innerbalance.wsgi:application",
        interface=Interfaces.WSGI,
        websockets=False,
        workers=int(os.environ.get("WEB_WORKERS", "2")),
        blocking_threads=threads,
        backlog=BACKLOG,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        log_level="warning",
    )
    server.listener = listener
    server.old = old
    server.serve(target_loader=lambda: in_worker(application), wrap_loader=False)


class Server(MPServer):
    """granian's, on a socket that is there already, and gone once its workers are there."""

    listener: socket.socket
    old: str

    def startup(self, spawn_target, target_loader):
        super().startup(spawn_target, target_loader)
        watch(self.listener, workers=",".join(str(worker._id()) for worker in self.wrks), ending=self.old)

    def _init_shared_socket(self):
        self._ssp, self._sso, self._sfd = None, self.listener, self.listener.fileno()
        self._shd = SocketHolder(self._sfd, False, BACKLOG)


def watch(listener: socket.socket, *, workers: str, ending: str) -> NoReturn:
    """Become the program that watches over them. Their process ids are given by commas."""
    from django.conf import settings

    os.environ[WORKERS], os.environ[OLD_WORKERS] = workers, ending
    if listener.fileno() != 3:
        os.dup2(listener.fileno(), 3)
    os.set_inheritable(3, True)
    kept = [f"{settings.KEPT_PAGES_DIR}/open"] if settings.KEPT_PAGES_DIR and ending != workers else []
    # They wait until that program listens for them: before, they would end it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD})
    os.execv(sys.executable, [sys.executable, "-I", "-S", str(WATCH), *kept])


def load():
    """The application, with all that its first answer needs in memory; no connection is left open."""
    from innerbalance.wsgi import application

    ask_once(application)
    from innerbalance.practice.away_page import write_away_page

    write_away_page()
    from django.core.cache import caches
    from django.db import connections

    connections.close_all()
    caches.close_all()
    gc.collect()
    keep_for_good()
    ctypes.CDLL(None).malloc_trim(0)
    gc.freeze()  # the collector would touch, and so copy, what workers share
    # The workers' own garbage is collected when it has grown by a quarter: of what they have, and not of all this.
    gc.collect()
    return application


def ask_once(application) -> None:
    """A request for the home page with a query, which no kept page answers. What fails here fails later too, aloud."""
    from django.conf import settings
    from django.test import RequestFactory

    host = settings.WAGTAILADMIN_BASE_URL.partition("://")[2].rstrip("/")
    headers = {"host": host, "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1"}
    request = RequestFactory(headers=headers).get("/?start=1")
    with contextlib.suppress(Exception):
        response = application(request.environ, lambda *answer: None)
        getattr(response, "close", lambda: None)()


def in_worker(application):
    """Run in each worker, before its first request: it ends when the parent does, however that came."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    return application


def inherited_socket() -> socket.socket | None:
    """What systemd (or `make serve`) listens on for us: file 3, by the protocol of sd_listen_fds(3)."""
    if os.environ.pop("LISTEN_FDS", "") != "1" or os.environ.pop("LISTEN_PID", str(os.getpid())) != str(os.getpid()):
        return None
    listener = socket.socket(fileno=3)
    listener.setblocking(False)
    return listener


def new_socket() -> socket.socket:
    host, _, port = os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host.strip("[]"), int(port)), family=family, backlog=BACKLOG)
    listener.setblocking(False)
    return listener


if __name__ == "__main__":
    main()
