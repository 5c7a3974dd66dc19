"""Scans as the programs of scanners put them into a PDF: stored upside down and mirrored, as a stencil, or plain."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest

import filled
from ballotworthy.scan.pages import pages_of
from test_sheets import folder as folder
from test_sheets import pdf_of, read

GREY = "/ColorSpace /DeviceGray /BitsPerComponent"
KINDS = {
    "grey": (f"{GREY} 8", "1 0 0 1 0 0", np.ndarray.tobytes),
    "mirrored": (f"{GREY} 8", "1 0 0 -1 0 1", lambda page: page[::-1].tobytes()),
    "black and white": (f"{GREY} 1", "1 0 0 1 0 0", lambda page: np.packbits(page > 140, axis=1).tobytes()),
    "stencil": (
        "/ImageMask true /BitsPerComponent 1", "1 0 0 1 0 0", lambda page: np.packbits(page > 140, axis=1).tobytes(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_scan_is_read_as_its_page_shows_it_whatever_way_it_is_stored(kind: str, folder: Path, tmp_path: Path) -> None:
    page = np.asarray(filled.scanned(filled.blank_page(folder / "plain.pdf")))
    high, wide = page.shape
    stored, matrix, packed = KINDS[kind]
    picture = zlib.compress(packed(page))
    head = (
        f"<</Type/XObject/Subtype/Image/Width {wide}/Height {high}{stored}/Filter/FlateDecode/Length {len(picture)}>>"
    )
    drawn = f"q 792 0 0 612 0 0 cm {matrix} cm /I Do Q".encode()
    (tmp_path / "1.pdf").write_bytes(
        pdf_of(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 792 612]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>",
            head.encode() + b"stream\n" + picture + b"\nendstream",
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        )
    )
    about, lines = read([tmp_path / "1.pdf"], tmp_path / "out")
    assert [each.get("sheet") for each in about["pages"]] == [299]
    assert lines["row_state"].to_list() == ["blank"] * 10
    (given,) = pages_of(tmp_path / "1.pdf")
    assert given.picture is not None
    assert np.abs(np.subtract(given.picture.shape, page.shape)).max() <= 1  # at its own size
