"""The kept pages' companion on each machine: `python -m innerbalance.kept_pages.companion`, in the foreground.

It renders the pages that readers ask for most again after a change, removes old generations, and, on PostgreSQL, closes
this machine's pages when another machine changes the site. It is small: it needs neither Django nor the application.

If it dies, nothing gets stale. On SQLite there is one machine, and whoever changes the site closes the pages. On
PostgreSQL it keeps a lease of a few seconds; without it nobody opens kept pages, and those that are open can't be
reached any more when it is over: the application answers.

Environment: KEPT_PAGES_DIR, DATABASE_URL, BASE_URL, BIND (where the application listens).
"""

import os
import signal
import sys
import threading
import time

from .folder import KeptPages
from .warming import Warming

TIDY_SECONDS = 10


def main() -> int:
    root = os.environ.get("KEPT_PAGES_DIR", "")
    if not root:
        print("KEPT_PAGES_DIR is blank: there are no kept pages to look after.", file=sys.stderr)
        return 2
    database = os.environ.get("DATABASE_URL", "")
    leased = database.startswith(("postgres://", "postgresql://"))
    pages = KeptPages(root, leased=leased)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *args: stop.set())
    warming = Warming(
        pages,
        origin=os.environ.get("BASE_URL", ""),
        bind=os.environ.get("BIND", "127.0.0.1:8000"),
    )
    for work in (warming.run, lambda stop: tidy(pages, stop)):
        threading.Thread(target=work, args=(stop,), daemon=True).start()
    if leased:
        import logging

        from .lease import Lease  # it needs the database's library, which SQLite's sites have no use for

        logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", level=logging.WARNING)
        Lease(pages, database).run(stop)
    else:
        stop.wait()
    return 0


def tidy(pages: KeptPages, stop: threading.Event) -> None:
    while not stop.wait(TIDY_SECONDS):
        pages.tidy(time.time())


if __name__ == "__main__":
    sys.exit(main())
