"""The colours of tokens.css, and what they are in sRGB."""

import math
import re
from pathlib import Path

TOKENS = Path(__file__).parents[2] / "innerbalance/static/css/tokens.css"
COLOUR = re.compile(r"--([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);")
Oklch = tuple[float, float, float]


def schemes() -> dict[str, dict[str, Oklch]]:
    """The colours of each scheme as (lightness, chroma, hue), dark laid over light."""
    light_text, dark_text = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
    light = {name: tuple(map(float, lch)) for name, *lch in COLOUR.findall(light_text)}
    dark = {name: tuple(map(float, lch)) for name, *lch in COLOUR.findall(dark_text)}
    return {"light": light, "dark": light | dark}


def linear_rgb(lch: Oklch) -> tuple[float, float, float]:
    """An OKLCH colour clipped to sRGB, in linear light from 0 to 1 (Björn Ottosson's matrices)."""
    lightness, chroma, hue = lch
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return tuple(min(1.0, max(0.0, channel)) for channel in (red, green, blue))


def luminance(lch: Oklch) -> float:
    """Relative luminance as WCAG 2 defines it."""
    red, green, blue = linear_rgb(lch)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def hex_colour(lch: Oklch) -> str:
    """`#rrggbb`, for mails: their programs know no oklch()."""
    steps = (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in linear_rgb(lch))
    return "#" + "".join(f"{round(255 * step):02x}" for step in steps)
