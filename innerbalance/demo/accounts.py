"""The four accounts of the demo, one for each role, and the password they share."""

import os
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when typed from a screen


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    role: str
    first_name: str
    last_name: str


ACCOUNTS = (
    Account("editor", EDITORS, "Robin", "Hale"),
    Account("reviewer", REVIEWERS, "June", "Abara"),
    Account("office", OFFICE, "Sam", "Ortega"),
    Account("owner", OWNERS, "Dana", "Whitlock"),
)


def password_file():
    return settings.VAR_DIR / "demo-password"


def known_password() -> str:
    """The password in the environment, else the one made at an earlier run, else ""."""
    if given := os.environ.get("DEMO_PASSWORD", ""):
        return given
    try:
        return password_file().read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def make_password() -> str:
    """A new password of about 59 bits, kept for the next run in a file that only its owner can read."""
    made = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    file = password_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(made + "\n", encoding="utf-8")
    return made


def create_accounts() -> dict:
    """The accounts by username, each in its group. One that exists stays as it is."""
    User = get_user_model()
    password = known_password() or make_password()
    users = {}
    for account in ACCOUNTS:
        user = User.objects.filter(username=account.username).first()
        if user is None:
            user = User.objects.create_user(
                username=account.username,
                password=password,
                email=f"{account.username}@example.org",
                first_name=account.first_name,
                last_name=account.last_name,
            )
            user.groups.add(Group.objects.get(name=account.role))
        users[account.username] = user
    return users


def describe_accounts() -> list[str]:
    """How to sign in, as lines to print. A password is shown only for accounts that it still opens."""
    password = known_password()
    names = [account.username for account in ACCOUNTS]
    users = {user.username: user for user in get_user_model().objects.filter(username__in=names, is_active=True)}
    rows = []
    for account in ACCOUNTS:
        if user := users.get(account.username):
            opens = bool(password) and user.check_password(password)
            rows.append((account.username, password if opens else "(its own password)", account.role))
    if not rows:
        return ["This site has no demo accounts."]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["Demo accounts:", *(f"  {name:<{widths[0]}}  {shown:<{widths[1]}}  {role}" for name, shown, role in rows)]
