"""Moving everything from an SQLite file to an empty PostgreSQL database, and proving that it arrived.

The tables are copied column by column, as they are stored, and not as models: what a model does not know (a field of
another version, a value that a form would refuse) is moved as well.
"""


class CannotMove(Exception):
    """`str()` says why, for an administrator; without content of any row."""
