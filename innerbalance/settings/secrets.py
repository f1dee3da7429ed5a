"""Rules for the secrets a production start needs. Plain Python, so that a test can walk them."""

import base64
import binascii
import re

SHORTEST_SECRET = 50
"""Characters; Django's own deployment check (security.W009) asks for 50."""

FEWEST_DIFFERENT = 10
ENCRYPTION_KEY_BYTES = 32
EXAMPLE = re.compile(
    r"change[-_ ]?me|change[-_ ]?this|replace[-_ ]?(me|this)|your[-_ ]|example|placeholder", re.IGNORECASE
)
MAKE_ONE = "make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
MAKE_ENCRYPTION_KEY = (
    "make one with: python -c 'import base64, secrets; "
    "print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'"
)


def problems_with_secrets(
    *, secret_key: str, hash_keys: list[str], intake_keys: list[str], allowed_hosts: list[str]
) -> list[str]:
    """One sentence for each thing that stands in the way of a safe start; empty when there is none.

    No sentence contains a secret's value: start-up errors end up in logs.
    """
    problems = []
    if why := _weakness(secret_key):
        problems.append(f"SECRET_KEY {why}; {MAKE_ONE}")
    if not hash_keys:
        problems.append(f"HASH_KEYS is missing; {MAKE_ONE}")
    for number, key in enumerate(hash_keys, start=1):
        if why := _weakness(key):
            problems.append(f"HASH_KEYS, key {number}, {why}; {MAKE_ONE}")
    if not intake_keys:
        problems.append(f"INTAKE_KEYS is missing; {MAKE_ENCRYPTION_KEY}")
    for number, key in enumerate(intake_keys, start=1):
        if why := _encryption_key_weakness(key):
            problems.append(f"INTAKE_KEYS, key {number}, {why}; {MAKE_ENCRYPTION_KEY}")
    every = [secret_key, *hash_keys, *intake_keys]
    if len(set(every)) != len(every):
        problems.append("SECRET_KEY, HASH_KEYS and INTAKE_KEYS share a value; each needs one of its own")
    if not allowed_hosts:
        problems.append("ALLOWED_HOSTS is missing; name the site's host, for example ALLOWED_HOSTS=www.example.org")
    elif "*" in allowed_hosts:
        problems.append("ALLOWED_HOSTS is *, which answers to any name; name the site's host")
    return problems


def _weakness(secret: str) -> str:
    if not secret:
        return "is missing"
    if "insecure" in secret:
        return "is the one from the development settings, which everybody knows"
    if EXAMPLE.search(secret):
        return "looks like an example's value, which everybody knows"
    if len(secret) < SHORTEST_SECRET:
        return f"is too short ({len(secret)} characters, at least {SHORTEST_SECRET} are needed)"
    if len(set(secret)) < FEWEST_DIFFERENT:
        return "is too simple (almost the same character throughout)"
    return ""


def _encryption_key_weakness(key: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(key)
    except (binascii.Error, ValueError):
        return "is not base64"
    if b"insecure" in raw:
        return "is the one from the development settings, which everybody knows"
    if len(raw) != ENCRYPTION_KEY_BYTES:
        return f"has {len(raw)} bytes instead of {ENCRYPTION_KEY_BYTES}"
    if len(set(raw)) < FEWEST_DIFFERENT:
        return "is too simple (almost the same byte throughout)"
    return ""
