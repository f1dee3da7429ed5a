"""Stacks that really run. One on SQLite is shared by the tests that leave it as it was."""

import shutil
import tempfile
from pathlib import Path

import pytest

from .stack import Stack


@pytest.fixture(scope="session")
def ground():
    """A folder that PostgreSQL's own user may enter, too."""
    folder = Path(tempfile.mkdtemp(prefix="innerbalance-serve-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def stack(ground):
    running = Stack(ground / "first").start()
    yield running
    running.stop()
