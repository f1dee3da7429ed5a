"""Rooms: two chairs at a window for the first session, a desk for a session by video."""

from __future__ import annotations

from PIL import Image

from innerbalance.demo.pictures.canvas import Canvas, Point, box, curve, mix, ridge

WIDTH, HEIGHT = 2000, 1250


def chairs() -> Image.Image:
    canvas = Canvas(WIDTH, HEIGHT, ["#f3e6d6", "#ecd8c2"])
    floor(canvas, 940, ["#c99b78", "#ab7a5b"])
    window(canvas, 620, 130, 760, 560)
    for x, side in ((540, 1), (1372, -1)):
        curtain(canvas, x, 96, 96, 700, side)
    canvas.line([(500, 92), (1510, 92)], 14, "#8a5f48")
    # light of the window on floor and rug
    canvas.shape([(640, 950), (1360, 950), (1620, 1250), (420, 1250)], "#ffe9c6", alpha=0.4, blur=26)
    canvas.ellipse(1000, 1090, 800, 116, ["#b9705a", "#9c5847"])
    canvas.ellipse(1000, 1086, 730, 100, ["#d8a083", "#c68668"])
    canvas.ellipse(1000, 1083, 640, 84, ["#c4806a", "#b06b57"])
    plant(canvas, 262, 960)
    lamp(canvas, 1765, 960)
    armchair(canvas, 560, 1060, 1, ["#8fa892", "#6d8b78"])
    armchair(canvas, 1440, 1060, -1, ["#d49a78", "#b9785a"])
    table(canvas, 1000, 1040)
    return canvas.finish()


def desk() -> Image.Image:
    """A laptop with a calm landscape on its screen, a cup of tea and a notebook."""
    canvas = Canvas(WIDTH, HEIGHT, ["#dfe6e0", "#d3dcd5", "#e9dfcf"])
    canvas.glow(380, 220, 900, "#fffaf0", 0.9)
    window(canvas, 150, 90, 520, 560)
    canvas.shape(box(0, 880, WIDTH, 400), ["#c59a74", "#a57652"])
    canvas.shape(box(0, 880, WIDTH, 10), "#d9b48f")
    canvas.shape(box(560, 912, 930, 70), "#4b3324", alpha=0.4, blur=22)
    # screen
    canvas.shape(box(640, 330, 780, 540, 26), ["#4a4f55", "#33373c"])
    screen = box(668, 358, 724, 462, 8)
    canvas.shape(screen, ["#b7cdd3", "#f8e6c7"])
    canvas.shape([(x + 540, y + 740) for x, y in ridge(900, 0, 190, seed=23)] + [(1500, 900), (540, 900)],
                 ["#c2a8a4", "#9f8791"], inside=screen)  # fmt: skip
    canvas.ellipse(1250, 500, 44, 44, "#fff7e2", inside=screen)
    canvas.shape(curve([(540, 745), (860, 700), (1180, 750), (1500, 715), (1500, 900), (540, 900)],
                       steps=24), ["#93a27c", "#6f845f"], inside=screen)  # fmt: skip
    bust(canvas, 1030, 828, screen)
    canvas.shape(box(1224, 384, 140, 104, 12), ["#e8d3bd", "#d9b99a"])
    canvas.ellipse(1294, 424, 21, 24, "#a9745a")
    canvas.shape(curve([(1246, 486), (1262, 456), (1294, 448), (1326, 456), (1342, 486)]), "#7c97a0")
    # keyboard part
    canvas.shape([(600, 868), (1460, 868), (1536, 930), (524, 930)], ["#d9dcdc", "#b5b9ba"])
    canvas.shape([(524, 930), (1536, 930), (1528, 944), (532, 944)], "#8d9294")
    canvas.shape([(690, 880), (1370, 880), (1404, 908), (656, 908)], "#8e9496", alpha=0.7)
    cup(canvas, 380, 940, 1.35)
    notebook(canvas)
    plant(canvas, 1750, 900, 0.85)
    return canvas.finish()


