"""A small drawing board on Pillow: smooth shapes, soft light and shadow, drawn large, then halved.

Coordinates are those of the finished picture, in pixels, from the top left corner. Colours are
"#rrggbb".
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Sequence

from PIL import Image, ImageColor, ImageDraw, ImageFilter

Point = tuple[float, float]
Colours = str | Sequence[str]  # one colour, or from top to bottom

OVERSAMPLING = 2
BLUR_REDUCTION = 4  # a blurred mask carries no detail, so it is made at a quarter of the size


class Canvas:
    def __init__(self, width: int, height: int, ground: Colours) -> None:
        self.width, self.height = width, height
        self.image = self._fill(ground, (0, 0, width, height)).resize(self._size())

    def shape(
        self,
        points: Iterable[Point],
        colours: Colours,
        *,
        alpha: float = 1.0,
        blur: float = 0,
        inside: Iterable[Point] | None = None,
    ) -> None:
        """Fill a polygon; `inside` is a second polygon that it may not leave."""
        mask = self._mask(list(points), blur)
        if inside is not None:
            blank = Image.new("L", mask.size, 0)
            mask = Image.composite(mask, blank, self._mask(list(inside), 0))
        self._paint(mask, colours, alpha)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colours: Colours, **options) -> None:
        self.shape(ellipse(x, y, rx, ry), colours, **options)

    def line(self, points: Sequence[Point], width: float, colours: Colours, **options) -> None:
        """A stroke with round ends; `width` is its thickness."""
        self.shape(stroke(points, width), colours, **options)

    def glow(self, x: float, y: float, radius: float, colour: str, alpha: float = 1.0) -> None:
        """Light that fades out evenly from a point."""
        side = int(radius * 2 * OVERSAMPLING)
        light = Image.radial_gradient("L").resize((side, side), Image.Resampling.BICUBIC)
        # radial_gradient is black in the middle and white from a circle on
        light = light.point(lambda value: int(255 * alpha * max(0, 1 - value / 181) ** 2))
        mask = Image.new("L", self.image.size, 0)
        mask.paste(light, (int((x - radius) * OVERSAMPLING), int((y - radius) * OVERSAMPLING)))
        self.image.paste(Image.new("RGB", mask.size, colour), (0, 0), mask)

    def finish(self) -> Image.Image:
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def _size(self) -> tuple[int, int]:
        return self.width * OVERSAMPLING, self.height * OVERSAMPLING

    def _mask(self, points: list[Point], blur: float) -> Image.Image:
        scale = OVERSAMPLING / BLUR_REDUCTION if blur else OVERSAMPLING
        size = (round(self.width * scale), round(self.height * scale))
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon([(x * scale, y * scale) for x, y in points], fill=255)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * scale))
            mask = mask.resize(self._size(), Image.Resampling.BICUBIC)
        return mask

    def _paint(self, mask: Image.Image, colours: Colours, alpha: float) -> None:
        box = mask.getbbox()
        if not box:
            return
        part = mask.crop(box)
        if alpha < 1:
            part = part.point(lambda value: int(value * alpha))
        self.image.paste(self._fill(colours, box), box[:2], part)

    @staticmethod
    def _fill(colours: Colours, box: tuple[int, int, int, int]) -> Image.Image:
        width, height = max(1, int(box[2] - box[0])), max(1, int(box[3] - box[1]))
        if isinstance(colours, str):
            return Image.new("RGB", (width, height), colours)
        stops = [ImageColor.getrgb(colour) for colour in colours]
        column = Image.new("RGB", (1, height))
        for y in range(height):
            place = y / max(1, height - 1) * (len(stops) - 1)
            index = min(int(place), len(stops) - 2)
            share = place - index
            pairs = zip(stops[index], stops[index + 1], strict=True)
            column.putpixel((0, y), tuple(round(a + (b - a) * share) for a, b in pairs))
        return column.resize((width, height))


def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` in it."""
    pairs = zip(ImageColor.getrgb(one), ImageColor.getrgb(other), strict=True)
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * share) for a, b in pairs))


