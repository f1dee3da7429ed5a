"""Landscapes of the Sonoran Desert: morning, a path, night, rain, and the two offices."""

from __future__ import annotations

import random

from PIL import Image

from innerbalance.demo.pictures.canvas import Canvas, Colours, Point, beside, curve, mix, ridge

WIDTH, HEIGHT = 2000, 1250


def morning() -> Image.Image:
    """The sun comes up behind four ranges; saguaros stand in the foreground."""
    canvas = Canvas(WIDTH, HEIGHT, ["#a9c0cf", "#d5d3cf", "#f6dcc0", "#f8c9a0"])
    canvas.glow(1330, 600, 900, "#fff0d2", 0.95)
    canvas.ellipse(1330, 590, 96, 96, ["#fffaf0", "#ffeccb"])
    canvas.glow(1330, 590, 330, "#fff4dc", 0.55)
    ranges(canvas, 690, ["#c9a9a6", "#b5908f", "#96727c", "#74586b"], seed=11)
    hill(canvas, [(0, 930), (420, 880), (900, 930), (1400, 885), (2000, 940)], ["#c98f6c", "#a96d53"])
    brush(canvas, 912, 46, ("#8c6a4d", "#c79a66"), seed=3, size=20)
    for x, y, h in ((1610, 925, 150), (1480, 915, 92), (690, 925, 120), (1770, 935, 110)):
        saguaro(canvas, x, y, h, dark="#6d5a58", light="#8b6f63")
    hill(canvas, [(0, 1040), (520, 1000), (1080, 1075), (1500, 1010), (2000, 1050)],
         ["#a8694c", "#6f4638"])  # fmt: skip
    brush(canvas, 1050, 26, ("#6b5238", "#c0935a"), seed=8, size=42, bloom="#f0c25e")
    saguaro(canvas, 330, 1085, 660, arms=((-1, 0.42, 120, 250), (1, 0.55, 105, 230)))
    saguaro(canvas, 1760, 1075, 400, arms=((1, 0.45, 76, 150),))
    brush(canvas, 1085, 7, ("#6b5238", "#c0935a"), seed=2, size=48, left=260, right=410)
    brush(canvas, 1080, 6, ("#6b5238", "#c0935a"), seed=6, size=40, left=1710, right=1820)
    prickly_pear(canvas, 930, 1160, 74)
    hill(canvas, [(0, 1150), (420, 1105), (1000, 1180), (1600, 1120), (2000, 1160)],
         ["#5b3d36", "#3b2b2c"])  # fmt: skip
    agave(canvas, 620, 1165, 120)
    agave(canvas, 1500, 1180, 150)
    return canvas.finish()