def floor(canvas: Canvas, top: float, colours: list[str]) -> None:
    canvas.shape(box(0, top, WIDTH, HEIGHT - top), colours)
    for x in range(-2400, 4400, 230):
        canvas.line([(1000 + (x - 1000) * 0.55, top), (x, HEIGHT)], 3, mix(colours[1], "#3a2418", 0.3),
                    alpha=0.35)  # fmt: skip
    canvas.shape(box(0, top - 26, WIDTH, 26), ["#f7eee2", "#dcc6ae"])


def window(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.shape(box(x - 30, y - 30, width + 60, height + 66, 10), "#7a5540", alpha=0.3, blur=18)
    canvas.shape(box(x - 26, y - 26, width + 52, height + 52, 8), ["#fffaf2", "#e6d5c1"])
    pane = box(x, y, width, height)
    canvas.shape(pane, ["#b4cbd3", "#dbe0d6", "#f8e2c3"])
    sun_x, sun_y = x + width * 0.68, y + height * 0.5
    canvas.ellipse(sun_x, sun_y, width * 0.2, width * 0.2, "#fff3d6", alpha=0.7, blur=36, inside=pane)
    canvas.ellipse(sun_x, sun_y, width * 0.072, width * 0.072, "#fffaf0", inside=pane)
    for index, colour in enumerate(("#c7aba7", "#a78a91", "#8f9a78", "#6c7f5d")):
        foot = y + height * (0.78 + index * 0.11)
        line = [(x + px, py) for px, py in ridge(width, foot, height * (0.32 - index * 0.075), seed=41 + index)]
        canvas.shape([*line, (x + width, y + height), (x, y + height)], [colour, mix(colour, "#f2dcc0", 0.2)],
                     inside=pane)  # fmt: skip
    canvas.line([(x + width / 2, y), (x + width / 2, y + height)], 16, ["#fffaf2", "#eadac7"])
    canvas.line([(x, y + height * 0.42), (x + width, y + height * 0.42)], 14, "#f6ebdd")
    canvas.shape(box(x - 52, y + height + 20, width + 104, 30, 6), ["#fff8ee", "#d9c3aa"])


def curtain(canvas: Canvas, x: float, y: float, width: float, length: float, side: int) -> None:
    outer = x if side > 0 else x + width
    inner = outer + side * width
    canvas.shape([*curve([(inner, y), (inner + side * 8, y + length * 0.4), (inner - side * 30, y + length * 0.7),
                          (inner + side * 6, y + length)]), (outer - side * 36, y + length), (outer - side * 20, y)],
                 ["#f6e3cf", "#e3bfa1"])  # fmt: skip
    for step in range(4):
        at = outer - side * 12 + side * step * 28
        canvas.line(curve([(at, y), (at + side * 4, y + length * 0.5), (at - side * 6, y + length - 6)]), 5,
                    "#c99d7d", alpha=0.5)  # fmt: skip


def armchair(canvas: Canvas, x: float, y: float, facing: int, colours: list[str]) -> None:
    """`facing` is 1 to the right, -1 to the left; (x, y) is the middle of its feet."""

    def place(points: list[Point]) -> list[Point]:
        return [(x + facing * px, y + py) for px, py in points]

    dark = mix(colours[1], "#2a1d18", 0.28)
    canvas.ellipse(x, y + 4, 250, 34, "#3a2218", alpha=0.4, blur=16)
    for foot in (-168, 150):
        canvas.shape(place([(foot, -70), (foot + 26, -70), (foot + 18, 4), (foot + 6, 4)]), "#6b4630")
    back = curve([(-190, -90), (-236, -300), (-232, -470), (-170, -512), (-96, -480), (-70, -330), (-44, -160),
                  (-60, -80)], closed=True)  # fmt: skip
    canvas.shape(place(back), [mix(colours[0], "#ffffff", 0.1), dark])
    canvas.shape(place(curve([(-150, -150), (-186, -320), (-176, -440), (-140, -470), (-104, -430), (-84, -300),
                              (-50, -170)], closed=True)), colours, alpha=0.9)  # fmt: skip
    canvas.shape(place(curve([(-180, -66), (-190, -150), (60, -170), (188, -160), (204, -110), (190, -60)],
                             closed=True)), [mix(colours[0], "#ffffff", 0.14), colours[1]])  # fmt: skip
    canvas.shape(place(curve([(-140, -170), (20, -206), (176, -196), (196, -160), (120, -146), (-120, -140)],
                             closed=True)), [mix(colours[0], "#ffffff", 0.24), colours[0]])  # fmt: skip
    arm = curve([(-196, -60), (-206, -200), (-190, -262), (-120, -276), (120, -276), (168, -262), (180, -226),
                 (150, -204), (120, -150), (116, -60)], closed=True)  # fmt: skip
    canvas.shape([(px + 4, py + 12) for px, py in place(arm)], "#2d1d16", alpha=0.25, blur=10)
    canvas.shape(place(arm), [colours[0], dark])
    canvas.line(place(curve([(-170, -262), (-60, -268), (90, -268), (158, -250)])), 9,
                mix(colours[0], "#ffffff", 0.45), alpha=0.6)  # fmt: skip
    cushion = curve([(-128, -210), (-150, -330), (-130, -372), (-60, -350), (-20, -290), (-34, -226), (-70, -200)],
                    closed=True)  # fmt: skip
    canvas.shape(place(cushion), ["#f7e8d3", "#dfc09e"])


def table(canvas: Canvas, x: float, y: float) -> None:
    canvas.ellipse(x, y + 16, 150, 22, "#3a2218", alpha=0.4, blur=12)
    for dx in (-86, 0, 86):
        canvas.line([(x + dx * 0.7, y - 150), (x + dx, y + 10)], 15, ["#8d6146", "#5f3f2c"])
    canvas.ellipse(x, y - 152, 172, 40, "#6f4a34")
    canvas.ellipse(x, y - 162, 172, 40, ["#b98661", "#9b6a49"])
    cup(canvas, x - 66, y - 156, 0.62)
    cup(canvas, x + 74, y - 150, 0.62)
    canvas.shape(box(x - 22, y - 236, 44, 66, 16), ["#e9ddcb", "#b9a58c"])
    for dx, dy, colour in ((-34, -300, "#d98a72"), (4, -330, "#e9b36c"), (36, -292, "#c96f6b"), (-8, -282, "#f0d9b0")):
        canvas.line(curve([(x, y - 230), (x + dx * 0.5, y - 262), (x + dx, y + dy)]), 5, "#6f8a62")
        canvas.ellipse(x + dx, y + dy, 21, 19, [mix(colour, "#ffffff", 0.25), colour])


def cup(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.ellipse(x, y + 2, 100 * size, 16 * size, "#3a2218", alpha=0.4, blur=8)
    canvas.ellipse(x, y - 4 * size, 92 * size, 15 * size, ["#fbf3e6", "#d8c4ab"])
    handle = curve([(x + 52 * size, y - 76 * size), (x + 96 * size, y - 80 * size), (x + 84 * size, y - 34 * size),
                    (x + 42 * size, y - 26 * size)])  # fmt: skip
    canvas.line(handle, 12 * size, "#d9c7ae")
    body = curve([(x - 62 * size, y - 96 * size), (x - 58 * size, y - 40 * size), (x - 34 * size, y - 8 * size),
                  (x + 34 * size, y - 8 * size), (x + 58 * size, y - 40 * size), (x + 62 * size, y - 96 * size)])  # fmt: skip
    canvas.shape(body, ["#fffaf2", "#ddcbb3"])
    canvas.ellipse(x, y - 96 * size, 62 * size, 14 * size, "#efe2cf")
    canvas.ellipse(x, y - 94 * size, 53 * size, 10 * size, ["#a8643f", "#c58654"])
    for dx, bend in ((-16, -1), (14, 1)):
        steam = curve([(x + dx * size, y - 112 * size), (x + (dx + 16 * bend) * size, y - 150 * size),
                       (x + (dx - 12 * bend) * size, y - 190 * size), (x + (dx + 8 * bend) * size, y - 232 * size)])  # fmt: skip
        canvas.line(steam, 11 * size, "#ffffff", alpha=0.5, blur=5 * size)


def plant(canvas: Canvas, x: float, y: float, size: float = 1.0) -> None:
    canvas.ellipse(x, y + 4, 120 * size, 22 * size, "#3a2218", alpha=0.4, blur=12)
    for index, (dx, dy) in enumerate(((-170, -390), (165, -400), (-95, -520), (100, -540), (-215, -250), (205, -260),
                                      (0, -580))):  # fmt: skip
        tip = (x + dx * size, y + dy * size)
        root = (x, y - 140 * size)
        mid = ((root[0] + tip[0]) / 2 + dx * 0.12 * size, (root[1] + tip[1]) / 2)
        wide = 42 * size
        sides = [curve([root, (mid[0] + s * wide, mid[1] + 10 * size), tip]) for s in (-1, 1)]
        tone = ("#6d8b6a", "#557757", "#7f9c76")[index % 3]
        canvas.shape([*sides[0], *sides[1][::-1]], [mix(tone, "#e9efcf", 0.25), mix(tone, "#203022", 0.25)])
        canvas.line(curve([root, mid, tip]), 3, mix(tone, "#f4f3d6", 0.45), alpha=0.7)
    pot = [(x - 92 * size, y - 160 * size), (x + 92 * size, y - 160 * size), (x + 66 * size, y), (x - 66 * size, y)]
    canvas.shape(pot, ["#cf8a68", "#a2603f"])
    canvas.shape(box(x - 102 * size, y - 182 * size, 204 * size, 40 * size, 8 * size), ["#dd9c79", "#bb7653"])


def lamp(canvas: Canvas, x: float, y: float) -> None:
    canvas.ellipse(x, y + 2, 96, 16, "#3a2218", alpha=0.4, blur=10)
    canvas.ellipse(x, y - 4, 76, 13, "#6b4a38")
    canvas.line([(x, y - 8), (x, y - 560)], 12, ["#8d6a52", "#5f4434"])
    canvas.glow(x, y - 560, 330, "#ffe2ab", 0.75)
    canvas.shape([(x - 74, y - 700), (x + 74, y - 700), (x + 124, y - 520), (x - 124, y - 520)],
                 ["#f9e3bf", "#fff0cf", "#f2cf9b"])  # fmt: skip


def bust(canvas: Canvas, x: float, y: float, screen: list[Point]) -> None:
    """The person at the other end of a video call."""
    canvas.shape(curve([(x - 170, y), (x - 150, y - 96), (x - 60, y - 132), (x + 60, y - 132), (x + 150, y - 96),
                        (x + 170, y)]), ["#8a6a86", "#6e526d"], inside=screen)  # fmt: skip
    canvas.ellipse(x, y - 236, 86, 98, "#4b332b", inside=screen)
    canvas.shape(box(x - 27, y - 180, 54, 66, 20), "#c08e6e", inside=screen)
    canvas.ellipse(x, y - 214, 62, 76, ["#dcab87", "#cf9a77"], inside=screen)
    canvas.shape(curve([(x - 72, y - 232), (x - 40, y - 300), (x + 30, y - 306), (x + 74, y - 236), (x + 40, y - 262),
                        (x - 20, y - 262)], closed=True), "#4b332b", inside=screen)  # fmt: skip
    for dx in (-24, 24):
        canvas.ellipse(x + dx, y - 216, 5, 6, "#3b2822")
    canvas.line(curve([(x - 20, y - 180), (x, y - 172), (x + 20, y - 180)]), 4, "#8f5444")


def notebook(canvas: Canvas) -> None:
    canvas.shape([(1150, 1010), (1560, 1000), (1640, 1160), (1140, 1174)], "#3a2218", alpha=0.35, blur=12)
    canvas.shape([(1140, 1000), (1550, 990), (1630, 1150), (1130, 1164)], ["#fffaf0", "#ecdcc4"])
    for step in range(5):
        canvas.line([(1180, 1030 + step * 25), (1530 + step * 10, 1022 + step * 25)], 3, "#c9b295")
    canvas.line([(1235, 1122), (1500, 1035)], 15, ["#d98f63", "#b9683f"])
    canvas.shape([(1222, 1128), (1240, 1112), (1246, 1130)], "#4a3226")
