"""What a check of the installation says: one plain sentence, and how bad it is."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    GOOD = "good"
    NOT_CHECKED = "not checked"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """`text` holds no secret and nothing that readers wrote: it is printed, shown to owners and sent by email."""

    level: Level
    text: str


def good(text: str) -> Finding:
    return Finding(Level.GOOD, text)


def not_checked(text: str) -> Finding:
    """With the reason in `text`."""
    return Finding(Level.NOT_CHECKED, text)


def warning(text: str) -> Finding:
    """Worth mending; the site does its work."""
    return Finding(Level.WARNING, text)


def fault(text: str) -> Finding:
    """Something is lost, late or unsafe until a person mends it; with what to do about it."""
    return Finding(Level.FAULT, text)
