"""A server in a folder: the site installed by bin/install-server below it, its units run by SmallSystemd."""

import getpass
import hashlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from .small_systemd import SmallSystemd

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "var", "__pycache__", "staticfiles", "node_modules", ".*_cache", ".env", ".hypothesis"
)
HOST = "www.example.org"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def copy_of_the_code(folder: Path) -> Path:
    """The project's files as a folder of their own, as somebody would unpack them."""
    return Path(shutil.copytree(ROOT, folder, ignore=LEFT_OUT, symlinks=True))


class Server:
    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "root"
        self.base, self.data = self.root / "srv/innerbalance", self.root / "var/lib/innerbalance"
        (self.root / "run/systemd/system").mkdir(parents=True)
        self.port = free_port()
        self.systemd = SmallSystemd(self.root / "etc/systemd/system", folder)
        self.environment = {
            "PATH": f"{folder / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin",
            "PYTHON": sys.executable,
        }
        lend_packages(self.base / "venvs")

    def run(self, *command: object) -> subprocess.CompletedProcess:
        words = [*map(str, command), "--root", str(self.root), "--user", getpass.getuser()]
        return subprocess.run(words, env=self.environment, capture_output=True, text=True, timeout=600)

    def install(self, code: Path, *more: str) -> subprocess.CompletedProcess:
        return self.run(code / "bin/install-server", "--bind", f"127.0.0.1:{self.port}", *more)

    def upgrade(self, code: object) -> subprocess.CompletedProcess:
        return self.run(self.base / "current/bin/upgrade", code)

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """As somebody types it on the server: nothing in the environment says which settings."""
        release = self.base / "current"
        return subprocess.run(
            [release / ".venv/bin/python", release / "manage.py", *arguments],
            env={"PATH": os.environ["PATH"]} | environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def get(self, path: str, timeout: float = 60) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.read().decode(errors="replace")
        finally:
            connection.close()


def lend_packages(venvs: Path) -> None:
    """What the lock file names is installed where the tests run: the server borrows it, under the name it looks for."""
    lock = (ROOT / "requirements.txt").read_bytes()
    venv = venvs / hashlib.sha256(lock).hexdigest()[:16]
    venv.mkdir(parents=True)
    for entry in Path(sys.prefix).iterdir():
        (venv / entry.name).symlink_to(entry)
    digest = subprocess.run(["cksum"], input=lock, capture_output=True, check=True).stdout.decode()
    (venv / f".installed-requirements-{''.join(digest.split())}").touch()
