"""The demo's four accounts, one for each role, which share a password."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS

ROLE_OF = {"editor": EDITORS, "reviewer": REVIEWERS, "office": OFFICE, "owner": OWNERS}
NAMES = {
    "editor": ("Robin", "Editor"),
    "reviewer": ("June", "Abara"),
    "office": ("Sam", "Office"),
    "owner": ("Kit", "Owner"),
}
CLEAR_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


@dataclass(frozen=True, slots=True)
class Accounts:
    editor: Any
    reviewer: Any
    office: Any
    owner: Any


def make_accounts(password: str) -> Accounts:
    users = {}
    for username, role in ROLE_OF.items():
        first, last = NAMES[username]
        user = get_user_model().objects.create_user(
            username, f"{username}@example.org", password, first_name=first, last_name=last
        )
        user.groups.add(Group.objects.get(name=role))
        users[username] = user
    return Accounts(**users)


def taken_names() -> list[str]:
    """Which of the four names somebody has already."""
    taken = get_user_model().objects.filter(username__in=ROLE_OF).values_list("username", flat=True)
    return sorted(taken)


def new_password() -> str:
    """About 79 bits, in groups that can be typed from a screen."""
    groups = ("".join(secrets.choice(CLEAR_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def password_file() -> Path:
    """Where a password that was made is kept for `make run` to print again; git ignores the folder."""
    return Path(settings.VAR_DIR) / "demo-password"


def keep_password(password: str) -> None:
    file = password_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(f"{password}\n", "utf-8")


def kept_password() -> str:
    """The password that was made here, "" when there is none or it opens no account (any more)."""
    try:
        password = password_file().read_text("utf-8").strip()
    except OSError:
        return ""
    owner = get_user_model().objects.filter(username="owner").first()
    return password if owner and owner.check_password(password) else ""
