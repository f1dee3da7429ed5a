"""Backups made and restored in the test database, whichever engine it is on."""

from pathlib import Path

import pyrage
from django.conf import settings
from django.utils import timezone

from innerbalance.backups.services import making
from innerbalance.backups.services.restoring import Restored, restore
from tests import pristine_database


def new_identity() -> str:
    """A pair of keys: the settings get the public one."""
    identity = pyrage.x25519.Identity.generate()
    settings.BACKUP_RECIPIENT = str(identity.to_public())
    return str(identity)


def backup(*, now=None) -> tuple[Path, Path]:
    """The site's archive and the keys'."""
    made = making.make(now=now or timezone.now())
    folder = Path(settings.BACKUP_DIR)
    return folder / made.name, folder / made.keys_name


def lose_the_database() -> None:
    """As a machine is that was only migrated."""
    pristine_database.put_back()


def bring_back(archives: tuple[Path, Path], identity: str) -> Restored:
    lose_the_database()
    return restore(site=archives[0], keys=archives[1], identity=identity, now=timezone.now())
