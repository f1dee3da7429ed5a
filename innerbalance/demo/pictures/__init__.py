"""The demo's pictures: drawn by the modules here, kept as JPEG files beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FILES = Path(__file__).parent / "files"


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """`focus` is the middle of what matters, as shares of width and height."""

    name: str
    title: str
    alt: str
    focus: tuple[float, float] = (0.5, 0.5)

    @property
    def path(self) -> Path:
        return FILES / f"{self.name}.jpg"


PICTURES = {
    picture.name: picture
    for picture in (
        DemoPicture(
            "morning",
            "Morning in the Sonoran Desert",
            "Sunrise over purple mountain ranges, with saguaros and blooming brittlebush",
            (0.6, 0.55),
        ),
        DemoPicture(
            "path",
            "A path through the hills",
            "A pale path winds between green hills and saguaros toward the mountains",
            (0.5, 0.6),
        ),
        DemoPicture(
            "night",
            "A lit window at night",
            "A small desert house with one lit window under a full moon",
            (0.4, 0.65),
        ),
        DemoPicture(
            "chairs",
            "Two armchairs at a window",
            "Two armchairs turned toward each other, with tea on a small table between them",
            (0.5, 0.7),
        ),
        DemoPicture(
            "desk",
            "A session by video",
            "A laptop on a desk shows a counselor on a video call; a cup of tea stands beside it",
            (0.5, 0.5),
        ),
        DemoPicture(
            "puzzle",
            "Two puzzle pieces",
            "Two puzzle pieces, one clay red and one sage green, about to fit together",
            (0.5, 0.47),
        ),
        DemoPicture("katy", "Portrait drawing, long brown hair", "", (0.5, 0.45)),
        DemoPicture("mateo", "Portrait drawing, short dark hair and beard", "", (0.5, 0.45)),
        DemoPicture("june", "Portrait drawing, hair in a bun and round glasses", "", (0.5, 0.45)),
    )
}
