"""Where the marks of a chart stand, in units of its viewBox. The template draws them; no style attribute is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from intake.reports.figures import nice_top

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 14, 28
LABELS_AT_MOST = 9
ROW, NAME_WIDTH, COUNT_WIDTH = 30, 230, 60


class Counted(Protocol):
    """A line of a table that becomes a bar."""

    label: str
    count: int


@dataclass(frozen=True)
class Tick:
    """A line across at `y` with its words, or words at `x` below."""

    at: float
    words: str


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Columns:
    """Upright bars, one for each week."""

    bars: list[Bar]
    up: list[Tick]
    along: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    label_y: int = HEIGHT - 8


@dataclass(frozen=True)
class Lines:
    """Two lines over the weeks; a week without a value breaks them. `paths` are SVG path data."""

    median_path: str
    ninetieth_path: str
    medians: list[Dot]
    ninetieths: list[Dot]
    up: list[Tick]
    along: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    label_y: int = HEIGHT - 8


@dataclass(frozen=True)
class Row:
    share: Counted
    bar: Bar
    name_y: float
    count_x: float


@dataclass(frozen=True)
class Rows:
    """Lying bars, one for each line of a table."""

    rows: list[Row]
    height: int
    width: int = WIDTH
    name_x: int = NAME_WIDTH - 10


def columns(labels: Sequence[str], values: Sequence[int]) -> Columns:
    top = nice_top(values)
    slot = (WIDTH - LEFT - RIGHT) / max(len(values), 1)
    bars = [
        Bar(
            x=round(LEFT + slot * (number + 0.15), 1),
            y=_y(value, top),
            width=round(slot * 0.7, 1),
            height=round(HEIGHT - BOTTOM - _y(value, top), 1),
            words=f"Week of {label}: {value}",
        )
        for number, (label, value) in enumerate(zip(labels, values, strict=True))
    ]
    return Columns(bars=bars, up=_up(top), along=_along(labels))


def lines(labels: Sequence[str], medians: Sequence[float | None], ninetieths: Sequence[float | None]) -> Lines:
    top = nice_top([value for value in (*medians, *ninetieths) if value is not None])
    middle, late = _dots(labels, medians, top, "median"), _dots(labels, ninetieths, top, "90th percentile")
    return Lines(
        median_path=_path(middle),
        ninetieth_path=_path(late),
        medians=[dot for dot in middle if dot],
        ninetieths=[dot for dot in late if dot],
        up=_up(top),
        along=_along(labels),
    )


def rows(shares: Sequence[Counted]) -> Rows:
    longest = max((share.count for share in shares), default=0) or 1
    room = WIDTH - NAME_WIDTH - COUNT_WIDTH
    drawn = []
    for number, share in enumerate(shares):
        width = round(room * share.count / longest, 1)
        drawn.append(
            Row(
                share=share,
                bar=Bar(x=NAME_WIDTH, y=number * ROW + 5, width=width, height=ROW - 10, words=share.label),
                name_y=number * ROW + ROW / 2 + 4.5,
                count_x=NAME_WIDTH + width + 8,
            )
        )
    return Rows(rows=drawn, height=max(len(shares), 1) * ROW)


def _y(value: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)


def _middle(number: int, count: int) -> float:
    slot = (WIDTH - LEFT - RIGHT) / max(count, 1)
    return round(LEFT + slot * (number + 0.5), 1)


def _up(top: float) -> list[Tick]:
    halves = [0, top / 2, top] if top > 1 else [0, top]
    return [Tick(at=_y(value, top), words=f"{value:g}") for value in halves]


def _along(labels: Sequence[str]) -> list[Tick]:
    every = -(-len(labels) // LABELS_AT_MOST) or 1
    return [
        Tick(at=_middle(number, len(labels)), words=label)
        for number, label in enumerate(labels)
        if (len(labels) - 1 - number) % every == 0
    ]


def _dots(labels: Sequence[str], values: Sequence[float | None], top: float, what: str) -> list[Dot | None]:
    dots = []
    for number, (label, value) in enumerate(zip(labels, values, strict=True)):
        words = f"Week of {label}: {what} {value} h"
        dots.append(None if value is None else Dot(_middle(number, len(values)), _y(value, top), words))
    return dots


def _path(dots: Sequence[Dot | None]) -> str:
    parts, drawing = [], False
    for dot in dots:
        if dot is not None:
            parts.append(f"{'L' if drawing else 'M'}{dot.x:g} {dot.y:g}")
        drawing = dot is not None
    return " ".join(parts)