def path() -> Image.Image:
    """A pale path winds up through hills toward a gap full of light."""
    canvas = Canvas(WIDTH, HEIGHT, ["#b7cdd3", "#dfe0d3", "#f8e6c7"])
    canvas.glow(1050, 520, 800, "#fff6df", 0.95)
    ranges(canvas, 600, ["#c3b5b0", "#a99a9c"], seed=29)
    hill(canvas, [(0, 560), (350, 540), (800, 640), (1080, 668), (1500, 610), (2000, 540)],
         ["#b3ad8c", "#a39a78"])  # fmt: skip
    hill(canvas, [(0, 690), (500, 640), (1000, 668), (1500, 640), (2000, 700)],
         ["#9fa07a", "#838a63"])  # fmt: skip
    hill(canvas, [(0, 770), (600, 800), (1200, 770), (2000, 800)], ["#8b9067", "#6f7a54"])
    hill(canvas, [(0, 905), (500, 880), (1300, 930), (2000, 880)], ["#74804f", "#566641"])
    way = curve([(1080, 668), (1030, 684), (1110, 706), (1250, 738), (1130, 790), (890, 850),
                 (830, 930), (1010, 1030), (1190, 1130), (1150, 1262)], steps=30)  # fmt: skip
    # seen from a person's height a path narrows with distance, and only sideways
    wide = [6 + 0.27 * (y - 668) ** 1.06 for _x, y in way]
    canvas.shape(ribbon(way, [w * 1.12 for w in wide]), "#465036", alpha=0.5, blur=7)
    canvas.shape(ribbon(way, wide), ["#fbe9c8", "#ecd2a6", "#d7b384"])
    canvas.shape(ribbon(way, [w * 0.5 for w in wide]), ["#fff3da", "#f6e4c2"], alpha=0.6, blur=9)
    for x, y, h in ((640, 745, 120), (1390, 735, 130), (1840, 800, 210), (380, 800, 190)):
        saguaro(canvas, x, y, h, dark="#52664a", light="#7d9068")
    brush(canvas, 800, 26, ("#6d7a4e", "#a9a873"), seed=15, size=22)
    brush(canvas, 930, 13, ("#4d5c3b", "#a3a566"), seed=5, size=40, right=600, bloom="#f2cf6b")
    brush(canvas, 960, 10, ("#4d5c3b", "#a3a566"), seed=7, size=42, left=1330, bloom="#f2cf6b")
    saguaro(canvas, 1590, 1010, 420, arms=((-1, 0.5, 84, 170), (1, 0.38, 84, 160)))
    saguaro(canvas, 300, 1060, 520, arms=((1, 0.48, 95, 200),))
    brush(canvas, 1015, 7, ("#41502f", "#8f9657"), seed=21, size=44, left=1520, right=1670)
    brush(canvas, 1066, 8, ("#41502f", "#8f9657"), seed=22, size=50, left=220, right=390)
    prickly_pear(canvas, 1790, 1150, 84)
    hill(canvas, [(0, 1130), (300, 1120), (620, 1210), (900, 1265)], ["#48573a", "#333f2d"])
    hill(canvas, [(1420, 1270), (1600, 1180), (1850, 1120), (2000, 1110)], ["#48573a", "#333f2d"])
    agave(canvas, 480, 1205, 150)
    brush(canvas, 1200, 6, ("#2f3b28", "#6c7a4a"), seed=9, size=56, left=60, right=300)
    return canvas.finish()


def ribbon(way: list[Point], widths: list[float]) -> list[Point]:
    """A band that is as wide as `widths` to each side, level as the ground is."""
    pairs = list(zip(way, widths, strict=True))
    left = [(x - w, y) for (x, y), w in pairs]
    return [*left, *((x + w, y) for (x, y), w in reversed(pairs))]


def night() -> Image.Image:
    """A quiet desert under a moon that lights one small window."""
    canvas = Canvas(WIDTH, HEIGHT, ["#1d2a44", "#2c3d5c", "#4a5a78", "#7d7f95"])
    dice = random.Random(4)
    for _ in range(170):
        x, y, r = dice.random() * WIDTH, dice.random() ** 1.4 * 720, dice.random() * 2.1 + 0.9
        canvas.ellipse(x, y, r, r, "#f3ead6", alpha=0.35 + 0.6 * dice.random())
    canvas.glow(1430, 300, 620, "#c7cfe0", 0.5)
    canvas.ellipse(1430, 300, 92, 92, ["#fdf6e4", "#efe2c6"])
    for x, y, r in ((1402, 276, 17), (1458, 320, 23), (1440, 258, 9), (1410, 340, 11)):
        canvas.ellipse(x, y, r, r, "#e0d2b4", alpha=0.6, blur=2)
    ranges(canvas, 830, ["#5d6580", "#4a526d", "#394059"], seed=17)
    hill(canvas, [(0, 925), (600, 880), (1200, 930), (2000, 890)], ["#323a51", "#262d41"])
    house(canvas, 640, 925)
    for x, y, h in ((1180, 930, 150), (1300, 925, 95), (280, 925, 120)):
        saguaro(canvas, x, y, h, dark="#20273a", light="#3a435b")
    hill(canvas, [(0, 1050), (500, 1010), (1200, 1070), (2000, 1005)], ["#232a3d", "#171c2b"])
    brush(canvas, 944, 9, ("#262d40", "#4a5066"), seed=14, size=24, left=620, right=1000)
    brush(canvas, 1050, 34, ("#161b2a", "#353e57"), seed=10, size=40)
    saguaro(canvas, 1690, 1090, 560, dark="#131826", light="#2c3449",
            arms=((-1, 0.45, 105, 210), (1, 0.56, 95, 180)))  # fmt: skip
    hill(canvas, [(0, 1165), (700, 1120), (1300, 1180), (2000, 1130)], ["#141927", "#0d111c"])
    agave(canvas, 420, 1175, 140, colours=("#1a2132", "#242d42", "#303a52"),
          light="#8b97b5")  # fmt: skip
    brush(canvas, 1140, 7, ("#10141f", "#2b3348"), seed=12, size=46, left=1600, right=1790)
    return canvas.finish()


