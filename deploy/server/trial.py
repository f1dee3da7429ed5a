"""Whether a version answers: tried beside the one that is served, and asked again once it is served."""

import contextlib
import http.client
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from .environment import read
from .layout import Layout
from .system import Failed, as_user, site_environment

START_SECONDS = 60


def try_beside(layout: Layout, release: Path, *, ready_before: bool) -> None:
    """Start the release on a port of its own, on the real data, and read the site once. Raises Failed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{probe.getsockname()[1]}"
    with running(layout, release, bind) as process:
        end = time.monotonic() + START_SECONDS
        while True:
            problem = first_problem(layout, bind, ready=ready_before)
            if not problem:
                return
            if process.poll() is not None:
                said = (process.stdout.read() if process.stdout else "").strip()[-800:]
                raise Failed(f"The new version does not start.\n    {said}")
            if time.monotonic() > end:
                raise Failed(f"The new version starts, but it does not answer as it should: {problem}")
            time.sleep(0.3)


@contextlib.contextmanager
def running(layout: Layout, release: Path, bind: str) -> Iterator[subprocess.Popen]:
    # No kept pages: those on the disk belong to the version that is served.
    own = {"BIND": bind, "WEB_WORKERS": "1", "KEPT_PAGES_DIR": ""}
    process = subprocess.Popen(
        [release / ".venv/bin/python", release / "deploy/web.py"],
        cwd=release,
        env=site_environment(layout) | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **as_user(layout),
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def first_problem(layout: Layout, bind: str, *, ready: bool) -> str:
    """What the application at `bind` answers wrongly; "" when all is well.

    `ready`: whether /readyz has to be well, too. It need not where it was not before.
    """
    for path, wanted in (("/healthz", {200}), ("/readyz", {200} if ready else {200, 503}), ("/", {200, 301, 302, 404})):
        try:
            status = ask(layout, bind, path)
        except OSError as error:
            return f"{path}: {error}"
        if status not in wanted:
            return f"{path} answered {status}"
    return ""


def ask(layout: Layout, bind: str, path: str) -> int:
    """The status of the answer, asked as nginx would. Raises OSError when there is none."""
    host, _, port = bind.rpartition(":")
    headers = {
        "Host": urlsplit(read(layout.environment)["BASE_URL"]).netloc,
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "127.0.0.1",
    }
    connection = http.client.HTTPConnection(host.strip("[]"), int(port), timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(str(error) or type(error).__name__) from error
    finally:
        connection.close()
