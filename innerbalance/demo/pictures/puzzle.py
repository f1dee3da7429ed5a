"""Two puzzle pieces that are about to meet: the picture of the article."""

from __future__ import annotations

import math

from PIL import Image

from innerbalance.demo.pictures.canvas import Canvas, Point, curve, ellipse, mix, turned

WIDTH, HEIGHT = 2000, 1250
SIDE = 470
KNOB = 82


def puzzle() -> Image.Image:
    canvas = Canvas(WIDTH, HEIGHT, ["#f8efe2", "#f2e0ca", "#e9cdb0"])
    canvas.glow(560, 180, 1000, "#fffaf0", 0.9)
    canvas.shape(curve([(0, 900), (500, 840), (1100, 930), (1600, 850), (2000, 900),
                        (2000, 1260), (0, 1260)], steps=30), ["#e3c3a2", "#d3a884"], alpha=0.55)  # fmt: skip
    canvas.shape(curve([(0, 1060), (600, 990), (1300, 1080), (2000, 1000), (2000, 1260), (0, 1260)],
                       steps=30), ["#cf9f7c", "#bd8566"], alpha=0.45)  # fmt: skip
    # rings of light around the place where they will meet
    for radius, alpha in ((520, 0.25), (380, 0.3), (250, 0.35)):
        canvas.ellipse(1000, 610, radius, radius, "#fff7ea", alpha=alpha, blur=14)
    left = turned(piece(470, 375, out="right"), 705, 610, -7)
    right = turned(piece(1100, 360, out=""), 1335, 595, 6)
    draw_piece(canvas, right, ["#9fb39a", "#7d9882", "#5f7d6c"])
    draw_piece(canvas, left, ["#dd9a78", "#cc7c5b", "#ad5f47"])
    for x, y, r in ((250, 240, 12), (330, 330, 7), (1720, 250, 10), (1790, 360, 6), (1640, 180, 6)):
        canvas.ellipse(x, y, r, r, "#fffaf0", alpha=0.8, blur=1)
    return canvas.finish()


def piece(x: float, y: float, *, out: str) -> list[Point]:
    """A piece from its top left corner: a knob at the bottom and, if `out` is "right", there too.

    Without a knob on the right the piece has a hollow on its left, which the other's knob fits.
    """
    top = [*edge(x, y, x + SIDE, y, 1 if out else -1)]
    right = [*edge(x + SIDE, y, x + SIDE, y + SIDE, -1 if out else 0)]
    bottom = [*edge(x + SIDE, y + SIDE, x, y + SIDE, -1 if out else 1)]
    left = [*edge(x, y + SIDE, x, y, 0 if out else 1)]
    return [*top, *right, *bottom, *left]


def edge(x1: float, y1: float, x2: float, y2: float, knob: int) -> list[Point]:
    """A side walked clockwise: 1 bends a hollow into the piece, -1 a knob out of it, 0 nothing."""
    dx, dy = (x2 - x1) / SIDE, (y2 - y1) / SIDE
    inward = (-dy, dx)

    def at(along: float, deep: float) -> Point:
        return (
            x1 + dx * along + inward[0] * deep * knob,
            y1 + dy * along + inward[1] * deep * knob,
        )

    if not knob:
        return [at(18, 0), at(SIDE - 18, 0)]
    middle, neck = SIDE / 2, KNOB * 0.62
    centre = KNOB * 0.95
    start = math.asin(neck / KNOB)
    turn = 2 * (math.pi - start)
    arc = [
        at(
            middle - KNOB * math.sin(start + turn * step / 40),
            centre - KNOB * math.cos(start + turn * step / 40),
        )
        for step in range(41)
    ]
    shoulder = curve([at(middle - neck - 60, 0), at(middle - neck - 20, 3), arc[0]], steps=8)
    other = curve([arc[-1], at(middle + neck + 20, 3), at(middle + neck + 60, 0)], steps=8)
    return [at(18, 0), *shoulder, *arc, *other, at(SIDE - 18, 0)]


def draw_piece(canvas: Canvas, points: list[Point], colours: list[str]) -> None:
    canvas.shape([(x + 26, y + 52) for x, y in points], "#5c3a2c", alpha=0.3, blur=34)
    canvas.shape([(x + 7, y + 14) for x, y in points], "#5c3a2c", alpha=0.34, blur=7)
    canvas.shape([(x + 3, y + 10) for x, y in points], mix(colours[-1], "#2b1c18", 0.35))
    canvas.shape(points, mix(colours[0], "#ffffff", 0.45))
    canvas.shape([(x + 2, y + 4) for x, y in points], colours, inside=points)
    cx = sum(x for x, _y in points) / len(points)
    cy = sum(y for _x, y in points) / len(points)
    canvas.shape(ellipse(cx - 130, cy - 190, 330, 230), "#fff6e6", alpha=0.28, blur=60, inside=points)
