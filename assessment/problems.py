"""What stands between a draft and its publication, each at its field in plain words."""

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""From the assessment's field down, as ("scales", 0, "ranges", 1, "low")."""


@dataclass(frozen=True, slots=True)
class Problem:
    path: Path
    message: str


def listed(names: list[str]) -> str:
    """Names as a sentence lists them: "“A”, “B” and “C”"."""
    quoted = [f"“{name}”" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def same(first: str, second: str) -> bool:
    """Whether two names are one to a reader: capitals and spaces at the ends don't count."""
    return first.strip().casefold() == second.strip().casefold()
