"""Phone numbers are kept in E.164 (+14805550100) and read in whatever form people write them."""

import phonenumbers
from django.core.exceptions import ValidationError

HOME_REGION = "US"


def clean_phone(text: str) -> str:
    """`text` in E.164, empty text as it is. Raises ValidationError with words for the person who typed it."""
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException as error:
        raise ValidationError("That does not look like a phone number. Write it like (480) 555-0100.") from error
    if not phonenumbers.is_possible_number(number):
        raise ValidationError("That number has too few or too many digits. Write it like (480) 555-0100.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
