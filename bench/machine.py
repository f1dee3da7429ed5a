"""Under which conditions a run was made."""

import os
import platform
import re
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path


def conditions(*, workers: int, threads: int, quick: bool) -> dict[str, str]:
    """Name and words, in the order of a reader's questions. What is not there is said to be missing."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}" + (", a quick run" if quick else ""),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "kernel": f"{platform.system()} {platform.release()}",
        "application": f"{workers} workers of {threads} threads, the minimal site's as well",
        "Python": platform.python_version(),
        **{name: version(name.lower()) for name in ("Django", "Wagtail", "granian", "gunicorn")},
        "nginx": _says("nginx", "-v"),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": _postgresql(),
        "wrk": _says("wrk", "-v"),
    }


def _processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return found[1].strip() if found else platform.machine()


def _postgresql() -> str:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return _says(str(programs[-1]), "--version") if programs else "missing"


def _says(program: str, option: str) -> str:
    """The first number with a dot in what it says of itself."""
    if not shutil.which(program):
        return "missing"
    done = subprocess.run([program, option], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"\d+\.[\d.]+", done.stdout + done.stderr)
    return found[0].rstrip(".") if found else "unknown"
