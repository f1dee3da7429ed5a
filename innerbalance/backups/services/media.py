"""Uploaded pictures and documents, wherever the site keeps them."""

from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def names() -> Iterator[str]:
    """Every file, folder by folder."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            folders, files = default_storage.listdir(folder)
        except FileNotFoundError:  # nothing was uploaded yet
            continue
        prefix = f"{folder}/" if folder else ""
        waiting += [f"{prefix}{name}" for name in sorted(folders) if name]
        yield from (f"{prefix}{name}" for name in sorted(files) if name)


def size() -> int:
    """Bytes of all of them, as far as the storage can say."""
    total = 0
    for name in names():
        try:
            total += default_storage.size(name)
        except OSError:  # deleted meanwhile
            continue
    return total


def read(name: str) -> bytes | None:
    """None when it was deleted meanwhile."""
    try:
        with default_storage.open(name, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def write(name: str, content: bytes) -> None:
    """Put it back under its name, whatever was there."""
    if default_storage.exists(name):
        default_storage.delete(name)
    if (taken := default_storage.save(name, ContentFile(content))) != name:
        raise OSError(f"{name} was stored as {taken}")
