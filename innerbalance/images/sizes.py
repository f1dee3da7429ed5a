"""Every size and format in which a picture is shown: the one list, from which they are made ahead of any reader.

Widths fit what the style sheets show at 360, 768 and 1280 pixels, on plain and on dense screens (doubled).
docs/decisions/0068 says why WebP, and what a reader gets while they are being made.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture stands: its sizes from small to large, and how wide it is there (`sizes` in HTML)."""

    operations: tuple[str, ...]
    sizes: str
    lazy: bool = True
    quick: int = 0
    """The size that a reader gets alone while the others are not made yet, by its number in `operations`."""

    def specs(self, file_format: str) -> list[str]:
        return [f"{operation}|format-{file_format}" for operation in self.operations]


FORMATS = ("webp", "jpeg")
"""The last is for browsers that know no other, and the quickest to make."""

FOUR_BY_THREE = ("fill-400x300", "fill-500x375", "fill-720x540", "fill-1000x750", "fill-1440x1080")
SQUARES = ("fill-112x112", "fill-224x224", "fill-360x360", "fill-720x720")
WHOLE = ("width-400", "width-720", "width-960", "width-1440")

PLACES = {
    "opening": Place(FOUR_BY_THREE, "(min-width: 75rem) 31rem, (min-width: 56rem) 40vw, 92vw", lazy=False, quick=2),
    "card": Place(FOUR_BY_THREE[:4], "(min-width: 75rem) 23rem, (min-width: 40rem) 45vw, 92vw", quick=1),
    "byline": Place(SQUARES[:1], "3.5rem", lazy=False),
    "portrait": Place(SQUARES[:3], "clamp(7rem, 24vw, 11rem)", quick=1),
    "portrait_page": Place(SQUARES[1:], "(min-width: 32rem) 22rem, 70vw", lazy=False, quick=1),
    "body": Place(WHOLE, "(min-width: 64rem) 56rem, 92vw", quick=1),
}

SHARED = "fill-1200x630|format-jpeg"
MAP = "width-900"
EMAIL = "max-1040x1600|bgcolor-ffffff|format-jpeg|jpegquality-80"
OTHERS = (SHARED, MAP, EMAIL)
"""What templates ask for by themselves, with Wagtail's own tag."""

MADE_AHEAD = tuple(
    dict.fromkeys(
        [spec for place in PLACES.values() for file_format in FORMATS for spec in place.specs(file_format)] + [SHARED]
    )
)
