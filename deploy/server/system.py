"""Running programs on the server: as root, as the site's user, and systemd's where it runs."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from .environment import read
from .layout import Layout


class Failed(Exception):
    """A step that did not work. Its text says what to do, in plain words."""


def say(text: str) -> None:
    print(text, flush=True)


def run(*command: str | Path, why: str, cwd: Path | None = None, env: Mapping[str, str] | None = None, **more) -> str:
    """What the program printed. Raises Failed with `why` and the end of what it said."""
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more
    )
    if done.returncode:
        said = "\n".join("    " + line for line in done.stdout.strip().splitlines()[-12:])
        raise Failed(f"{why}\n{said}")
    return done.stdout


def as_user(layout: Layout) -> dict:
    """Arguments for subprocess that make it the site's user; none when we are that user, or nobody may change."""
    if os.geteuid() != 0 or layout.user == "root":
        return {}
    account = pwd.getpwnam(layout.user)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def site_environment(layout: Layout) -> dict[str, str]:
    """What the site's programs are started with: the environment file, and nothing of the caller's but the path."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
    return kept | {"HOME": str(layout.data)} | read(layout.environment)


def manage(layout: Layout, release: Path, *arguments: str, why: str) -> str:
    """`manage.py` of that version, as the site's user."""
    command = [release / ".venv/bin/python", release / "manage.py", *arguments]
    return run(*command, why=why, cwd=release, env=site_environment(layout), **as_user(layout))


def has_systemd(layout: Layout) -> bool:
    return (layout.root / "run/systemd/system").is_dir() and shutil.which("systemctl") is not None


def systemctl(*arguments: str, why: str = "") -> str:
    return run("systemctl", *arguments, why=why or f"systemctl {' '.join(arguments)} did not work.")


def nginx() -> str:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or ""


def stop_with(error: Failed) -> int:
    print(f"\n{error}", file=sys.stderr, flush=True)
    return 1
