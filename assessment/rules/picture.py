"""Where a result's picture draws ranges and pairs, in places from 0 to PLACES."""

from dataclasses import dataclass
from fractions import Fraction

from assessment.rules.definition import Definition, Pair
from assessment.rules.scoring import PLACES, round_half_up


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the plane; y is counted downwards."""

    x: int
    y: int
    width: int
    height: int


def borders(definition: Definition, scale: int) -> list[int]:
    """Both ends of the scale's line and, between them, where its ranges meet: half-way between one's last score and
    the next one's first.
    """
    low, high = definition.bounds(scale)
    inner = [
        round_half_up(Fraction((2 * (each.high - low) + 1) * PLACES, 2 * (high - low)))
        for each in definition.scales[scale].ranges[:-1]
    ]
    return [0, *inner, PLACES]


def area(definition: Definition, pair: Pair) -> Area:
    """The plane lays the first scale across and the second upwards, however a pair is written."""
    across, upwards = sorted((pair.first, pair.second))
    left, right = borders(definition, across[0])[across[1] :][:2]
    bottom, top = borders(definition, upwards[0])[upwards[1] :][:2]
    return Area(x=left, y=PLACES - top, width=right - left, height=top - bottom)