def ranges(canvas: Canvas, base: float, colours: list[str], seed: int) -> None:
    """Mountain ranges, the far ones first, each with morning haze at its foot."""
    for index, colour in enumerate(colours):
        foot = base + index * 58
        line = ridge(canvas.width, foot, 250 - index * 34, seed=seed + index, peaks=5 + index)
        below = [(canvas.width, canvas.height), (0, canvas.height)]
        canvas.shape([*line, *below], [colour, mix(colour, "#f3d9c0", 0.22)])


def hill(canvas: Canvas, line: list[Point], colours: Colours) -> None:
    smooth = curve(line, steps=30)
    canvas.shape([*smooth, (smooth[-1][0], canvas.height), (smooth[0][0], canvas.height)], colours)


def saguaro(
    canvas: Canvas,
    x: float,
    base: float,
    height: float,
    *,
    arms: tuple[tuple[int, float, float, float], ...] = ((1, 0.5, 0, 0), (-1, 0.42, 0, 0)),
    dark: str = "#3f5a49",
    light: str = "#86a27b",
) -> None:
    """Each arm is (side, height of its elbow as a share, reach, length upwards); 0 for a default."""
    thick = height * 0.135
    limbs: list[tuple[list[Point], float]] = []
    for side, share, reach, up in arms:
        reach, up = reach or height * 0.17, up or height * 0.3
        elbow = base - height * share
        bend = [
            (x, elbow + thick * 0.2),
            (x + side * reach * 0.55, elbow + thick * 0.22),
            (x + side * reach * 0.92, elbow - thick * 0.25),
            (x + side * reach, elbow - thick * 1.1),
            (x + side * reach, elbow - up),
        ]
        limbs.append((curve(bend), thick * 0.74))
    limbs.append(([(x, base + 6), (x, base - height / 2), (x, base - height + thick / 2)], thick))
    canvas.ellipse(x + thick * 0.9, base + 4, thick * 2.4, thick * 0.3, "#241c1c", alpha=0.3, blur=6)
    for line, width in limbs:
        canvas.line(line, width, dark)
        # light comes from the right: one soft band, then ribs
        to_right = 1 if line[-1][1] < line[0][1] else -1
        canvas.line(beside(line, to_right * width * 0.2), width * 0.5, light, alpha=0.55)
        canvas.line(beside(line, to_right * width * 0.3), width * 0.22, light, alpha=0.75)
        if width > 24:
            for share in (-0.34, -0.17, 0.0, 0.17, 0.34):
                canvas.line(beside(line, width * share), max(1.4, width * 0.03),
                            mix(dark, "#10180f", 0.35), alpha=0.5)  # fmt: skip


def brush(
    canvas: Canvas,
    y: float,
    count: int,
    colours: tuple[str, str],
    *,
    seed: int,
    size: float,
    left: float = 0,
    right: float = WIDTH,
    bloom: str | None = None,
) -> None:
    """Tufts of dry grass between `left` and `right`, some in bloom."""
    dice = random.Random(seed)
    for _ in range(count):
        x, at = dice.uniform(left, right), y + dice.uniform(-0.5, 0.9) * size
        tall = size * dice.uniform(0.6, 1.25)
        for step in range(11):
            lean = (step - 5) / 5 + dice.uniform(-0.12, 0.12)
            tip = (x + lean * tall * 0.95, at - tall * (1 - 0.45 * lean * lean) * dice.uniform(0.75, 1))
            bend = (x + lean * tall * 0.32, at - tall * 0.5)
            blade = curve([(x + lean * tall * 0.1, at), bend, tip], steps=6)
            canvas.line(blade, max(2.2, tall * 0.055), mix(*colours, dice.random()))
            if bloom and step % 2:
                canvas.ellipse(*tip, tall * 0.06 + 1.5, tall * 0.06 + 1.5, bloom)


