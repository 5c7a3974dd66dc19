"""Text of any common encoding as UTF-8: UTF-8, UTF-16 with or without its mark, else Windows-1252.

A program that took UTF-8 for Windows-1252 and saved what it saw as UTF-8 leaves two or three signs for one letter,
"Mu\u00c3\u00b1oz" for Mu\u00f1oz. No name is written with such signs, so they are read back; where they stand for no
letter or mark of the Latin script they stay.
"""

from __future__ import annotations

import codecs
import re

TAKEN_FOR_OTHER = re.compile(rb"\xc3[\x82-\xa2](?:\xc2[\x80-\xbf]|\xe2[\x80\x82\x84]|[\xc5\xc6\xcb])")
"""A letter that is a first byte of UTF-8 in Windows-1252, and a sign that is a later one."""
SIGNS = re.compile(r"[\u00c2-\u00c6][^\x00-\x7f]|[\u00e1\u00e2][^\x00-\x7f]{2}")
AT_MOST = 3
"""So often a text may have been taken for another and saved."""
LATIN = re.compile(r"[\u0080-\u024f\u02c6\u02dc\u1e00-\u1eff\u2010-\u203a\u20ac\u2122]")
"""Letters and marks of Latin script, and what Windows-1252 has besides."""


def recoded(data: bytes) -> tuple[bytes, str]:
    """Give text in UTF-8 without a mark at its beginning, and what it was written in."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return letters_back(data.decode("utf-16", errors="replace").encode()), "utf-16"
    even, odd = data[:1000:2].count(0), data[1:1000:2].count(0)
    if max(even, odd) * 4 > min(len(data), 1000) > 0 == min(even, odd):
        order = "utf-16-be" if even else "utf-16-le"
        return letters_back(data.decode(order, errors="replace").encode()), "utf-16"
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        if not data.isascii():
            data.decode()
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace").encode(), "windows-1252"
    read_back = letters_back(data)
    return read_back, "utf-8" if read_back == data else "utf-8 taken for windows-1252"


def letters_back(data: bytes) -> bytes:
    """Give text in UTF-8 with letters in the place of the signs that stand for them."""
    for _ in range(AT_MOST):
        if not TAKEN_FOR_OTHER.search(data):
            break
        data = SIGNS.sub(_read_back, data.decode()).encode()
    return data


def _read_back(found: re.Match[str]) -> str:
    """Give the letter for which such signs stand, or the signs."""
    try:
        whole = b"".join(_byte(sign) for sign in found[0]).decode()
    except UnicodeError:
        return found[0]
    return whole if LATIN.fullmatch(whole) else found[0]


def _byte(sign: str) -> bytes:
    """Give the byte of a sign in Windows-1252, which leaves five bytes without one: programs keep those as they are."""
    return bytes([ord(sign)]) if ord(sign) < 0xA0 else sign.encode("windows-1252")
