"""What is promised, what was measured, and the arithmetic between: medians of ratios that were taken round by round."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Target:
    """One promise. `must` and `goal` are ratios; `at_least`: more is better, else less is."""

    key: str
    label: str
    must: float
    goal: float
    at_least: bool

    def met(self, value: float, limit: float) -> bool:
        return value >= limit if self.at_least else value <= limit


TARGETS = (
    Target("warm_to_static", "kept article / plain file, requests a second", 0.90, 0.98, True),
    Target("app_to_static", "application alone, warm / plain file", 0.25, 0.35, True),
    Target("cold_cpu_to_minimal", "processor time, just published / minimal site", 0.5, 0.35, False),
    Target("posts_sqlite_to_postgresql", "form posts, SQLite / PostgreSQL, no 5xx", 0.8, 0.9, True),
    Target("list_10000_to_100", "list, 10,000 / 100 posts", 1.3, 1.1, False),
    Target("search_10000_to_100", "search, 10,000 / 100 posts", 3, 1.5, False),
    Target("memory_to_minimal", "memory, whole stack / minimal site", 0.9, 0.6, False),
)


@dataclass(frozen=True)
class Spread:
    """A median with the least and the most of what it stands for."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Raises StatisticsError for no values."""
        return cls(statistics.median(values), min(values), max(values))


def ratios(above: Sequence[float], below: Sequence[float]) -> Spread:
    """The spread of `above / below` by rounds: what disturbs a whole round stands on both sides of its ratio.

    Raises ValueError when the rounds are not the same number or one of them is not positive.
    """
    if any(value <= 0 for value in (*above, *below)):
        raise ValueError("a round measured nothing")
    return Spread.of([one / other for one, other in zip(above, below, strict=True)])


@dataclass
class Findings:
    """What a run gathers. A figure stands in `ratios` or its reason in `reasons`, never both."""

    ratios: dict[str, Spread] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    """What keeps a measured figure from counting as met, whatever its value."""

    raw: list[tuple[str, str]] = field(default_factory=list)
    extra: dict[str, float] = field(default_factory=dict)

    def tell(self, name: str, words: str) -> None:
        """Keep one raw figure, and show it at once: a run takes minutes."""
        self.raw.append((name, words))
        print(f"  {name}: {words}", flush=True)
