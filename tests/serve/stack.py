"""`make serve` started for real in a folder of its own, and a colleague at another process of the same machine."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 240
NEEDED = {"nginx": "nginx-light libnginx-mod-http-brotli-static", "openssl": "openssl"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, *, seconds: float = 30, what: str):
    """What `condition()` gives as soon as it is true. Fails with `what` when that does not come."""
    end = time.monotonic() + seconds
    while not (got := condition()):
        assert time.monotonic() < end, f"not within {seconds} seconds: {what}"
        time.sleep(0.02)
    return got


def clean_environment(**more: str) -> dict[str, str]:
    """Ours without what the suite's own settings brought along."""
    left_out = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "CACHE_URL", "KEPT_PAGES_DIR", "TEST_DATABASE"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | more


class Stack:
    """One machine's stack. `env` goes to bin/serve, as an administrator would give it."""

    def __init__(self, folder: Path, *, root: Path = ROOT, **env: str) -> None:
        self.folder, self.root, self.port = folder, root, free_port()
        self.given = {"SERVE_DIR": str(folder), "PORT": str(self.port), "APP_PORT": str(free_port())} | env
        self.log = folder.with_suffix(".log")
        self.staff: Staff | None = None

    def begin(self) -> "Stack":
        path = os.environ.get("PATH", "") + ":/usr/sbin"
        for program, packages in NEEDED.items():
            assert shutil.which(program, path=path), f"{program} is missing: apt-get install {packages}"
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [self.root / "bin" / "serve"],
                env=clean_environment(**self.given),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def start(self) -> "Stack":
        self.begin()
        self.wait_until_serving()
        return self

    def wait_until_serving(self) -> None:
        def serving():
            assert self.process.poll() is None, f"bin/serve ended by itself:\n{self.said()}"
            return "Serving http" in self.said()

        wait_for(serving, seconds=START_SECONDS, what="bin/serve to answer")
        lines = (self.folder / "env").read_text().splitlines()
        self.env = dict(line.split("=", 1) for line in lines if not line.startswith("#"))

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    @property
    def app_port(self) -> int:
        return int(self.env["BIND"].rpartition(":")[2])

    @property
    def kept(self) -> Path:
        return Path(self.env["KEPT_PAGES_DIR"])

    def kept_files(self) -> dict[str, Path]:
        """Name -> file, of the pages that are open at this moment."""
        pages = self.kept / "open" / "pages"
        found = pages.rglob("*") if pages.exists() else []
        return {str(file.relative_to(pages)): file for file in found if file.is_file()}

    # --- Its processes.

    def children(self, parent: int | None = None) -> dict[str, int]:
        """Of the program that starts all others: a word of the command -> process id."""
        words = {
            "granian": "web",
            "web.py": "web",
            "watch_workers": "web",
            "companion": "companion",
            "housekeeping": "housekeeping",
        }
        found = {}
        for pid, command in _children_of(parent or self.process.pid):
            name = next((name for word, name in words.items() if word in command), command.split(":")[0])
            found[name] = pid
        return found

    def workers(self) -> list[int]:
        web = self.children().get("web")
        return [pid for pid, _ in _children_of(web)] if web else []

    def everybody(self) -> list[int]:
        """Every process of it that there is, itself included."""
        found, rest = [], [self.process.pid]
        while rest:
            pid = rest.pop()
            found.append(pid)
            rest += [child for child, _ in _children_of(pid)]
        return found

    def stop(self, *, seconds: float = 60) -> None:
        if self.staff:
            self.staff.leave()
            self.staff = None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            for pid in reversed(self.everybody()):
                os.kill(pid, signal.SIGKILL)
            raise

    # --- Its people.

    def do(self, code: str, **names):
        """Run `code` in another process of this machine, with the site's models at hand; what it calls `result`."""
        if self.staff is None:
            self.staff = Staff(clean_environment(**self.env))
        return self.staff.do(code, **names)


def _children_of(parent: int) -> list[tuple[int, str]]:
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                found.append((int(folder.name), command))
        except OSError:
            continue
    return sorted(found)


class Staff:
    """A long-lived process with the site loaded, for it takes seconds to start one for each change."""

    def __init__(self, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.serve.staff"],
            cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def do(self, code: str, **names):
        self.process.stdin.write(json.dumps({"code": code, "names": names}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"error": "the other process ended"}')
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer["result"]

    def leave(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()
