"""Every pair of colours that stands on each other, measured from the stylesheet itself.

WCAG 2.2: 4.5:1 for text (1.4.3), 7:1 where we promise more, 3:1 for the edges of controls
and for focus (1.4.11). A token changed in tokens.css is measured here in both schemes.
"""

import math
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "innerbalance/static/css/tokens.css"
COLOUR = re.compile(r"--([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);")

SURFACES = [
    "surface",
    "surface-raised",
    "surface-sunk",
    "surface-agave",
    "surface-ocotillo",
]
TEXT = [(ink, on, 7.0) for ink in ("ink", "ink-soft") for on in SURFACES]
TEXT += [(ink, on, 4.5) for ink in ("accent", "accent-strong", "ocotillo") for on in SURFACES]
TEXT += [
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5),
    ("on-blossom", "blossom", 4.5),
    ("on-dusk", "dusk", 7.0),
    ("on-dusk-soft", "dusk", 7.0),
    ("on-agave", "agave", 7.0),
]
EDGES = [("line-strong", on, 3.0) for on in ("surface", "surface-raised")]
EDGES += [
    ("accent", "surface", 3.0),
    ("blossom", "dusk", 3.0),
    ("blossom", "agave", 3.0),
]


def _schemes() -> dict[str, dict[str, tuple[float, float, float]]]:
    """The colours of each scheme as (lightness, chroma, hue), dark laid over light."""
    light_text, dark_text = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
    light = {name: tuple(map(float, lch)) for name, *lch in COLOUR.findall(light_text)}
    dark = {name: tuple(map(float, lch)) for name, *lch in COLOUR.findall(dark_text)}
    return {"light": light, "dark": light | dark}


def _luminance(lch: tuple[float, float, float]) -> float:
    """Relative luminance of an OKLCH colour clipped to sRGB (Björn Ottosson's matrices)."""
    lightness, chroma, hue = lch
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    dark, light = sorted([_luminance(one), _luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_knows_black_and_white() -> None:
    assert _contrast((0.0, 0.0, 0.0), (1.0, 0.0, 0.0)) == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "on", "least"), TEXT + EDGES)
def test_colours_have_contrast(scheme: str, ink: str, on: str, least: float) -> None:
    colours = _schemes()[scheme]
    assert _contrast(colours[ink], colours[on]) >= least