def ellipse(x: float, y: float, rx: float, ry: float, steps: int = 160) -> list[Point]:
    angles = (2 * math.pi * step / steps for step in range(steps))
    return [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in angles]


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> list[Point]:
    """A rectangle from its top left corner, with round corners."""
    if not radius:
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    corners = [
        (x + width - radius, y + radius, -90),
        (x + width - radius, y + height - radius, 0),
        (x + radius, y + height - radius, 90),
        (x + radius, y + radius, 180),
    ]
    return [
        (cx + radius * math.cos(math.radians(start + a)), cy + radius * math.sin(math.radians(start + a)))
        for cx, cy, start in corners
        for a in range(0, 91, 6)
    ]  # fmt: skip


def curve(points: Sequence[Point], *, closed: bool = False, steps: int = 16) -> list[Point]:
    """A smooth line through all points (Catmull-Rom)."""
    count = len(points)
    found: list[Point] = []
    for index in range(count if closed else count - 1):
        p = [
            points[(index + k) % count] if closed else points[min(max(index + k, 0), count - 1)] for k in (-1, 0, 1, 2)
        ]
        for step in range(steps):
            t = step / steps
            found.append(tuple(_catmull_rom([q[axis] for q in p], t) for axis in (0, 1)))
    return found if closed else [*found, points[-1]]


def _catmull_rom(p: Sequence[float], t: float) -> float:
    return 0.5 * (
        2 * p[1]
        + (p[2] - p[0]) * t
        + (2 * p[0] - 5 * p[1] + 4 * p[2] - p[3]) * t**2
        + (3 * p[1] - p[0] - 3 * p[2] + p[3]) * t**3
    )


def beside(points: Sequence[Point], distance: float | Sequence[float]) -> list[Point]:
    """The line that runs beside another at a distance (to its right, seen along it)."""
    found = []
    for index, (x, y) in enumerate(points):
        before, after = points[max(index - 1, 0)], points[min(index + 1, len(points) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1
        far = distance if isinstance(distance, (int, float)) else distance[index]
        found.append((x - dy / length * far, y + dx / length * far))
    return found


def stroke(points: Sequence[Point], width: float) -> list[Point]:
    """The outline of a line of some thickness with round ends."""
    half = width / 2
    left, right = beside(points, -half), beside(points, half)
    return [*left, *_cap(points[-2], points[-1], half), *right[::-1], *_cap(points[1], points[0], half)]


def _cap(before: Point, end: Point, radius: float) -> list[Point]:
    angle = math.atan2(end[1] - before[1], end[0] - before[0])
    turns = (angle - math.pi / 2 + math.pi * step / 14 for step in range(15))
    return [(end[0] + radius * math.cos(a), end[1] + radius * math.sin(a)) for a in turns]


def ridge(width: float, base: float, height: float, *, seed: int, peaks: int = 5, rough: float = 0.5) -> list[Point]:
    """A skyline from left to right, `height` above `base` at most, the same for the same seed."""
    dice = random.Random(seed)
    line = [dice.random() for _ in range(peaks + 1)]
    swing = 0.5
    while len(line) < 300:
        swing *= rough
        middle = [(a + b) / 2 + swing * (dice.random() - 0.5) for a, b in itertools.pairwise(line)]
        line = [value for pair in zip(line, middle, strict=False) for value in pair] + [line[-1]]
    low, high = min(line), max(line)
    step = width / (len(line) - 1)
    return [(index * step, base - height * (value - low) / (high - low or 1)) for index, value in enumerate(line)]


def turned(points: Iterable[Point], x: float, y: float, degrees: float) -> list[Point]:
    """Points turned clockwise about (x, y)."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(x + (px - x) * cos - (py - y) * sin, y + (px - x) * sin + (py - y) * cos) for px, py in points]
