"""The application server: `.venv/bin/python deploy/web.py`, in the foreground.

It loads the site once and forks its workers, so that they share the memory. They share one socket too, held by the
parent (or by systemd, which hands it over): a worker that ends loses no connection that waits.

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
import subprocess
import sys
import threading
from pathlib import Path
from uuid import uuid4

from granian._granian import SocketHolder
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

BACKLOG = 1024
HEADER_SECONDS = 15
"""A client that takes longer to send its request's headers loses its connection."""

WORKER_SECONDS = 30
"""How long a worker that has to end may go on with its last answers."""

LARGEST_WORKER = 600
"""Megabytes; a worker above is replaced: what leaks does not add up."""

TRIAL = "import innerbalance.wsgi; from django.urls import get_resolver; get_resolver().url_patterns"
"""What a new version must be able to do: the addresses too, which Django reads only at the first request."""

PR_SET_PDEATHSIG = 1
OLD_WORKERS = "INNERBALANCE_OLD_WORKERS"


M_ARENA_MAX = -8


def main() -> None:
    multiprocessing.set_start_method("fork")
    libc = ctypes.CDLL(None)
    # One heap for all threads (Python lets one of them run at a time): heaps of their own hold on to what they freed.
    libc.mallopt(M_ARENA_MAX, 1)
    # Pages that an earlier version rendered are not this one's.
    os.environ["KEPT_PAGES_RELEASE"] = uuid4().hex[:8]
    old = [int(pid) for pid in os.environ.pop(OLD_WORKERS, "").split(",") if pid]
    try:
        listener = inherited_socket() or new_socket()
        application = load()
    except BaseException:
        for pid in old:
            os.kill(pid, signal.SIGTERM)
        raise
    threads = min(int(os.environ.get("WEB_THREADS", "8")), (os.cpu_count() or 1) * 2 + 1)
    server = Server(
        "innerbalance.wsgi:application",
        interface=Interfaces.WSGI,
        websockets=False,
        workers=int(os.environ.get("WEB_WORKERS", "2")),
        blocking_threads=threads,
        backlog=BACKLOG,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        respawn_failed_workers=True,
        workers_kill_timeout=WORKER_SECONDS,
        log_level="warning",
    )
    server.listener = listener
    server.on_startup(lambda: threading.Thread(target=take_over, args=(old,), daemon=True).start())
    server.serve(target_loader=lambda: in_worker(application), wrap_loader=False)


class Server(MPServer):
    """granian's, on a socket that is there already, and with a reload that takes in new code."""

    listener: socket.socket

    def startup(self, spawn_target, target_loader):
        # Not in the constructor: there it warns of sockets that workers do not share, and ours is shared.
        self.workers_rss = LARGEST_WORKER * 2**20
        super().startup(spawn_target, target_loader)

    def _init_shared_socket(self):
        self._ssp, self._sso, self._sfd = None, self.listener, self.listener.fileno()
        self._shd = SocketHolder(self._sfd, False, BACKLOG)

    def _drop_shared_socket(self):
        self.listener.close()

    def _reload(self, spawn_target, target_loader):
        self.reload_signal = False
        self.main_loop_interrupt.clear()
        trial = subprocess.run([sys.executable, "-c", TRIAL], cwd=ROOT, capture_output=True)
        if trial.returncode:
            last_line = trial.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            print(f"The new version does not start, the old one goes on: {last_line}", file=sys.stderr, flush=True)
            return
        os.environ[OLD_WORKERS] = ",".join(str(worker._id()) for worker in self.wrks)
        os.environ["LISTEN_FDS"], os.environ["LISTEN_PID"] = "1", str(os.getpid())
        os.dup2(self.listener.fileno(), 3)  # and so it is inherited
        os.execv(sys.executable, [sys.executable, __file__])


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
    ctypes.CDLL(None).malloc_trim(0)
    gc.freeze()  # the collector would touch, and so copy, what workers share
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


def take_over(pids: list[int]) -> None:
    """End the old workers; what they or an earlier version rendered is no longer served then."""
    from innerbalance.caching.generations import kept_pages

    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    for pid in pids:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)
    if pages := kept_pages():
        pages.close()


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
