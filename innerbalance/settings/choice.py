"""Which settings a command runs with. Plain Python: it is asked before Django is there.

On a server no command may guess: with development settings it would find keys that everybody knows, write emails into
files, and say that all went well.
"""

import os
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "DJANGO_SETTINGS_MODULE"
DEVELOPMENT = "innerbalance.settings.dev"
PRODUCTION = "innerbalance.settings.production"
SIGNS_OF_PRODUCTION = ("SECRET_KEY", "HASH_KEYS", "INTAKE_KEYS", "ALLOWED_HOSTS")
"""Variables that only a site for others is given. `make run` and the tests need none of them."""

ENVIRONMENT_FILE = Path(__file__).resolve().parent.parent.parent / ".env"


class NoSettingsChosen(Exception):
    """Its text tells whoever ran the command what to do."""


def choose_settings(environ: Mapping[str, str], file: Path = ENVIRONMENT_FILE) -> str:
    """The settings module: what the environment names, else what `file` (`.env`) names, else development.

    Raises NoSettingsChosen where there is a `.env` that names none or can't be read, and where `environ` holds a
    variable that only production is given.
    """
    if named := environ.get(VARIABLE):
        return named
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        lines = None
    except OSError as error:
        raise NoSettingsChosen(
            f"{file} can't be read ({error.strerror}). Run the command as the site's own user, for example:\n"
            "    sudo -u innerbalance .venv/bin/python manage.py check"
        ) from error
    if lines is not None:
        if named := named_in(lines):
            return named
        raise NoSettingsChosen(
            f"{file} does not say which settings to use. Add one line to it. On a server:\n"
            f"    {VARIABLE}={PRODUCTION}\n"
            f"On your own machine:\n    {VARIABLE}={DEVELOPMENT}"
        )
    if seen := [name for name in SIGNS_OF_PRODUCTION if environ.get(name)]:
        raise NoSettingsChosen(
            f"{' and '.join(seen)} given, as on a server, but not which settings to use. On a server:\n"
            f"    export {VARIABLE}={PRODUCTION}\n"
            "or put all of the variables into a file .env beside manage.py (deploy/env.example)."
        )
    return DEVELOPMENT


def named_in(lines: list[str]) -> str:
    """The last value of the variable in the lines of an environment file; "" when there is none."""
    named = ""
    for line in lines:
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and name.strip() == VARIABLE:
            named = value.strip().strip("\"'")
    return named


def use_chosen_settings() -> None:
    """Put the choice where Django looks for it; ends the program with the reason where there is none."""
    try:
        os.environ[VARIABLE] = choose_settings(os.environ)
    except NoSettingsChosen as error:
        raise SystemExit(f"Nothing was done.\n{error}") from None
