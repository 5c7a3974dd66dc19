"""Which letters a font file has: the table `cmap` of OpenType and TrueType files and collections, formats 4 and 12."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from struct import error, unpack_from

COLLECTION = b"ttcf"


def letters_in(file: Path, index: int) -> set[int]:
    """Give the code points for which a face of a font file has a glyph; `index` counts the faces of a collection.

    Source: OpenType specification 1.9, `cmap`.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no font, or has no table of letters that is known.
    """
    data = file.read_bytes()
    try:
        start = unpack_from(">I", data, 12 + 4 * index)[0] if data.startswith(COLLECTION) else 0
        tables = (
            unpack_from(">4sIII", data, start + 12 + 16 * at) for at in range(unpack_from(">H", data, start + 4)[0])
        )
        cmap = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
        found: set[int] = set()
        for at in range(unpack_from(">H", data, cmap + 2)[0]):
            table = cmap + unpack_from(">HHI", data, cmap + 4 + 8 * at)[2]
            found |= set(_of_table(data, table))
    except (error, StopIteration):
        raise ValueError(f"{file.name} is no font that could be read") from None
    return found


def _of_table(data: bytes, table: int) -> Iterator[int]:
    form = unpack_from(">H", data, table)[0]
    if form == 12:
        for at in range(unpack_from(">I", data, table + 12)[0]):
            first, last, glyph = unpack_from(">III", data, table + 16 + 12 * at)
            yield from range(first + (not glyph), last + 1)
    if form == 4:
        count = unpack_from(">H", data, table + 6)[0] // 2
        ends = unpack_from(f">{count}H", data, table + 14)
        starts, deltas, offsets = (
            unpack_from(f">{count}H", data, table + 16 + 2 * count * number) for number in (1, 2, 3)
        )
        for at, (first, last) in enumerate(zip(starts, ends, strict=True)):
            for letter in range(first, last + 1):
                glyph = letter
                if offsets[at]:
                    place = table + 16 + 6 * count + 2 * at + offsets[at] + 2 * (letter - first)
                    glyph = unpack_from(">H", data, place)[0]
                if (glyph + deltas[at]) % 65_536 if glyph or not offsets[at] else 0:
                    yield letter
