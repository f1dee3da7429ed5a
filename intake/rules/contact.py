"""How a person can be reached, in one spelling, so that equal means the same person."""

import re
import unicodedata

NAME, PHONE, EMAIL = "name", "phone", "mail"
"""The kinds of blind index, as they are stored and hashed: they outlive this code."""


def one_spelling(text: str) -> str:
    """Case, width, accents' encoding and spaces made equal; nothing else."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


def email_spelling(text: str) -> str:
    """An email address for comparison. Mailboxes that differ in case only do not exist in life."""
    return one_spelling(text).replace(" ", "")


def search_term(text: str, *, phone: str | None) -> tuple[str, str] | None:
    """What a search text means: (kind of blind index, the spelling to hash); None for nothing.

    A text with `@` is an address, one that can be dialed (`phone`: in E.164, else None) a phone number, anything else
    a name.
    """
    if "@" in text:
        return EMAIL, email_spelling(text)
    if phone:
        return PHONE, phone
    return (NAME, one_spelling(text)) if text.strip() else None


def blind_terms(*, name: str, phone: str, email: str) -> list[tuple[str, str]]:
    """The (kind, spelling) pairs a request is found by: the whole name and each word of it."""
    terms: set[tuple[str, str]] = set()
    whole = one_spelling(name)
    if whole:
        terms.add((NAME, whole))
        terms.update((NAME, word) for word in whole.split(" ") if len(word) > 1)
    if phone:
        terms.add((PHONE, phone.split(";")[0]))
        terms.add((PHONE, phone))
    if email:
        terms.add((EMAIL, email_spelling(email)))
    return sorted(terms)
