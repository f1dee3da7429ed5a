"""Watches over the workers that deploy/web.py forked; started by it alone.

deploy/web.py loads the site, forks the workers, and then becomes this program, in the same process: a parent that
stayed loaded would hold a third copy of everything. It imports next to nothing, and runs without the installed packages
(`-I -S`). What needs the site again (SIGHUP, a worker that died or grew too
large) makes it deploy/web.py again, which loads and forks, while the workers that are left go on.

Environment: INNERBALANCE_WORKERS and INNERBALANCE_OLD_WORKERS, process ids by commas: those that serve, and those that
are to end. File 3 is the socket. The argument is a file to remove when the old ones have ended.
"""

import contextlib
import os
import signal
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
"""Not resolved: on a server it is the link to the version to serve, which an upgrade changes."""

WEB = os.path.join(HERE, "web.py")
TRIAL = "import innerbalance.wsgi; from django.urls import get_resolver; get_resolver().url_patterns"
"""What a new version must be able to do: the addresses too, which Django reads only at the first request."""

WORKERS, OLD_WORKERS = "INNERBALANCE_WORKERS", "INNERBALANCE_OLD_WORKERS"
SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}
LOOK_SECONDS = 5
REST_SECONDS = 5
"""Between two loadings of the site: a version whose workers die at once must not keep a processor busy."""

WORKER_SECONDS = 30
"""How long a worker that has to end may go on with its last answers."""

LARGEST_WORKER = 600 * 2**20
"""Bytes; workers are made anew when one is above: what leaks does not add up."""


def main() -> int:
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    workers, ending = pids(WORKERS), pids(OLD_WORKERS)
    born = time.monotonic()
    kept = sys.argv[1] if len(sys.argv) > 1 else ""
    # What an earlier version rendered is not this one's: now, and once more when the old workers have ended.
    if kept:
        remove(kept)
    kill(ending, signal.SIGTERM)
    end_at = born + WORKER_SECONDS
    while True:
        got = signal.sigtimedwait(SIGNALS, LOOK_SECONDS)
        were_ending = bool(ending)
        reap(workers, ending)
        if ending and time.monotonic() > end_at:
            kill(ending, signal.SIGKILL)
        if kept and were_ending and not ending:
            remove(kept)
        if got and got.si_signo in {signal.SIGTERM, signal.SIGINT}:
            return stop(workers | ending)
        if got and got.si_signo == signal.SIGHUP and starts():
            load_again(workers | ending)
        if time.monotonic() - born < REST_SECONDS:
            continue
        if len(workers) < int(os.environ.get("WEB_WORKERS", "2")):
            print("A worker of the application died; all are made anew", file=sys.stderr, flush=True)
            load_again(workers | ending)
        if any(memory_of(pid) > LARGEST_WORKER for pid in workers):
            load_again(workers | ending)


def remove(link: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(link)


def pids(name: str) -> set[int]:
    return {int(pid) for pid in os.environ.pop(name, "").split(",") if pid}


def starts() -> bool:
    """Whether the code that is there now starts, tried in a process of its own."""
    import subprocess  # a large one, for a moment that seldom comes, and after which this program is gone mostly

    trial = subprocess.run([sys.executable, "-c", TRIAL], cwd=ROOT, capture_output=True)
    if trial.returncode:
        last_line = trial.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        print(f"The new version does not start, the old one goes on: {last_line}", file=sys.stderr, flush=True)
    return trial.returncode == 0


def load_again(old: set[int]) -> None:
    os.environ[OLD_WORKERS] = ",".join(map(str, sorted(old)))
    os.environ["LISTEN_FDS"], os.environ["LISTEN_PID"] = "1", str(os.getpid())
    os.set_inheritable(3, True)
    # Of the version that is loaded now: bin/upgrade sees by it whose workers run.
    os.chdir(ROOT)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    os.execv(sys.executable, [sys.executable, WEB])


def reap(*groups: set[int]) -> None:
    """Forget those that have ended."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            for group in groups:
                group.clear()
            return
        if not pid:
            return
        for group in groups:
            group.discard(pid)


def kill(group: set[int], number: signal.Signals) -> None:
    for pid in group:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def stop(group: set[int]) -> int:
    """After their last answers; 0 when all ended by themselves."""
    kill(group, signal.SIGTERM)
    end = time.monotonic() + WORKER_SECONDS
    while group and time.monotonic() < end:
        signal.sigtimedwait({signal.SIGCHLD}, 0.2)
        reap(group)
    kill(group, signal.SIGKILL)
    return 1 if group else 0


def memory_of(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


if __name__ == "__main__":
    sys.exit(main())
