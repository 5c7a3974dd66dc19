"""Sheets filled by invented hands and scanned badly, for tests of the reader; it does not know how the reader works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from ballotworthy.sheets import Form
from read_once import Image, ImageDraw, ImageFont, pypdfium2

for needed in ("zxingcpp", "fontpkg_kalam"):
    pytest.importorskip(needed, reason="reading scans needs the extra scan")

DPI = 300


def hand(package: str, file: str, size: int) -> ImageFont.FreeTypeFont:
    """Give a handwriting font out of its package."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return ImageFont.truetype(str(Path(spec.origin).parent / "files" / file), size)


def blank_page(pdf: Path, number: int = 0) -> Image.Image:
    """Give a page of a PDF as a scanner of 300 dpi sees it."""
    return pypdfium2.PdfDocument(pdf)[number].render(scale=DPI / 72).to_pil().convert("L")


def fill(page: Image.Image, form: Form, rows: Mapping[int, Mapping[str, str]], seed: int = 1) -> Image.Image:
    """Write texts into cells, by line from 1 and field; each letter a little off its place, as no font does."""
    rng = np.random.default_rng(seed)
    draw = ImageDraw.Draw(page)
    font = hand("fontpkg_kalam", "Kalam-Regular.ttf", 58)
    for line, texts in rows.items():
        for cell in form.cells:
            x = (cell.x + 6) * DPI / 72
            y = (form.top + (line - 1) * form.row + cell.y + 9) * DPI / 72
            for letter in texts.get(cell.field, ""):
                draw.text((x, y + rng.normal(0, 1.5)), letter, font=font, fill=int(rng.uniform(10, 80)))
                x += font.getlength(letter) * (1 + rng.normal(0, 0.03))
    return page


def strike(page: Image.Image, form: Form, line: int) -> Image.Image:
    """Draw one stroke through a row."""
    y = (form.top + (line - 0.5) * form.row) * DPI / 72
    ImageDraw.Draw(page).line([(60 * DPI / 72, y - 24), ((form.width - 40) * DPI / 72, y + 24)], fill=40, width=6)
    return page


def scanned(page: Image.Image, *, turn: float = 0.0, dpi: int = 200, noise: float = 0.0, seed: int = 1) -> Image.Image:
    """Give the page as scanned: turned by degrees, at a resolution, with noise."""
    turned = page.rotate(turn, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    small = turned.resize([round(each * dpi / DPI) for each in turned.size], Image.Resampling.LANCZOS)
    grain = np.random.default_rng(seed).normal(0, noise, (small.height, small.width)) if noise else 0
    return Image.fromarray(np.clip(np.asarray(small) + grain, 0, 255).astype(np.uint8))


def locked() -> bytes:
    """Give a PDF of one page that no password opens: what its dictionary holds of one is nobody's."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\n4 0 obj<</Filter/Standard/V 1/R 2/P -4"
        b"/O <" + b"11" * 32 + b">/U <" + b"22" * 32 + b">>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>\n%%EOF\n"
    )


def save_pdf(pages: Sequence[Image.Image], path: Path) -> Path:
    """Write pages as the PDF of a scanner: one picture a page."""
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=200)
    return path