def agave(
    canvas: Canvas,
    x: float,
    y: float,
    size: float,
    colours: tuple[str, str, str] = ("#4c6a62", "#6b8b7d", "#8fab97"),
    light: str = "#f4e6c8",
) -> None:
    """A rosette of pointed leaves, the outer ones behind."""
    for row, colour in enumerate(colours):
        long = size * (1 - row * 0.2)
        for step in range(-4 + row, 5 - row):
            lean = step / 4.2
            tip = (x + lean * long * 1.05, y - long * (1 - 0.62 * abs(lean) ** 1.5))
            half = size * 0.085
            leaf = curve([(x - half, y), (x - half * 1.25 + lean * long * 0.4, y - long * 0.4), tip])
            back = curve([tip, (x + half * 1.25 + lean * long * 0.4, y - long * 0.36), (x + half, y)])
            canvas.shape([*leaf, *back], [mix(colour, light, 0.25), mix(colour, "#1d2a26", 0.3)])


def prickly_pear(canvas: Canvas, x: float, y: float, size: float) -> None:
    pads = [(0, 0, 0), (-0.75, -0.95, -28), (0.7, -1.0, 24), (-0.1, -1.5, -4), (-1.3, -1.9, -38),
            (1.15, -2.0, 32), (0.35, -2.55, 10)]  # fmt: skip
    for dx, dy, lean in pads:
        cx, cy = x + dx * size, y + dy * size * 0.8
        pad = [
            (cx + px * 0.62 + lean * 0.004 * size, cy + py * 0.82)
            for px, py in ((size * c[0], size * c[1]) for c in _PAD)
        ]
        canvas.shape(curve(pad, closed=True), ["#8ba678", "#4f6f55"])
        for a, b in ((-0.2, -0.3), (0.2, -0.25), (0, 0.05), (-0.22, 0.25), (0.22, 0.3), (0, -0.55)):
            canvas.ellipse(cx + a * size, cy + b * size, 2.4, 2.4, "#f0e4c0", alpha=0.8)
        if dy < -1.8:
            canvas.ellipse(cx, cy - size * 0.84, size * 0.16, size * 0.2, ["#e58a7a", "#b9505a"])


_PAD = ((0, -1), (0.72, -0.62), (0.86, 0.05), (0.5, 0.78), (0, 1), (-0.5, 0.78), (-0.86, 0.05),
        (-0.72, -0.62))  # fmt: skip


def house(canvas: Canvas, x: float, y: float) -> None:
    """A low adobe house with one lit window."""
    canvas.shape([(x, y - 130), (x + 330, y - 130), (x + 330, y + 20), (x, y + 20)],
                 ["#39415a", "#2b3247"])  # fmt: skip
    canvas.shape([(x - 14, y - 146), (x + 344, y - 146), (x + 344, y - 124), (x - 14, y - 124)], "#2a3146")
    canvas.glow(x + 92, y - 62, 190, "#ffcf86", 0.75)
    canvas.shape([(x + 60, y - 96), (x + 124, y - 96), (x + 124, y - 30), (x + 60, y - 30)],
                 ["#ffe2a6", "#ffc873"])  # fmt: skip
    canvas.line([(x + 92, y - 96), (x + 92, y - 30)], 5, "#7c6046")
    canvas.line([(x + 60, y - 63), (x + 124, y - 63)], 5, "#7c6046")
    canvas.shape([(x + 210, y - 92), (x + 264, y - 92), (x + 264, y + 20), (x + 210, y + 20)], "#20263a")
