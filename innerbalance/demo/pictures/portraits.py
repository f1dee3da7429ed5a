"""Portraits of the demo's clinicians: drawn, friendly, and of nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from innerbalance.demo.pictures.canvas import Canvas, Point, curve, ellipse, mix, ridge

SIDE = 1200
X = SIDE / 2


@dataclass(frozen=True, slots=True)
class Look:
    ground: tuple[str, str]
    hills: tuple[str, str]
    skin: str
    hair: str
    top: str
    shirt: str
    style: str  # "long", "bun" or "short"
    glasses: bool = False
    beard: bool = False


KATY = Look(("#f6e6d3", "#ecc9a8"), ("#d7a98b", "#c08a6d"), "#e6b795", "#6d4330", "#6f8f86",
            "#f8efe2", "long")  # fmt: skip
MATEO = Look(("#e3e8df", "#c7d3c6"), ("#a9b89f", "#8aa088"), "#c48d66", "#2f2521", "#4f6272",
             "#f3ead9", "short", beard=True)  # fmt: skip
JUNE = Look(("#efe2e4", "#dcc0c0"), ("#c79f9f", "#ad8288"), "#8f5d43", "#231b1b", "#b46f57",
            "#f6e4cc", "bun", glasses=True)  # fmt: skip


def katy() -> Image.Image:
    return portrait(KATY)


def mateo() -> Image.Image:
    return portrait(MATEO)


def june() -> Image.Image:
    return portrait(JUNE)


def portrait(look: Look) -> Image.Image:
    canvas = Canvas(SIDE, SIDE, look.ground)
    canvas.glow(820, 260, 620, "#fffaf0", 0.9)
    for index, colour in enumerate(look.hills):
        line = ridge(SIDE, 800 + index * 110, 230 - index * 60, seed=60 + index + len(look.style))
        canvas.shape([*line, (SIDE, SIDE), (0, SIDE)], [colour, mix(colour, look.ground[0], 0.5)],
                     alpha=0.55)  # fmt: skip
    shade = mix(look.skin, "#5a2c20", 0.28)
    back_hair(canvas, look)
    # neck and shoulders
    canvas.shape(curve([(X - 410, 1210), (X - 372, 1010), (X - 250, 905), (X - 110, 860), (X + 110, 860),
                        (X + 250, 905), (X + 372, 1010), (X + 410, 1210)]),
                 [mix(look.top, "#ffffff", 0.12), mix(look.top, "#1d1a1c", 0.28)])  # fmt: skip
    canvas.shape([(X - 118, 866), (X + 118, 866), (X + 14, 1110), (X - 14, 1110)],
                 [look.shirt, mix(look.shirt, "#a98a6c", 0.25)])  # fmt: skip
    neck = curve([(X - 82, 700), (X - 84, 830), (X - 116, 872), (X, 950), (X + 116, 872), (X + 84, 830),
                  (X + 82, 700)])  # fmt: skip
    canvas.shape(neck, [shade, look.skin])
    canvas.ellipse(X, 770, 120, 74, shade, alpha=0.65, blur=16, inside=neck)
    for side in (-1, 1):
        lapel = [(X + side * 116, 862), (X + side * 196, 884), (X + side * 150, 1010), (X + side * 6, 1150),
                 (X + side * 60, 990)]  # fmt: skip
        canvas.shape(lapel, [mix(look.top, "#ffffff", 0.26), look.top])
        ear = (X + side * 186, 560)
        canvas.ellipse(*ear, 30, 46, [look.skin, shade])
    face = curve([(X, 322), (X + 128, 352), (X + 188, 470), (X + 184, 590), (X + 132, 720), (X, 784), (X - 132, 720),
                  (X - 184, 590), (X - 188, 470), (X - 128, 352)], closed=True)  # fmt: skip
    canvas.shape(face, [mix(look.skin, "#fff4e2", 0.22), look.skin, mix(look.skin, shade, 0.35)])
    canvas.ellipse(X - 170, 600, 110, 240, shade, alpha=0.3, blur=40, inside=face)
    if look.beard:
        beard(canvas, look, face)
    features(canvas, look, shade, face)
    front_hair(canvas, look)
    return canvas.finish()


def features(canvas: Canvas, look: Look, shade: str, face: list[Point]) -> None:
    for side in (-1, 1):
        x = X + side * 78
        canvas.ellipse(X + side * 106, 636, 48, 34, "#e0705c", alpha=0.2, blur=16, inside=face)
        canvas.shape(ellipse(x, 561, 25, 14), "#fffaf2")
        canvas.ellipse(x + 1, 560, 14, 15, "#3a2a24")
        canvas.ellipse(x + 7, 554, 4, 4, "#ffffff")
        canvas.line(curve([(x - 31, 556), (x - 14, 542), (x + 14, 542), (x + 31, 556)]), 6, "#3a2a24")
        brow = [(x - side * -40, 516), (x, 500), (x + side * -38, 512)]
        canvas.line(curve(brow), 11, mix(look.hair, look.skin, 0.15))
        if look.glasses:
            canvas.ellipse(x, 564, 58, 52, "#ffffff", alpha=0.16)
            canvas.line([*ellipse(x, 564, 60, 54), ellipse(x, 564, 60, 54)[0]], 7, "#4a3129")
    if look.glasses:
        canvas.line(curve([(X - 20, 556), (X, 548), (X + 20, 556)]), 7, "#4a3129")
    canvas.line(curve([(X - 4, 560), (X - 16, 624), (X - 20, 644), (X + 8, 652)]), 6, shade, alpha=0.8)
    lips = mix("#b1503f", look.skin, 0.25)
    canvas.ellipse(X, 728, 40, 15, lips, alpha=0.55, blur=5, inside=face)
    canvas.line(curve([(X - 58, 696), (X - 32, 712), (X, 717), (X + 32, 712), (X + 58, 696)]), 8,
                mix(lips, "#3a1512", 0.35))  # fmt: skip


def beard(canvas: Canvas, look: Look, face: list[Point]) -> None:
    tone = mix(look.hair, look.skin, 0.22)
    cheeks = curve([(X - 196, 560), (X - 160, 650), (X - 84, 672), (X, 662), (X + 84, 672), (X + 160, 650),
                    (X + 196, 560), (X + 200, 700), (X + 110, 800), (X, 830), (X - 110, 800), (X - 200, 700)],
                   closed=True)  # fmt: skip
    canvas.shape(cheeks, [tone, look.hair], inside=face)


def back_hair(canvas: Canvas, look: Look) -> None:
    tones = [mix(look.hair, "#f2c79a", 0.14), mix(look.hair, "#120b0a", 0.25)]
    if look.style == "long":
        canvas.shape(curve([(X, 246), (X + 178, 282), (X + 252, 440), (X + 262, 640), (X + 300, 850), (X + 250, 940),
                            (X + 110, 900), (X - 110, 900), (X - 250, 940), (X - 300, 850), (X - 262, 640),
                            (X - 252, 440), (X - 178, 282)], closed=True), tones)  # fmt: skip
    elif look.style == "bun":
        canvas.ellipse(X + 8, 236, 116, 104, tones)
        canvas.ellipse(X, 452, 214, 206, tones)
    else:
        canvas.ellipse(X, 440, 204, 186, tones)


def front_hair(canvas: Canvas, look: Look) -> None:
    light, dark = mix(look.hair, "#f2c79a", 0.24), mix(look.hair, "#120b0a", 0.12)
    if look.style == "long":
        left = [(X + 46, 300), (X - 110, 296), (X - 214, 420), (X - 236, 620), (X - 262, 800), (X - 206, 760),
                (X - 178, 600), (X - 150, 470), (X - 40, 400)]  # fmt: skip
        right = [(X + 20, 292), (X + 140, 318), (X + 220, 440), (X + 238, 640), (X + 262, 800), (X + 204, 750),
                 (X + 178, 580), (X + 140, 450), (X + 60, 372)]  # fmt: skip
        canvas.shape(curve(right, closed=True), [light, look.hair, dark])
        canvas.shape(curve(left, closed=True), [light, look.hair, dark])
        for at in (0, 26, 52):
            canvas.line(curve([(X + 20 - at, 322), (X - 112 - at, 372), (X - 186 - at / 3, 500)]), 5, light, alpha=0.5)
    elif look.style == "bun":
        canvas.shape(curve([(X, 272), (X + 150, 314), (X + 206, 450), (X + 196, 540), (X + 160, 430), (X + 70, 372),
                            (X - 70, 372), (X - 160, 430), (X - 196, 540), (X - 206, 450), (X - 150, 314)],
                           closed=True), [light, look.hair, dark])  # fmt: skip
        for side in (-1, 1):
            canvas.ellipse(X + side * 190, 640, 11, 15, ["#f2d08a", "#c9974a"])
        canvas.line(curve([(X - 90, 318), (X, 296), (X + 90, 318)]), 6, light, alpha=0.7)
        canvas.line(curve([(X - 70, 222), (X + 6, 172), (X + 84, 216)]), 6, light, alpha=0.7)
    else:
        canvas.shape(curve([(X - 196, 530), (X - 214, 410), (X - 160, 290), (X - 20, 232), (X + 130, 262),
                            (X + 208, 380), (X + 194, 530), (X + 168, 440), (X + 90, 392), (X - 40, 398),
                            (X - 130, 380), (X - 170, 450)], closed=True), [light, look.hair, dark])  # fmt: skip
        canvas.line(curve([(X - 120, 330), (X, 288), (X + 120, 322)]), 7, light, alpha=0.6)
