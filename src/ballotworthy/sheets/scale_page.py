"""A page by which anybody sees at what scale a printer prints: scaled type is not of the size that a law asks for."""

from __future__ import annotations

from ballotworthy.sheets.fonts import fonts_for
from ballotworthy.sheets.printing import typeset

PAPERS = {"letter": (612, 792), "legal": (612, 1008), "a4": (595.28, 841.89)}
"""Papers by name, width and height in points."""
ACROSS, DOWN = 6, 7
"""Inches of the two rulers."""
SCALES = (100, 97, 94, 90)
SIZES = (8, 10, 11, 12, 14)
"""Sizes of type, in points, that laws of petitions ask for."""


def scale_page(paper: str) -> bytes:
    """Give the PDF of the page for a paper of `PAPERS`; the same bytes on every machine."""
    width, height = PAPERS[paper]
    scales = [
        {
            "scale": f"{scale}%",
            "across": f"{ACROSS * scale / 100:.2f} inches",
            "type": f"{12 * scale / 100:.1f} points",
        }
        for scale in SCALES
    ]
    data = {"width": width, "height": height, "across": ACROSS, "down": DOWN, "scales": scales, "sizes": SIZES}
    return typeset(data, fonts_for("", "", None), "scale.typ")
