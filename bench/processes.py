"""Processes that are started here and never left behind, and what /proc says of a tree of them (Linux)."""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
STOP_SECONDS = 20
_started: list[subprocess.Popen] = []


def start(command: list[str], *, env: dict[str, str], cwd: str | Path, log: Path) -> subprocess.Popen:
    """Run in a process group of its own, which ends with this process at the latest, even where that is killed."""
    command = ["setpriv", "--pdeathsig", "TERM", "--", *command]
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603
            command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    _started.append(process)
    return process


def stop(process: subprocess.Popen, *, by: signal.Signals = signal.SIGTERM) -> None:
    """Ask the process to end, wait for it, and then make sure of its whole group."""
    if process.poll() is None:
        process.send_signal(by)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=STOP_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process in _started:
        _started.remove(process)


def stop_all() -> None:
    for process in reversed(_started.copy()):
        stop(process)


def clean_up_at_the_end() -> None:
    """However this process ends, short of being killed, what it started ends with it."""
    atexit.register(stop_all)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda received, frame: sys.exit(128 + received))


def wait_until(true: Callable[[], bool], *, process: subprocess.Popen, seconds: float, log: Path) -> None:
    """Raises RuntimeError with the end of the log when the process ends or the time is over first."""
    deadline = time.monotonic() + seconds
    while not true():
        if process.poll() is not None or time.monotonic() > deadline:
            lines = log.read_text(errors="replace").strip().splitlines()[-8:]
            raise RuntimeError("did not start: " + " / ".join(lines))
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def tree(root: int) -> list[int]:
    """The process and everything below it, as things stand."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        if Path(f"/proc/{pid}").exists():
            found.append(pid)
        waiting += children.get(pid, [])
    return found


def command_line(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    return ""


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time, with that of children that ended: a worker that was replaced still counts."""
    ticks = 0
    for pid in pids:
        if fields := _stat(pid):
            ticks += sum(int(number) for number in fields[11:15])
    return ticks / TICKS


def run_seconds(pids: Iterable[int]) -> float:
    """User and system time of processes that live on, to the nanosecond; /proc/PID/stat counts in hundredths.

    The clock's number is the one that clock_getcpuclockid(3) gives for a process on Linux.
    """
    seconds = 0.0
    for pid in pids:
        with contextlib.suppress(OSError):
            seconds += time.clock_gettime((~pid << 3) | 2)
    return seconds


def pss_megabytes(pids: Iterable[int]) -> float:
    """Memory with each shared page divided among those who share it, so that a sum is what the machine gave."""
    kilobytes = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
    return kilobytes / 1024


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on (the state); empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
