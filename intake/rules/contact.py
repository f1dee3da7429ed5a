"""How a person can be reached, in one spelling, so that equal means the same person."""

import re
import unicodedata

import phonenumbers

HOME_REGION = "US"


class NotAPhoneNumber(ValueError):
    """Nothing in the text is a telephone number that can be dialled."""


def read_phone(text: str, *, region: str = HOME_REGION) -> str:
    """The number in E.164, with an extension as `;ext=12` (RFC 3966); raises NotAPhoneNumber."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        raise NotAPhoneNumber from None
    if not phonenumbers.is_possible_number(number) or not phonenumbers.is_valid_number(number):
        raise NotAPhoneNumber
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{e164};ext={number.extension}" if number.extension else e164


def phone_words(e164: str, *, region: str = HOME_REGION) -> str:
    """`(480) 555-0134` at home, `+44 20 7946 0958` from abroad."""
    try:
        number = phonenumbers.parse(e164, region)
    except phonenumbers.NumberParseException:
        return e164
    home = phonenumbers.country_code_for_region(region) == number.country_code
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def one_spelling(text: str) -> str:
    """Case, width, accents' encoding and spaces made equal; nothing else."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


def mail_spelling(text: str) -> str:
    """A mail address for comparison. Mailboxes that differ in case only do not exist in life."""
    return one_spelling(text).replace(" ", "")


def search_terms(text: str) -> dict[str, str]:
    """What a search text may mean: kind of blind index -> the spelling to hash.

    A text with `@` is an address, one that dials is a phone number, anything else a name.
    """
    if "@" in text:
        return {"mail": mail_spelling(text)}
    try:
        return {"phone": read_phone(text)}
    except NotAPhoneNumber:
        return {"name": one_spelling(text)} if text.strip() else {}


def blind_terms(*, name: str, phone: str, mail: str) -> list[tuple[str, str]]:
    """The (kind, spelling) pairs a request is found by: the whole name and each word of it."""
    terms: set[tuple[str, str]] = set()
    whole = one_spelling(name)
    if whole:
        terms.add(("name", whole))
        terms.update(("name", word) for word in whole.split(" ") if len(word) > 1)
    if phone:
        terms.add(("phone", phone.split(";")[0]))
        terms.add(("phone", phone))
    if mail:
        terms.add(("mail", mail_spelling(mail)))
    return sorted(terms)
