"""The units: systemd accepts them, and they may do little."""

import re
import shutil
import socket
import subprocess
import sys
import threading

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


def test_a_state_that_nobody_hears_is_no_fault(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "deploy"))
    from notify_systemd import READY, WATCHDOG, notify

    assert not notify(READY)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    assert not notify(WATCHDOG)


@pytest.mark.parametrize("abstract", [False, True])
def test_housekeeping_says_when_it_is_up_and_that_it_goes_round(tmp_path, abstract):
    """Its own command line, with a command in manage.py's place that takes no time."""
    for name in ("housekeeping_loop.py", "notify_systemd.py"):
        (tmp_path / "deploy").mkdir(exist_ok=True)
        shutil.copy(ROOT / "deploy" / name, tmp_path / "deploy" / name)
    (tmp_path / "manage.py").write_text("open('ran', 'w').close()", encoding="utf-8")
    address = f"\0{tmp_path}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        systemd.settimeout(60)
        environment = {"PATH": "/usr/bin", "NOTIFY_SOCKET": address.replace("\0", "@")}
        loop = subprocess.Popen(
            [sys.executable, "-I", "-S", tmp_path / "deploy/housekeeping_loop.py"], cwd="/", env=environment
        )
        try:
            assert systemd.recv(100) == b"READY=1"
            assert systemd.recv(100) == b"WATCHDOG=1"
            for _ in range(600):
                if (tmp_path / "ran").exists():
                    break
                threading.Event().wait(0.1)
            assert (tmp_path / "ran").exists()
        finally:
            loop.terminate()
        assert loop.wait(timeout=40) == 0
