"""A disk that is full of pages, or of anything else, keeps nobody from reading and nobody from publishing."""

import contextlib
import os
import subprocess

import pytest

from .readers import ask
from .stack import Stack, wait_for

SAY = """
from innerbalance.practice.models import PracticeSettings
practice = PracticeSettings.load(); practice.announcement = words; practice.save()
"""
PATHS = ("/", "/blog/", "/team/", "/services/", "/services/fees/", "/locations/mesa/", "/privacy/", "/questions/")


@pytest.fixture(scope="module")
def tight(ground):
    """Its folder of pages is a disk of half a megabyte, where we may mount one."""
    kept = ground / "small-disk"
    kept.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", kept]
    mounted = subprocess.run(mount, stderr=subprocess.DEVNULL).returncode == 0
    running = Stack(ground / "tight", KEPT_PAGES_DIR=str(kept)).start()
    yield running, _fill if mounted else _refuse
    running.stop()
    if mounted:
        subprocess.run(["umount", kept], check=True)


def _fill(kept):
    """The disk is full until what this gives is called; and what the log is to say."""
    filler = kept / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 512)
    return filler.unlink, "No space left on device"


def _refuse(kept):
    """As `_fill`: a folder in which even root can write nothing."""
    generations, away = kept / "generations", kept / "away"
    generations.rename(away)
    generations.write_text("")

    def undo():
        generations.unlink()
        away.rename(generations)

    return undo, "Not a directory"


def test_readers_and_staff_notice_nothing(tight):
    tight, fill = tight
    wait_for(lambda: ask(tight.port, "/") and "index.html" in tight.kept_files(), what="a page to be kept")
    undo, words = fill(tight.kept)
    for number in range(3):
        tight.do(SAY, words=f"Said on a full disk, {number}")
        for path in PATHS:
            for _ in range(2):
                status, _, content = ask(tight.port, path, Accept_Encoding="identity")
                assert status == 200
                assert b"</html>" in content
        assert f"Said on a full disk, {number}".encode() in ask(tight.port, "/", Accept_Encoding="identity")[2]
    assert 1 <= tight.said().count(words) <= 8  # once a minute for each worker, not for each page
    assert "Traceback" not in tight.said()
    # What is there is whole: no half page, no leftover.
    assert not [name for name in tight.kept_files() if os.path.basename(name).startswith(".")]

    undo()
    tight.do(SAY, words="Said on a disk with room")
    wait_for(lambda: ask(tight.port, "/") and "index.html" in tight.kept_files(), what="pages to be kept again")
    assert b"Said on a disk with room" in ask(tight.port, "/", Accept_Encoding="identity")[2]
