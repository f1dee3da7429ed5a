"""What the rest of the site may ask about offices and their hours, whoever answers.

The locations app answers in this project; settings.OFFICE_DIRECTORY names it, so nobody imports it.
Every moment is an aware datetime; office ids are primary keys of the office's page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Office:
    """One office as others need to know it; `phone` in E.164, `url` is the page's path."""

    id: int
    slug: str
    name: str
    phone: str
    time_zone: ZoneInfo
    url: str
    address_lines: tuple[str, ...]


class OfficeDirectory(Protocol):
    """Answers about all published offices. `office_id` that is unknown raises KeyError."""

    def offices(self) -> list[Office]: ...

    def is_open(self, office_id: int, at: datetime) -> bool:
        """Whether the front office answers the phone at `at`."""
        ...

    def open_time_between(self, office_id: int, start: datetime, end: datetime) -> timedelta: ...

    def add_open_time(self, office_id: int, after: datetime, amount: timedelta) -> datetime | None:
        """The first moment by which `amount` of open time has passed after `after`; None if there is none."""
        ...

    def hours_sentence(self, office_id: int, now: datetime) -> str:
        """For people: "Open now until 3 pm", "Opens Monday at 9 am"."""
        ...


@cache
def _directory_class(dotted_path: str) -> type[OfficeDirectory]:
    return import_string(dotted_path)


def office_directory() -> OfficeDirectory:
    """The directory that settings.OFFICE_DIRECTORY names; made anew, so that it may keep what it read for one use."""
    return _directory_class(settings.OFFICE_DIRECTORY)()
