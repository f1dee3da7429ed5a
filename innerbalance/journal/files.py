"""The journal's folder. Plain Python: it is read where there is no database.

    EPOCH                      the token of the database that writes here
    promises-2026-11.jsonl     one line for each promise, in the order in which they were kept
    lock                       whoever writes has it

What is written is on the disk when `append` returns.
"""

import contextlib
import fcntl
import os
import re
import threading
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from .lines import Line, read_line

MONTH_FILE = re.compile(r"^promises-(\d{4})-(\d{2})\.jsonl$")
TAIL_BYTES = 65_536
"""More than the longest line: a line is about one batch."""


class Folder:
    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time. Raises OSError where the folder can't be written."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self.root / "lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def append(self, lines: Iterable[Line]) -> None:
        """All of them or, when the disk is full, none. Inside `locked`; raises OSError."""
        months: dict[str, str] = {}
        for line in lines:
            name = f"promises-{line.at:%Y-%m}.jsonl"
            months[name] = months.get(name, "") + line.to_text()
        for name, text in months.items():
            self._append(self.root / name, text.encode())

    def _append(self, path: Path, content: bytes) -> None:
        new = not path.exists()
        with open(path, "ab+", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            if size and not self._ends_well(file, size):
                content = b"\n" + content
            try:
                written = 0
                while written < len(content):
                    written += file.write(content[written:])
                os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    file.truncate(size)
                raise
        if new:
            self._sync_folder()

    @staticmethod
    def _ends_well(file, size: int) -> bool:
        file.seek(size - 1)
        return file.read(1) == b"\n"

    def epoch(self) -> str:
        """The token of the database that this journal belongs to; blank when there is none."""
        try:
            return (self.root / "EPOCH").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""

    def set_epoch(self, token: str) -> None:
        """Raises OSError."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Two processes may begin a journal at the same moment.
        draft = self.root / f"EPOCH-{os.getpid()}-{threading.get_ident()}.new"
        with open(draft, "w", encoding="ascii") as file:
            file.write(token + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.root / "EPOCH")
        self._sync_folder()

    def lines(self) -> Iterator[Line]:
        """Every whole line, in order, each token once: a crash may have written one twice."""
        seen: set[str] = set()
        for path in self._months():
            with open(path, encoding="utf-8", errors="replace") as file:
                for text in file:
                    line = read_line(text)
                    if line is not None and line.token not in seen:
                        seen.add(line.token)
                        yield line

    def last(self) -> Line | None:
        """The newest whole line; read from the end."""
        for path in reversed(self._months()):
            with open(path, "rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - TAIL_BYTES))
                texts = file.read().splitlines()
            for text in reversed(texts):
                if line := read_line(text.decode("utf-8", "replace")):
                    return line
        return None

    def unreadable(self) -> int:
        """How many lines are no lines of a journal."""
        count = 0
        for path in self._months():
            with open(path, encoding="utf-8", errors="replace") as file:
                count += sum(1 for text in file if text.strip() and read_line(text) is None)
        return count

    def forget_before(self, moment: datetime) -> int:
        """Delete the files of months that were over before the month of `moment`; how many."""
        old = [path for path in self._months() if path.name < f"promises-{moment:%Y-%m}.jsonl"]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _months(self) -> list[Path]:
        if not self.root.is_dir():
            return []
        return sorted(path for path in self.root.iterdir() if MONTH_FILE.match(path.name))

    def _sync_folder(self) -> None:
        folder = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
