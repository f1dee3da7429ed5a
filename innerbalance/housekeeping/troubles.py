"""How a job says what is wrong in words that staff may read."""


class PlainTrouble(Exception):
    """A job could not do its work; `str()` is one or two plain sentences without anybody's content or secrets."""
