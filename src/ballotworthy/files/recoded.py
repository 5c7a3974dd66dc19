"""Text of any common encoding as UTF-8: UTF-8, UTF-16 with or without its mark, else Windows-1252."""

from __future__ import annotations

import codecs


def recoded(data: bytes) -> tuple[bytes, str]:
    """Give text in UTF-8 without a mark at its beginning, and what it was written in."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return data.decode("utf-16", errors="replace").encode(), "utf-16"
    even, odd = data[:1000:2].count(0), data[1:1000:2].count(0)
    if max(even, odd) * 4 > min(len(data), 1000) > 0 == min(even, odd):
        order = "utf-16-be" if even else "utf-16-le"
        return data.decode(order, errors="replace").encode(), "utf-16"
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        if not data.isascii():
            data.decode()
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace").encode(), "windows-1252"
    return data, "utf-8"
