"""Every pair of colours that stands on each other, measured from the stylesheet itself.

WCAG 2.2: 4.5:1 for text (1.4.3), 7:1 where we promise more, 3:1 for the edges of controls
and for focus (1.4.11). A token changed in tokens.css is measured here in both schemes.
"""

import pytest

from tests.templates.tokens import Oklch, luminance, schemes

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


def _contrast(one: Oklch, other: Oklch) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_knows_black_and_white() -> None:
    assert _contrast((0.0, 0.0, 0.0), (1.0, 0.0, 0.0)) == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "on", "least"), TEXT + EDGES)
def test_colours_have_contrast(scheme: str, ink: str, on: str, least: float) -> None:
    colours = schemes()[scheme]
    assert _contrast(colours[ink], colours[on]) >= least
