"""`bin/drill`: a site is built, backed up, lost and restored elsewhere, and every promise is compared.

Each step is a process of its own with the environment of one machine, as on a server (deploy/drill_steps.py).
"""

import argparse
import base64
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from drill_postgresql import Server

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgresql")
ENGINES_OWN = {"django_content_type", "auth_permission"}
"""On SQLite the search index has one model more, and so one type and its permissions."""


class Machine:
    """A folder and a database. The secrets in `safe` are what a practice keeps in its safe."""

    def __init__(self, folder: Path, name: str, database_url: str, safe: dict[str, str]) -> None:
        self.folder = folder / name
        self.folder.mkdir()
        self.journal = self.folder / "journal"
        self.backups = self.folder / "backups"
        self.env = (
            os.environ
            | safe
            | {
                "PYTHONPATH": str(ROOT / "deploy"),
                "DJANGO_SETTINGS_MODULE": "innerbalance.settings.production",
                "DATABASE_URL": database_url or f"sqlite:///{self.folder}/site.sqlite3",
                "MEDIA_ROOT": str(self.folder / "media"),
                "JOURNAL_DIR": str(self.journal),
                "BACKUP_DIR": str(self.backups),
                "MAIL_FOLDER": str(self.folder / "mail"),
                "KEPT_PAGES_DIR": "",
                "ALLOWED_HOSTS": "drill.example",
                "NEWSLETTER_MESSAGES_PER_MINUTE": "0",
            }
        )

    def manage(self, *arguments: str) -> str:
        return self._run("manage.py", *arguments)

    def step(self, *arguments: str) -> dict:
        code = "import django; django.setup(); import drill_steps; drill_steps.main()"
        return json.loads(self._run("-c", code, *arguments).splitlines()[-1])

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/drill")
    parser.add_argument("--from", dest="source", choices=ENGINES, default="sqlite")
    parser.add_argument("--to", dest="target", choices=ENGINES, default="postgresql")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--subscribers", type=int, default=2000)
    parser.add_argument("--pictures", type=int, default=20)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="innerbalance-drill-"))
    server = Server(folder) if "postgresql" in {chosen.source, chosen.target} else None
    try:
        return drill(chosen, folder, server)
    finally:
        if server:
            server.close()
        shutil.rmtree(folder, ignore_errors=True)


def drill(chosen: argparse.Namespace, folder: Path, server: Server | None) -> int:
    urls = [
        server.new_database() if server and engine == "postgresql" else "" for engine in (chosen.source, chosen.target)
    ]
    safe = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "HASH_KEYS": secrets.token_urlsafe(50),
        "INTAKE_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }
    began = time.monotonic()
    first = Machine(folder, "first", urls[0], safe)
    identity = make_key(first, safe, folder / "safe-key.txt")
    first.env |= safe

    say(began, f"A site on {chosen.source}: {chosen.requests} requests, {chosen.subscribers} subscribers")
    first.manage("migrate", "--verbosity", "0")
    size = ("--requests", str(chosen.requests), "--subscribers", str(chosen.subscribers))
    first.step("build", *size, "--pictures", str(chosen.pictures))
    first.step("send", "--copies", "50")
    at_backup = first.step("digests")
    say(began, "Backup, with a newsletter half sent")
    print(first.manage("backup").strip(), flush=True)
    say(began, "Then 25 more copies, somebody leaves, somebody is erased, somebody says: by phone only")
    first.step("send", "--copies", "25")
    promised = first.step("promise")
    mail_before = first.step("mail")["sent_to"]

    say(began, f"The machine is lost. Restoring on {chosen.target}")
    second = Machine(folder, "second", urls[1], safe)
    shutil.copytree(first.backups, second.backups)
    shutil.copytree(first.journal, second.journal)
    shutil.rmtree(first.folder)
    archive = max(second.backups.glob("site-*.age"))
    restoring = time.monotonic()
    print(second.manage("restore", str(archive), "--identity", str(identity)).strip(), flush=True)
    minutes = (time.monotonic() - restoring) / 60

    differences = compare(at_backup, second.step("digests"), promised, crossed=chosen.source != chosen.target)
    second.manage("housekeeping")
    if left := second.step("mail")["sent_to"]:
        differences.append(f"Email left before anybody looked: {len(left)}")
    differences += second.step("kept", "--promised", json.dumps(promised))["broken"]
    say(began, "A person has looked: the newsletter goes on")
    second.manage("resume_mail", "--yes")
    second.step("resume")
    second.step("send", "--copies", "1000000")
    differences += compare_mail(mail_before, second.step("mail")["sent_to"], promised, chosen.subscribers)
    for difference in differences:
        print(f"DIFFERS: {difference}")
    print(f"Restored in {minutes:.1f} minutes; the whole drill took {(time.monotonic() - began) / 60:.1f}.")
    print("Every promise was kept." if not differences else f"{len(differences)} differences.")
    return 1 if differences else 0


def say(began: float, what: str) -> None:
    print(f"[{time.monotonic() - began:5.0f} s] {what}", flush=True)


def make_key(machine: Machine, safe: dict[str, str], path: Path) -> Path:
    """The pair of keys, as an owner makes it: the public one to the environment, the secret one to the safe."""
    words = machine.manage("backup_key").split()
    path.write_text(next(word for word in words if word.startswith("AGE-SECRET-KEY-")))
    safe["BACKUP_RECIPIENT"] = next(word for word in words if word.startswith("BACKUP_RECIPIENT=")).partition("=")[2]
    return path


def compare(before: dict, after: dict, promised: dict, *, crossed: bool) -> list[str]:
    """Counts and checksums of every table that no promise touched, and of every file."""
    touched = set(promised["tables"])
    if crossed:
        touched |= ENGINES_OWN
    found = [
        f"{what}: {before.get(what)} became {after.get(what)}"
        for what in sorted(before.keys() | after.keys())
        if before.get(what) != after.get(what) and what not in touched
    ]
    if not touched <= before.keys():
        found.append("A table that promises touch is in no backup.")
    return found


def compare_mail(before: list[str], after: list[str], promised: dict, subscribers: int) -> list[str]:
    """Nobody has two copies, nobody who left has one from the new machine, and everybody else has one."""
    found = []
    if twice := set(before) & set(after):
        found.append(f"{len(twice)} second copies were sent")
    if len(set(after)) != len(after):
        found.append("Somebody got two copies from the new machine")
    if gone := set(after) & set(promised["gone"]):
        found.append(f"Email to {len(gone)} who had left")
    wanted = subscribers - len(set(promised["gone"]) - set(before))
    if len(set(before) | set(after)) != wanted:
        found.append(f"{len(set(before) | set(after))} readers got the newsletter, {wanted} should have")
    return found


if __name__ == "__main__":
    sys.exit(main())
