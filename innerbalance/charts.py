"""Where the marks of a chart stand, in units of its viewBox. The template draws them; no style attribute is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

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
class Frame:
    """What every chart with two axes has."""

    up: list[Tick]
    along: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    label_y: int = HEIGHT - 8


@dataclass(frozen=True, kw_only=True)
class Columns(Frame):
    """Upright bars, one for each label."""

    bars: list[Bar]


@dataclass(frozen=True, kw_only=True)
class Pairs(Frame):
    """Two upright bars side by side for each label."""

    firsts: list[Bar]
    seconds: list[Bar]


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Lines(Frame):
    """Two lines over the labels; a label without a value breaks them. The paths are SVG path data."""

    solid_path: str
    dashed_path: str
    solid_dots: list[Dot]
    dashed_dots: list[Dot]


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


def columns(labels: Sequence[str], values: Sequence[int], *, words: str = "{label}: {value}") -> Columns:
    """`words`: what a bar says when pointed at."""
    top = nice_top(values)
    bars = _bars(labels, values, top=top, begin=0.15, share=0.7, words=words)
    return Columns(bars=bars, up=up_ticks(top, whole=True), along=along_ticks(labels))


def pairs(
    labels: Sequence[str], firsts: Sequence[int], seconds: Sequence[int], *, first_words: str, second_words: str
) -> Pairs:
    """`first_words` and `second_words`: what a bar says when pointed at, with {label} and {value}."""
    top = nice_top([*firsts, *seconds])
    return Pairs(
        firsts=_bars(labels, firsts, top=top, begin=0.14, share=0.34, words=first_words),
        seconds=_bars(labels, seconds, top=top, begin=0.52, share=0.34, words=second_words),
        up=up_ticks(top, whole=True),
        along=along_ticks(labels),
    )


def lines(
    labels: Sequence[str],
    solid: Sequence[float | None],
    dashed: Sequence[float | None],
    *,
    solid_words: str,
    dashed_words: str,
) -> Lines:
    """`solid_words` and `dashed_words`: what a dot says when pointed at, with {label} and {value}."""
    top = nice_top([value for value in (*solid, *dashed) if value is not None])
    solid_dots = _dots(labels, solid, top=top, words=solid_words)
    dashed_dots = _dots(labels, dashed, top=top, words=dashed_words)
    return Lines(
        solid_path=_path(solid_dots),
        dashed_path=_path(dashed_dots),
        solid_dots=[dot for dot in solid_dots if dot],
        dashed_dots=[dot for dot in dashed_dots if dot],
        up=up_ticks(top),
        along=along_ticks(labels),
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


def nice_top(values: Sequence[float]) -> float:
    """Where an axis ends: the next 1, 2, 5 or 10 times a power of ten; at least 1."""
    highest = max(values, default=0)
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power >= highest:
                return step * power
        power *= 10


def y_of(value: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)


def middle_of(number: int, count: int) -> float:
    """The x of the middle of slot `number` of `count`."""
    return round(LEFT + _slot(count) * (number + 0.5), 1)


def up_ticks(top: float, *, whole: bool = False) -> list[Tick]:
    """Bottom, middle and top. `whole`: what is counted has no halves, so there is no middle that is one."""
    halves = [0, top / 2, top] if top > 1 else [0, top]
    if whole and (top / 2) % 1:
        halves = [0, top]
    return [Tick(at=y_of(value, top), words=f"{value:g}" if value < 10**5 else f"{value:,.0f}") for value in halves]


def along_ticks(labels: Sequence[str]) -> list[Tick]:
    """As many labels as there is room for; the last one always."""
    every = -(-len(labels) // LABELS_AT_MOST) or 1
    return [
        Tick(at=middle_of(number, len(labels)), words=label)
        for number, label in enumerate(labels)
        if (len(labels) - 1 - number) % every == 0
    ]


def _slot(count: int) -> float:
    return (WIDTH - LEFT - RIGHT) / max(count, 1)


def _bars(
    labels: Sequence[str], values: Sequence[int], *, top: float, begin: float, share: float, words: str
) -> list[Bar]:
    """`begin` and `share`: where in its slot a bar begins, and how much of the slot is its own."""
    slot = _slot(len(values))
    return [
        Bar(
            x=round(LEFT + slot * (number + begin), 1),
            y=y_of(value, top),
            width=round(slot * share, 1),
            height=round(HEIGHT - BOTTOM - y_of(value, top), 1),
            words=words.format(label=label, value=value),
        )
        for number, (label, value) in enumerate(zip(labels, values, strict=True))
    ]


def _dots(labels: Sequence[str], values: Sequence[float | None], *, top: float, words: str) -> list[Dot | None]:
    return [
        None
        if value is None
        else Dot(middle_of(number, len(values)), y_of(value, top), words.format(label=label, value=value))
        for number, (label, value) in enumerate(zip(labels, values, strict=True))
    ]


def _path(dots: Sequence[Dot | None]) -> str:
    parts, drawing = [], False
    for dot in dots:
        if dot is not None:
            parts.append(f"{'L' if drawing else 'M'}{dot.x:g} {dot.y:g}")
        drawing = dot is not None
    return " ".join(parts)
