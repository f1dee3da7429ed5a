"""The container files: plain users and read-only roots, and steps that work in an empty folder.

Images can't be pulled in every place where the tests run, so the steps run where the tests do.
"""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from .server import ROOT, lend_packages

FOLDER = ROOT / "deploy/containers"
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


def instructions() -> list[tuple[str, str]]:
    text = (FOLDER / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [tuple(line.split(maxsplit=1)) for line in lines]


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_is_written_but_volumes_and_no_right_is_gained(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"nginx"}))
def test_it_runs_as_a_plain_user(name):
    assert SERVICES[name]["user"].partition(":")[0] not in {"", "0", "root"}


def test_only_nginx_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["nginx"]


@pytest.mark.parametrize("name", SERVICES)
def test_what_it_mounts_and_waits_for_is_there(name):
    service = SERVICES[name]
    named = [volume.partition(":")[0] for volume in service.get("volumes", []) if not volume.startswith(".")]
    assert set(named) <= set(COMPOSE["volumes"])
    assert set(service.get("depends_on", [])) <= set(SERVICES)
    image = service["image"]
    assert image == "innerbalance" or ("/" in image and ":" in image and not image.endswith(":latest"))


def test_the_image_ends_as_a_plain_user_that_owns_only_the_data():
    steps = instructions()
    assert [value for name, value in steps if name == "USER"] == ["10001:10001"]
    assert [name for name, _ in steps].index("USER") > max(
        number for number, (name, _) in enumerate(steps) if name == "RUN"
    )
    assert [value for name, value in steps if name == "RUN" and "chown" in value] == [
        "chown -R innerbalance:innerbalance /var/lib/innerbalance"
    ]


def test_no_secret_and_no_data_gets_into_an_image():
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert {".git", ".env", "var", ".venv", "deploy/containers/env", "deploy/containers/.env"} <= set(ignored)
    assert (ROOT / ".dockerignore").read_text(encoding="utf-8").split() == ignored


def test_its_own_steps_work_in_an_empty_folder(tmp_path):
    """All that it copies, and every step but those of the system (packages, the user, /var)."""
    lend_packages(tmp_path / "venvs")
    (venv,) = (tmp_path / "venvs").iterdir()
    image = tmp_path / "image"
    image.mkdir()
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    environment = {"PATH": os.environ["PATH"]}
    ran = []
    for name, value in instructions():
        if name == "ENV":
            environment |= dict(word.split("=", 1) for word in shlex.split(value))
        elif (name, value) == ("COPY", ". ."):
            left_out = shutil.ignore_patterns(*(entry.removeprefix("**/") for entry in ignored if "/" not in entry[3:]))
            shutil.copytree(ROOT, image, ignore=left_out, dirs_exist_ok=True, symlinks=True)
            (image / ".venv").symlink_to(venv)
        elif (
            name == "RUN" and "venv .venv" not in value and "pip install" not in value and "innerbalance:" not in value
        ):
            if "/var/lib" in value or "useradd" in value:
                continue
            done = subprocess.run(["sh", "-c", value], cwd=image, env=environment, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            ran.append(value)
    assert len(ran) == 2
    assert (image / "staticfiles/staticfiles.json").exists()
    assert not (image / "tests").exists()


def test_the_command_of_each_service_is_in_the_image():
    for service in SERVICES.values():
        for word in service.get("command", []):
            if word.startswith("deploy/"):
                assert Path(ROOT / word).is_file()
