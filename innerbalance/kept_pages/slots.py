"""Time as folder names: a finished page can be reached only under the names of moments for which it is true.

A long slot is 1000 seconds, a short one 10. The web server makes both names from its clock and looks for the long one
first. What is true until a moment gets long slots as far as they fit and short ones for the rest; after that moment
there is no name, so nothing needs to be running for a page to end on time.
"""

LONG = 1000
"""Seconds; the web server's name for it is Unix time without its last three digits."""

SHORT = 10
"""Seconds; the web server's name for it is Unix time without its last digit."""

LENGTHS = {len(str(1_700_000_000 // length)): length for length in (LONG, SHORT)}
"""Digits of a name -> seconds of its slot; right until the year 2286."""


def names_at(moment: float) -> tuple[str, str]:
    """The long and the short name of `moment` (Unix time)."""
    second = int(moment)
    return str(second // LONG), str(second // SHORT)


def names_between(start: float, end: float, *, long: bool = True) -> list[str]:
    """Names that together cover from `start` until `end` (Unix time) and nothing after `end`."""
    first, last = int(start), int(end)
    names = []
    if long:
        slots = range(first // LONG, last // LONG)
        names += [str(slot) for slot in slots]
        first = max(first, slots.stop * LONG) if slots else first
    return names + [str(slot) for slot in range(first // SHORT, last // SHORT)]


def end_of(name: str) -> int:
    """When the slot of that name is over (Unix time). Raises ValueError or KeyError for what is no name."""
    length = LENGTHS[len(name)]
    return (int(name) + 1) * length
