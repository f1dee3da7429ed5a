"""The folder of finished pages on one machine.

    open -> generations/<name>       a link; whoever changes the site takes it away before the change can be seen
    generations/<name>/pages/...     the files, each also compressed
    generations/<name>/at/<slot>     links to ../pages, for moments that these pages are true for
    generations/<name>/until         Unix time at which they stop to be true
    generations/<name>/asked         paths that readers asked for, one a line
    lease                            where another machine can change the site: until when we would hear of it

The web server looks for open/at/<slot>/<path>. All times are Unix time.
"""

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import uuid4

from . import ENCODINGS
from .slots import LONG, end_of, names_at, names_between

TYPE_CHECKING = False  # not typing's, which takes a megabyte of the companion's memory, nor what compresses
if TYPE_CHECKING:
    from .variants import Variant

LONGEST_SECONDS = 12 * 3600
"""How long a generation lives when nothing changes and no office opens or closes."""

REACHABLE_SECONDS = 3600
"""How far ahead a generation gets its links: most are closed long before, and each link costs the first reader time.
When they run out, the application is asked once and makes the next."""

SHORTEST_SECONDS = 60
"""A page that is true for less is not worth its file; nor is one that lacks something, which is tried again sooner."""

LEFT_ALONE_SECONDS = 60
"""Old generations stay that long: a page may be on its way into one, or out of it."""


