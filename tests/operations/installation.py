"""A whole installation in a folder, in production settings, that a test breaks in one place."""

import base64
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyrage

SITE = "http://localhost:1"
"""Nobody listens on that port: the site itself does not run in these tests."""

SET_UP = """
from django.contrib.auth import get_user_model
from wagtail.models import Site
from innerbalance.housekeeping.models import HousekeepingRun
from django.utils import timezone
Site.objects.update(hostname="localhost", port=1)
get_user_model().objects.create_superuser("owner", "owner@practice.test", "a-password-of-no-use-elsewhere")
HousekeepingRun.objects.create(job="publish-scheduled", started_at=timezone.now(), finished_at=timezone.now())
"""


def production_environment(var: Path, *, mail_port: int, name_server_port: int = 1) -> dict[str, str]:
    """Everything that a good installation's `.env` says, with secrets of its own."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "innerbalance.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "HASH_KEYS": secrets.token_urlsafe(60),
        "INTAKE_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": SITE,
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var / 'site.sqlite3'}",
        "MEDIA_ROOT": str(var / "media"),
        "KEPT_PAGES_DIR": str(var / "kept"),
        "TRUSTED_PROXIES": "1",
        "BACKUP_RECIPIENT": str(pyrage.x25519.Identity.generate().to_public()),
        "MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "DEFAULT_FROM_EMAIL": "Practice <office@practice.test>",
        "NAME_SERVER_PORT": str(name_server_port),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(*command: str, env: dict[str, str], seconds: int = 120) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, *command], env=env, capture_output=True, text=True, timeout=seconds)


class Installation:
    """A copy of `template` (made by `make_template`) at `var`; `env` is changed to break it."""

    def __init__(self, template: Path, var: Path, env: dict[str, str]) -> None:
        shutil.copytree(template, var)
        self.var, self.env = var, env
        var.chmod(0o750)
        with sqlite3.connect(self.database) as opened:
            moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
            opened.execute("UPDATE housekeeping_housekeepingrun SET started_at = ?, finished_at = ?", (moment, moment))
        opened.close()

    @property
    def database(self) -> Path:
        return self.var / "site.sqlite3"

    def sql(self, statement: str, *values: object) -> None:
        with sqlite3.connect(self.database) as opened:
            opened.execute(statement, values)
        opened.close()

    def doctor(self, *arguments: str) -> tuple[int, str]:
        """(exit code, what it said)"""
        done = run("tests/operations/doctor_process.py", *arguments, env=self.env)
        return done.returncode, done.stdout + done.stderr


def make_template(var: Path, static: Path) -> None:
    """The folders, a migrated database with an owner, and the static files."""
    for folder in (var, var / "media", var / "kept"):
        folder.mkdir(mode=0o750)
    env = production_environment(var, mail_port=1) | {"STATIC_ROOT": str(static)}
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "--verbosity", "0"]):
        done = run("manage.py", *command, env=env, seconds=300)
        assert done.returncode == 0, done.stderr
    done = run("manage.py", "shell", "--no-imports", "-c", SET_UP, env=env)
    assert done.returncode == 0, done.stderr
