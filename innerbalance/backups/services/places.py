"""Where finished archives lie: a folder, or object storage that speaks S3."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from innerbalance.backups.services import BackupFailed


class Place(Protocol):
    where: str
    """For people, without any secret."""

    def sizes(self) -> Mapping[str, int]:
        """Name -> bytes of what is there."""
        ...

    def take(self, path: Path) -> None:
        """Take over a finished file under its name; `path` is gone afterwards. Raises BackupFailed."""
        ...

    def delete(self, name: str) -> None: ...


class FolderPlace:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.where = str(folder)

    def sizes(self) -> Mapping[str, int]:
        return {path.name: path.stat().st_size for path in self.folder.iterdir() if path.is_file()}

    def take(self, path: Path) -> None:
        path.replace(self.folder / path.name.removeprefix(DRAFT))
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)


class BucketPlace:
    """s3://bucket/folder?endpoint=https://host; the keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."""

    def __init__(self, url: str) -> None:
        from storages.backends.s3 import S3Storage

        parts = urlsplit(url)
        if parts.scheme != "s3" or not parts.hostname:
            raise BackupFailed(_("BACKUP_URL must look like s3://bucket/folder?endpoint=https://storage.example."))
        endpoint = parse_qs(parts.query).get("endpoint", [None])[0]
        self.where = f"s3://{parts.hostname}{parts.path}"
        self.storage = S3Storage(
            bucket_name=parts.hostname,
            location=parts.path.strip("/"),
            endpoint_url=endpoint,
            default_acl=None,
            querystring_auth=True,
            file_overwrite=True,
        )

    def sizes(self) -> Mapping[str, int]:
        return {name: self.storage.size(name) for name in self.storage.listdir("")[1]}

    def take(self, path: Path) -> None:
        name = path.name.removeprefix(DRAFT)
        size = path.stat().st_size
        try:
            with open(path, "rb") as content:
                self.storage.save(name, File(content))
            if self.storage.size(name) != size:
                raise BackupFailed(_("The storage holds another size than was sent."))
        except BackupFailed:
            raise
        except Exception as error:
            # Whatever the storage's library raises: a name that does not resolve, a key that is refused.
            raise BackupFailed(
                _("The storage %(where)s did not take the backup (%(why)s).")
                % {"where": self.where, "why": type(error).__name__}
            ) from error
        finally:
            path.unlink(missing_ok=True)

    def delete(self, name: str) -> None:
        self.storage.delete(name)


DRAFT = ".unfinished-"
"""What a file is called until it is whole and on the disk."""


def place() -> Place:
    """As the settings say. Raises BackupFailed."""
    return BucketPlace(settings.BACKUP_URL) if settings.BACKUP_URL else FolderPlace(workshop())


def workshop() -> Path:
    """The folder on this machine in which archives are written. Raises BackupFailed."""
    folder = Path(settings.BACKUP_DIR)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BackupFailed(
            _("The folder %(folder)s can't be made: %(why)s.") % {"folder": folder, "why": error.strerror}
        ) from error
    return folder


def free_bytes() -> int:
    return shutil.disk_usage(workshop()).free
