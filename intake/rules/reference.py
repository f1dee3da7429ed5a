"""Reference numbers that can be read out on the phone and say nothing about the person."""

import re
import secrets

# No vowels (no words by accident), and nothing that looks or sounds like another sign.
ALPHABET = "23456789BCDFGHJKMNPQRTVWXZ"
LENGTH = 8


def new_reference() -> str:
    """A random reference such as `C-7K3Q-M2XZ` (26^8, about 2 * 10^11 of them)."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"C-{letters[:4]}-{letters[4:]}"


def read_reference(text: str) -> str | None:
    """The reference a person typed, however spaced; None when it cannot be one."""
    letters = re.sub(r"[\s\-–.]", "", text).upper()
    if len(letters) == LENGTH + 1 and letters[0] == "C":
        letters = letters[1:]
    if len(letters) != LENGTH or any(letter not in ALPHABET for letter in letters):
        return None
    return f"C-{letters[:4]}-{letters[4:]}"
