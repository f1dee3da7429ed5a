"""`bin/drill`, in a small size, from one engine to the other and back."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_every_promise_is_kept(source, target):
    size = ["--requests", "5", "--subscribers", "120", "--pictures", "2"]
    done = subprocess.run(
        [ROOT / "bin" / "drill", "--from", source, "--to", target, *size],
        env={**os.environ, "DRILL_NO_INSTALL": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Every promise was kept." in done.stdout
