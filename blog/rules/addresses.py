"""What the numbers in the addresses of a list mean: which page, which month."""

from datetime import date

OLDEST_YEAR, NEWEST_YEAR = 1970, 2200  # no post is of another; a database may fail at the ends of the calendar
MOST_DIGITS = 9


def page_number(text: str, *, last: int) -> int | None:
    """The page that `?page=` names, 1 to `last`; None for anything else, also for zeros in front or other digits."""
    plain = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and not text.startswith("0")
    return int(text) if plain and int(text) <= last else None


def month_of(year: int, month: int) -> date | None:
    """The first day of a month; None when there is no such month, or none that a post could be of."""
    real = OLDEST_YEAR <= year <= NEWEST_YEAR and 1 <= month <= 12
    return date(year, month, 1) if real else None
