"""Draw every picture anew: `python -m innerbalance.demo.pictures.draw` (about 20 seconds)."""

from __future__ import annotations

from innerbalance.demo.pictures import FILES, PICTURES, desert, portraits, puzzle, rooms

QUALITY = 82  # the largest file stays under 150 KB
DRAWN_BY = {
    "morning": desert.morning,
    "path": desert.path,
    "night": desert.night,
    "chairs": rooms.chairs,
    "desk": rooms.desk,
    "puzzle": puzzle.puzzle,
    "katy": portraits.katy,
    "mateo": portraits.mateo,
    "june": portraits.june,
}


def main() -> None:
    FILES.mkdir(exist_ok=True)
    for name, picture in PICTURES.items():
        image = DRAWN_BY[name]()
        image.save(picture.path, "JPEG", quality=QUALITY, optimize=True, progressive=True)


if __name__ == "__main__":
    main()
