"""`bin/upgrade`: another version of the site, with the data that is there; back to the one before when a step fails.

fetch -> install beside the old one -> check its settings -> back up
-> when the database changes: hold the site back, copy it once more, migrate
-> start it beside the site and read it -> switch -> load it anew -> read it again
"""

import argparse
import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from . import releases
from .change import UNTOUCHED, Change
from .layout import USER, Layout
from .system import Failed, say, stop_with
from .trial import try_beside

CLONE = Path("/usr/local/src/innerbalance")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/upgrade", description="Change the site to another version.")
    parser.add_argument("version", help="a tag, such as v0.3.0, or a folder with the code")
    parser.add_argument("--clone", type=Path, default=CLONE, help="the clone that tags are fetched into")
    parser.add_argument("--root", type=Path, default=Path("/"), help="where it is tried in a folder")
    parser.add_argument("--user", default=USER, help="whom the programs run as")
    given = parser.parse_args()
    os.umask(0o022)  # the site's user has to read what root installs
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, interrupted)
    try:
        layout = Layout(root=given.root.absolute(), user=given.user)
        with alone(layout), tempfile.TemporaryDirectory(prefix="innerbalance-") as folder:
            source = Path(given.version)
            if not source.is_dir():
                say(f"Fetching {given.version} ...")
                source = Path(folder)
                releases.from_tag(given.clone, given.version, source)
            upgrade(layout, source.absolute())
    except Failed as error:
        return stop_with(error)
    return 0


class alone:
    """One upgrade at a time."""

    def __init__(self, layout: Layout) -> None:
        if layout.served() is None:
            raise Failed("No version is installed here: bin/install-server does that.")
        self.lock = open(layout.upgrade_lock, "w")  # noqa: SIM115 -- held until the end

    def __enter__(self) -> None:
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Failed("Another upgrade runs just now.") from error

    def __exit__(self, *error: object) -> None:
        self.lock.close()


def interrupted(number: int, frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # going back is not interrupted
    raise Failed("The upgrade was interrupted.")


def upgrade(layout: Layout, source: Path) -> None:
    """Raises Failed after everything is as it was before."""
    old = layout.served()
    assert old is not None  # noqa: S101 -- `alone` looked
    say(f"Version {old.name} is served. Installing the one in {source} beside it ...")
    try:
        new, is_new = releases.add(layout, source)
    except (Failed, OSError) as error:
        raise Failed(f"{error}\n\nVersion {old.name} is served as before. {UNTOUCHED}") from error
    if new == old:
        say(f"{new.name} is served already. Nothing was changed.")
        return
    change = Change(layout, old, new)
    try:
        change.prepare()
        change.migrate()
        say("Trying the new version ...")
        try_beside(layout, new, ready_before=change.ready and not change.running.held)
        say("Switching ...")
        change.switch()
    except (Failed, OSError, subprocess.SubprocessError) as error:
        say("That did not work. Going back ...")
        try:
            data = change.go_back()
        except (Failed, OSError, subprocess.SubprocessError) as worse:
            raise Failed(
                f"{error}\n\nAnd going back did not work: {worse}\n"
                f"The database of before stands in {change.folder}; docs/upgrading.md says how to go on."
            ) from worse
        if is_new:
            releases.remove(new)
        raise Failed(f"{error}\n\nVersion {old.name} is served as before. {data}") from error
    releases.tidy(layout)
    say(f"Version {new.name} is served. Back to the one before, without its data: bin/upgrade {old}")


if __name__ == "__main__":
    sys.exit(main())
