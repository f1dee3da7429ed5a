"""One archive: a tar, compressed, encrypted to a public key (age), written and read as a stream.

Nothing of it is ever on the disk in the clear. The manifest is its last member and names the SHA-256 of every other;
age itself notices what was cut off or changed. Its seal (a keyed hash) says which site made it.
"""

import errno
import hashlib
import io
import json
import os
import tarfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyrage
from django.utils.translation import gettext as _

from innerbalance.backups.services import BackupFailed, RestoreRefused
from innerbalance.security.keyed_hash import keyed_hash, keyed_hashes

MANIFEST = "manifest.json"
SEAL = "backups.manifest"
COMPRESSION = 6


class Writer:
    """What is being written; `add` the parts, then `finish` with the manifest."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        self.parts[name] = hashlib.sha256(content).hexdigest()
        self._add(name, content)

    def finish(self, manifest: dict[str, Any]) -> None:
        whole = manifest | {"parts": self.parts}
        text = json.dumps(whole, sort_keys=True)
        sealed = {"manifest": text, "seal": keyed_hash(SEAL, text)}
        self._add(MANIFEST, json.dumps(sealed).encode())

    def _add(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        self._tar.addfile(member, io.BytesIO(content))


class _Sink:
    """An unbuffered file that remembers why it could not be written: the encryption passes on only words."""

    def __init__(self, file: io.FileIO) -> None:
        self.file = file
        self.error: OSError | None = None

    def write(self, content: bytes) -> int:
        try:
            written = 0
            while written < len(content):
                written += self.file.write(content[written:])
            return written
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Nothing is held back."""


@contextmanager
def writing(path: Path, *, recipient: str) -> Iterator[Writer]:
    """A new file at `path`, on the disk when this ends; there is none when it raises. Raises BackupFailed."""
    public = read_recipient(recipient)
    try:
        with io.FileIO(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            sink = _Sink(file)
            try:
                yield from _into(sink, public)
                os.fsync(file.fileno())
            except OSError as error:
                raise BackupFailed(_why_not_written(sink.error or error)) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _into(sink: _Sink, public: pyrage.x25519.Recipient) -> Iterator[Writer]:
    read_end, write_end = os.pipe()
    failed: list[Exception] = []

    def encrypt() -> None:
        with open(read_end, "rb") as source:
            try:
                pyrage.encrypt_io(source, sink, [public])
            except Exception as error:
                failed.append(error)

    thread = threading.Thread(target=encrypt, name="encrypt")
    thread.start()
    pipe = open(write_end, "wb")  # noqa: SIM115 -- closed below, before the thread is waited for
    try:
        with tarfile.open(fileobj=pipe, mode="w|gz", compresslevel=COMPRESSION) as tar:
            yield Writer(tar)
    except BrokenPipeError as error:
        raise sink.error or error from None
    finally:
        with suppress(BrokenPipeError):
            pipe.close()
        thread.join()
    if failed:
        raise sink.error or OSError(str(failed[0]))


def _why_not_written(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return _("The disk is full. What had been written was removed.")
    return _("The backup could not be written: %(why)s.") % {"why": error.strerror or type(error).__name__}


def read_recipient(text: str) -> pyrage.x25519.Recipient:
    """Raises BackupFailed, which says how to get one."""
    if not text:
        raise BackupFailed(
            _(
                "There is no key to encrypt backups to. Run “manage.py backup_key”: it makes a pair of keys, "
                "prints the secret one for the practice's safe, and says which line belongs into .env."
            )
        )
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise BackupFailed(
            _("BACKUP_RECIPIENT is no public age key (age1…). “manage.py backup_key” makes one.")
        ) from None


def read_identity(text: str) -> pyrage.x25519.Identity:
    """The secret key out of a file's text, comments left out. Raises RestoreRefused."""
    for line in text.splitlines():
        if line.strip().startswith("AGE-SECRET-KEY-"):
            with suppress(pyrage.IdentityError):
                return pyrage.x25519.Identity.from_str(line.strip())
    raise RestoreRefused(_("The key file holds no secret age key (a line that begins with AGE-SECRET-KEY-)."))


def members(path: Path, identity: pyrage.x25519.Identity) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each part, in order, the manifest last. Raises RestoreRefused."""
    read_end, write_end = os.pipe()
    failed: list[Exception] = []

    def decrypt() -> None:
        with open(path, "rb") as source, suppress(BrokenPipeError), open(write_end, "wb") as target:
            try:
                pyrage.decrypt_io(source, target, [identity])
            except Exception as error:
                failed.append(error)

    thread = threading.Thread(target=decrypt, name="decrypt")
    thread.start()
    broken: Exception | None = None
    try:
        with open(read_end, "rb") as source:
            try:
                with tarfile.open(fileobj=source, mode="r|gz") as tar:
                    for member in tar:
                        file = tar.extractfile(member)
                        if file is not None:
                            yield member.name, file.read()
                # To its very end: only then has age seen that nothing was cut off.
                while source.read(1 << 16):
                    pass
            except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
                broken = error
    finally:
        thread.join()
    if failed:
        raise RestoreRefused(_why_not_read(failed[0])) from None
    if broken:
        raise RestoreRefused(_("This is no backup of this software. Nothing was changed.")) from broken


def _why_not_read(error: Exception) -> str:
    if not isinstance(error, pyrage.DecryptError):
        return _("The archive is damaged: it was cut short or changed. Nothing was changed here. Take another one.")
    if "matching keys" in str(error):
        return _("This key does not open the archive: it was encrypted to another one. Nothing was changed.")
    return _("This is no archive that “manage.py backup” made, or its beginning is damaged. Nothing was changed.")


def verify(path: Path, identity: pyrage.x25519.Identity, *, kind: str) -> dict[str, Any]:
    """Read all of it and compare every checksum; the manifest. Raises RestoreRefused.

    `kind`: what the archive must hold, "site" or "keys".
    """
    found: dict[str, str] = {}
    sealed: bytes | None = None
    for name, content in members(path, identity):
        if name == MANIFEST:
            sealed = content
        else:
            found[name] = hashlib.sha256(content).hexdigest()
    if sealed is None:
        raise RestoreRefused(_("This is no backup of this software: it has no manifest. Nothing was changed."))
    manifest = _read_manifest(sealed)
    if manifest.get("kind") != kind:
        raise RestoreRefused(
            _("This archive holds “%(found)s”, and “%(wanted)s” is needed here. Nothing was changed.")
            % {"found": manifest.get("kind"), "wanted": kind}
        )
    if manifest["parts"] != found:
        raise RestoreRefused(_("The parts of the archive do not match its manifest. Nothing was changed."))
    return manifest


def _read_manifest(sealed: bytes) -> dict[str, Any]:
    try:
        envelope = json.loads(sealed)
        text, seal = envelope["manifest"], envelope["seal"]
        manifest = json.loads(text)
    except (ValueError, KeyError, TypeError):
        raise RestoreRefused(_("The archive's manifest can't be read. Nothing was changed.")) from None
    if seal not in keyed_hashes(SEAL, text):
        raise RestoreRefused(
            _(
                "This backup was made by another site, or HASH_KEYS is not what it was then. Put the practice's "
                "secrets from the safe in place first. Nothing was changed."
            )
        )
    return manifest
