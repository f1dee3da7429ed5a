"""The chart of answer times; what it shares with other charts is in `innerbalance.charts`."""

from collections.abc import Sequence
from dataclasses import dataclass

from innerbalance.charts import Frame, along_ticks, middle_of, nice_top, up_ticks, y_of


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Lines(Frame):
    """Two lines over the weeks; a week without a value breaks them. `paths` are SVG path data."""

    median_path: str
    ninetieth_path: str
    medians: list[Dot]
    ninetieths: list[Dot]


def lines(labels: Sequence[str], medians: Sequence[float | None], ninetieths: Sequence[float | None]) -> Lines:
    top = nice_top([value for value in (*medians, *ninetieths) if value is not None])
    middle, late = _dots(labels, medians, top, "median"), _dots(labels, ninetieths, top, "90th percentile")
    return Lines(
        median_path=_path(middle),
        ninetieth_path=_path(late),
        medians=[dot for dot in middle if dot],
        ninetieths=[dot for dot in late if dot],
        up=up_ticks(top),
        along=along_ticks(labels),
    )


def _dots(labels: Sequence[str], values: Sequence[float | None], top: float, what: str) -> list[Dot | None]:
    dots = []
    for number, (label, value) in enumerate(zip(labels, values, strict=True)):
        words = f"Week of {label}: {what} {value} h"
        dots.append(None if value is None else Dot(middle_of(number, len(values)), y_of(value, top), words))
    return dots


def _path(dots: Sequence[Dot | None]) -> str:
    parts, drawing = [], False
    for dot in dots:
        if dot is not None:
            parts.append(f"{'L' if drawing else 'M'}{dot.x:g} {dot.y:g}")
        drawing = dot is not None
    return " ".join(parts)
