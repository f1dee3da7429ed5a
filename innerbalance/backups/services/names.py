"""What archives are called: what is in them, and the moment (UTC) at which they were begun."""

import re
from datetime import UTC, datetime

SITE, KEYS = "site", "keys"
_NAME = re.compile(r"^(site|keys)-(\d{8}T\d{6}Z)\.tar\.gz\.age$")


def site(now: datetime) -> str:
    return _named(SITE, now)


def keys(now: datetime) -> str:
    return _named(KEYS, now)


def _named(kind: str, now: datetime) -> str:
    return f"{kind}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar.gz.age"


def moment(name: str, kind: str) -> datetime | None:
    """When an archive of that kind was begun; None for every other file."""
    found = _NAME.match(name)
    if found is None or found[1] != kind:
        return None
    return datetime.strptime(found[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def keys_beside(site_name: str) -> str:
    """The name of the keys' archive that was made together with a site's."""
    return site_name.replace(SITE, KEYS, 1)
