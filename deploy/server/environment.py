"""The environment file: /etc/innerbalance/env, made from deploy/env.example, secrets included."""

import base64
import os
import re
import secrets
from pathlib import Path

LINE = re.compile(r"^#?([A-Z][A-Z0-9_]*)=")


def read(file: Path) -> dict[str, str]:
    """As systemd reads an EnvironmentFile: NAME=value, lines with # are comments. Empty when there is no file."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.split("=", 1) for line in map(str.strip, lines) if "=" in line and not line.startswith("#"))
    return {name: value.strip().strip("\"'") for name, value in pairs}


def filled(example: str, values: dict[str, str]) -> str:
    """The text of `example` with `values` in the lines of their names, and what it does not name at its end."""
    left = dict(values)
    lines = []
    for line in example.splitlines():
        match = LINE.match(line)
        lines.append(f"{match[1]}={left.pop(match[1])}" if match and match[1] in left else line)
    return "\n".join([*lines, *(f"{name}={value}" for name, value in left.items())]) + "\n"


def new_secrets() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "HASH_KEYS": secrets.token_urlsafe(50),
        "INTAKE_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }


def write(file: Path, text: str, owner: tuple[int, int] | None) -> None:
    """Whole or not at all, and from its first moment for its owner alone."""
    new = file.with_name(file.name + ".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)
    if owner:
        os.chown(new, *owner)
    new.replace(file)
