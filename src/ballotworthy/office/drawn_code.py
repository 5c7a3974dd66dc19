"""Codes that a camera reads, drawn into a page without a style of their own, and named for who does not see them."""

from __future__ import annotations

import segno

from ballotworthy.office.languages import say


def drawn_code(text: str, title: str, *, scale: int) -> str:
    """Give the QR code of a text as SVG; `title` says what it holds, and `scale` is how many units a square has."""
    made = segno.make(text, error="m")
    drawn = made.svg_inline(
        scale=scale, border=2, svgclass="qr", lineclass=None, omitsize=True, title=str(say(title))
    )  # fmt: skip
    return str(drawn).replace("<svg ", '<svg role="img" ', 1)
