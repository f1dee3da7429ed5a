"""What the scoring rules know of an assessment: labels, items, scales, ranges and pairs.

Plain values only, so that the server and the reader's browser can score from the same data
(``dataclasses.asdict``, as JSON). Texts that play no part in scoring stay with the model.
"""

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """An instrument is a published questionnaire, used with permission."""

    OWN = "own"
    INSTRUMENT = "instrument"


class Method(StrEnum):
    SUM = "sum"
    MEAN = "mean"

    @property
    def ticks(self) -> int:
        """How many steps of the score's grid make one point: whole points or hundredths."""
        return 1 if self is Method.SUM else 100

    def points(self, ticks: int) -> str:
        """Ticks as a person writes them: "12" for a sum, "2.33" for a mean."""
        if self is Method.SUM:
            return str(ticks)
        whole, rest = divmod(abs(ticks), self.ticks)
        return f"{'-' if ticks < 0 else ''}{whole}.{rest:02d}"


class SafetyWhen(StrEnum):
    """From which side of the safety value the crisis line is asked for."""

    FROM = "from"
    UP_TO = "up_to"


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    value: int


@dataclass(frozen=True, slots=True)
class Safety:
    """Compared with the answer as given, never with the reversed one."""

    when: SafetyWhen
    value: int

    def asked_for_by(self, answer: int) -> bool:
        return answer >= self.value if self.when is SafetyWhen.FROM else answer <= self.value


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    scale: int
    reversed: bool = False
    safety: Safety | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """Both ends belong to the range and are counted in ticks of the scale's method."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Scale:
    name: str
    low_end: str
    high_end: str
    method: Method
    missing_percent: int
    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ranges on two scales, each as (scale, range) positions, and the name of both together."""

    first: tuple[int, int]
    second: tuple[int, int]
    name: str


@dataclass(frozen=True, slots=True)
class Definition:
    title: str
    labels: tuple[Label, ...]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    pairs: tuple[Pair, ...] = ()

    @property
    def lowest(self) -> int:
        return min(label.value for label in self.labels)

    @property
    def highest(self) -> int:
        return max(label.value for label in self.labels)

    def items_of(self, scale: int) -> list[int]:
        """Positions of the items that count for the scale."""
        return [position for position, item in enumerate(self.items) if item.scale == scale]

    def bounds(self, scale: int) -> tuple[int, int]:
        """The lowest and highest score that the scale can reach, in ticks."""
        method = self.scales[scale].method
        times = len(self.items_of(scale)) if method is Method.SUM else method.ticks
        return self.lowest * times, self.highest * times