class KeptPages:
    def __init__(self, root: Path | str, *, most_bytes: int = 500_000_000, leased: bool = False) -> None:
        self.root = Path(root)
        self.most_bytes = most_bytes
        self.leased = leased
        self._open = self.root / "open"
        self._lease = self.root / "lease"

    # --- Which generation is open.

    def open_name(self) -> str | None:
        try:
            return os.path.basename(os.readlink(self._open))
        except OSError:
            return None

    def serves(self, now: float) -> bool:
        """Whether the web server finds pages at this moment."""
        return any(os.path.isdir(f"{self._open}/at/{name}") for name in names_at(now))

    def close(self) -> None:
        """From now on nobody gets a kept page, until a generation is opened.

        Raises OSError when the link can't be removed: then the site must not change.
        """
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(self._open)

    def open(self, version: str, *, until: float, now: float) -> str | None:
        """Open a generation of the site's `version`, for pages that are true until then; its name.

        The caller holds what keeps the version from moving. None where the lease is over.
        """
        if self.leased and self.lease_end() <= now:
            return None
        until = min(until, now + LONGEST_SECONDS)
        current = self.open_name()
        if current and self._is_for(current, version, now):
            self._add_slots(current, now)
            return current
        name = next((name for name in self._on_disk() if self._is_for(name, version, now)), None)
        if name is None:
            name = f"{version}-{uuid4().hex[:8]}"
            folder = self._folder(name)
            (folder / "pages").mkdir(parents=True)
            (folder / "at").mkdir()
            (folder / "until").write_text(str(int(until)))
        self._add_slots(name, now)
        link = self.root / f"open.{uuid4().hex}"
        os.symlink(f"generations/{name}", link)
        os.replace(link, self._open)
        return name

    # --- The lease: kept by the companion where other machines can change the site.

    def lease_end(self) -> float:
        try:
            return float(self._lease.read_text())
        except (OSError, ValueError):
            return 0.0

    def renew_lease(self, end: float, *, now: float) -> None:
        """Promise that until `end` a change made elsewhere closes this folder; pages stay reachable as long."""
        if end <= self.lease_end():
            return
        self.root.mkdir(parents=True, exist_ok=True)
        draft = self.root / f"lease.{uuid4().hex}"
        draft.write_text(str(end))
        os.replace(draft, self._lease)
        name = self.open_name()
        if name and self._until(name) > now:
            self._add_slots(name, now)

    def end_lease(self) -> None:
        """Close, and let nobody open again."""
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(self._lease)
        self.close()

    # --- Pages.

    def write(self, name: str, file: str, variants: "Mapping[str, Variant]", *, until: float, path: str = "") -> bool:
        """Put a page into generation `name`. False when it is full. Raises OSError when the disk refuses.

        The generation then ends at `until` if it would have lived longer: no page in it outlives its truth.
        `path`: what a reader asked for, noted for the next generation's background.
        """
        folder = self._folder(name)
        size = sum(len(variant.content) for variant in variants.values())
        with self._locked(folder):
            used = _number(folder / "used")
            if used + size > self.most_bytes:
                return False
            self._end_at(folder, until)
            target = folder / "pages" / file
            target.parent.mkdir(parents=True, exist_ok=True)
            # The plain file last: the web server looks for it first.
            for encoding, ending in ENCODINGS.items():
                if encoding in variants:
                    _write(target.with_name(target.name + ending), variants[encoding])
            (folder / "used").write_text(str(used + size))
        if path:
            with open(folder / "asked", "a", encoding="utf-8") as asked:
                asked.write(f"{path}\n")
        return True

    def asked(self, name: str) -> list[str]:
        """The paths that readers asked generation `name` for."""
        try:
            return (self._folder(name) / "asked").read_text(encoding="utf-8").splitlines()
        except OSError:
            return []

    # --- Old generations.

    def names(self) -> list[str]:
        """All generations on the disk, newest first."""
        try:
            found = [(entry.stat().st_ctime, entry.name) for entry in os.scandir(self.root / "generations")]
        except OSError:
            return []
        return [name for _, name in sorted(found, reverse=True)]

    def tidy(self, now: float) -> int:
        """Remove generations that nobody is served from any more; how many."""
        removed = 0
        for name in self.names():
            # The link is looked at once more for each: it may just have moved.
            with contextlib.suppress(OSError):
                folder = self._folder(name)
                if name != self.open_name() and os.stat(folder).st_ctime < now - LEFT_ALONE_SECONDS:
                    shutil.rmtree(folder)
                    removed += 1
        return removed

    def _on_disk(self) -> list[str]:
        try:
            return os.listdir(self.root / "generations")
        except OSError:
            return []

    def _folder(self, name: str) -> Path:
        return self.root / "generations" / name

    def _is_for(self, name: str, version: str, now: float) -> bool:
        return name.rpartition("-")[0] == version and self._until(name) > now + SHORTEST_SECONDS

    def _until(self, name: str) -> int:
        return _number(self._folder(name) / "until")

    def _add_slots(self, name: str, now: float) -> None:
        # Where the links merely end for now, they end with a long one.
        end: float = min(self._until(name), int(now + REACHABLE_SECONDS) // LONG * LONG)
        if self.leased:
            end = min(end, self.lease_end())
        folder = str(self._folder(name) / "at")
        there = set(os.listdir(folder))
        for slot in names_between(now, end, long=not self.leased):
            if slot not in there:
                with contextlib.suppress(FileExistsError):
                    os.symlink("../pages", f"{folder}/{slot}")

    def _end_at(self, folder: Path, until: float) -> None:
        if int(until) >= _number(folder / "until"):
            return
        _replace_text(folder / "until", str(int(until)))
        for slot in os.listdir(folder / "at"):
            if end_of(slot) > until:
                os.unlink(folder / "at" / slot)
        self._add_slots(folder.name, time.time())

    @contextlib.contextmanager
    def _locked(self, folder: Path) -> Iterator[None]:
        with open(folder / "lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _number(file: Path) -> int:
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return 0


def _replace_text(file: Path, text: str) -> None:
    draft = file.with_name(f"{file.name}.{uuid4().hex}")
    draft.write_text(text)
    os.replace(draft, file)


def _write(file: Path, variant: "Variant") -> None:
    """Whole or not at all."""
    draft = file.with_name(f".{uuid4().hex}")
    try:
        draft.write_bytes(variant.content)
        os.utime(draft, (variant.stamp, variant.stamp))
        os.replace(draft, file)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
