"""The units: systemd accepts them, and they may do little."""

import re
import shutil
import socket
import subprocess
import sys

import pytest

from .server import ROOT

UNITS = sorted((ROOT / "deploy/systemd").iterdir())
SERVICES = [file for file in UNITS if file.suffix == ".service"]
HIGHEST_EXPOSURE = 2.5


@pytest.fixture
def server(tmp_path):
    """A tree in which the programs that the units start are there, as systemd looks for them."""
    if not shutil.which("systemd-analyze"):
        pytest.fail("systemd-analyze is missing (Debian: apt install systemd)")
    folder = tmp_path / "etc/systemd/system"
    folder.mkdir(parents=True)
    program = shutil.which("true")
    for file in UNITS:
        text = re.sub(r"^(Exec\w+=)/\S+", rf"\1{program}", file.read_text(encoding="utf-8"), flags=re.M)
        (folder / file.name).write_text(text, encoding="utf-8")
    return folder


def test_systemd_accepts_them(server):
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *sorted(server.iterdir())],
        capture_output=True,
        text=True,
    )
    about_ours = [line for line in (done.stdout + done.stderr).splitlines() if "innerbalance" in line]
    assert (done.returncode, about_ours) == (0, [])


@pytest.mark.parametrize("name", [file.name for file in SERVICES])
def test_little_is_exposed(server, name):
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", server / name], capture_output=True, text=True
    )
    exposure = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)[1])
    assert exposure <= HIGHEST_EXPOSURE


def test_the_housekeeping_says_that_it_goes_round(tmp_path, monkeypatch):
    sys.path.insert(0, str(ROOT / "deploy"))
    try:
        from notify_systemd import READY, WATCHDOG, notify
    finally:
        sys.path.pop(0)
    assert not notify(READY)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        assert notify(READY, WATCHDOG)
        assert systemd.recv(100) == b"READY=1\nWATCHDOG=1"
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    assert not notify(WATCHDOG)
