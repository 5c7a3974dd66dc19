"""Files in the letters of an old Macintosh or of DOS, which nothing in them names: seen by what they make of names.

Both keep accented letters where Windows-1252 has signs: "PE\u00d1A" would be read as "PE\u201eA" or "PE\u00a5A". A
sign between two letters, or a capital within a word of small letters, is in no name, so such a file is refused and
not spoiled.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.errors import Fault

SIGNS = (0x80, 0x81, 0x82, 0x83, 0x84, 0x86, 0x87, 0x88, 0x89, 0x8B, 0x8D, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x98, 0x99,
         0x9B, 0x9D, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAB, 0xAC, 0xAE, 0xAF, 0xB1, 0xB5, 0xB6,
         0xBB)  # fmt: skip
"""Bytes that are no letter in Windows-1252, nor a hyphen, an apostrophe, a blank or a mark of an ordinal; nor \u00bf,
which databases write for a letter that they lost: saving the file again does not bring it back."""
LAST = (0x81, 0x82, 0x83, 0x88, 0x8D, 0x8F, 0x90, 0xA2, 0xA3, 0xA4, 0xA5)
"""Those of them that stand behind the last letter of no word either; others may be marks of a note."""
DASHES = (0x96, 0x97)
"""Dashes, which join two names, or \u00f1 and \u00f3 of a Macintosh."""
CAPITALS = (0x8A, 0x8C, 0x8E, 0x9F)
SMALL = (0x9A, 0x9C, 0x9E)
OE, SCARON = 0x9C, 0x9A
"""Behind \u0153 a name has a u (C\u0153ur), else it is the \u00fa of a Macintosh (Ra\u00fal); between consonants
\u00f6 (M\u00f6ller) is likelier than \u0161."""
VOWELS = tuple(b"AEIOUYaeiouy")
UPPER, LOWER = 1, 2
MOSTLY = 0.25
"""Share of the bytes beyond ASCII from which on odd ones tell of another encoding; a judgement."""
AT_ONCE = 1 << 26
"""Bytes that are looked through at a time."""


def other_letters(data: bytes) -> Fault | None:
    """Give the first place where text that is no UTF-8 is not in Windows-1252 either, None where it mostly is.

    Of a file in other letters nearly all that is not ASCII is odd; a file of Windows-1252 may hold a damaged cell.
    """
    text = np.frombuffer(data, np.uint8)
    first, odd, there = -1, 0, 0
    for begin in range(0, len(text), AT_ONCE):
        at = begin + np.flatnonzero(text[begin : begin + AT_ONCE] >= 0x80)
        found = at[_odd(text, at)]
        if len(found) and first < 0:
            first = int(found[0])
        odd, there = odd + len(found), there + len(at)
    if odd <= MOSTLY * there or not odd:
        return None
    line = data.count(b"\n", 0, first) or data.count(b"\r", 0, first)
    what = "a letter there is not of Windows-1252; the file may come from an old Macintosh or from DOS"
    return Fault(line + 1, None, what, 'Save it again as UTF-8, in a spreadsheet as "CSV UTF-8"')


def _odd(text: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Tell which of the bytes at these places make no word with what stands around them; bool (places,)."""
    one, before, after = text[at], _kinds(text, at - 1), _kinds(text, at + 1)
    inside = (before > 0) & (after > 0)
    ends = (before > 0) & ~inside & (_around(text, at + 1) < 0x80)
    capital = np.isin(one, CAPITALS) & ((before == LOWER) | ((before == UPPER) & (after == LOWER)))
    small = np.isin(one, SMALL) & (before == UPPER) & (after == UPPER)
    oe = (one == OE) & (before > 0) & ~np.isin(_around(text, at + 1), tuple(b"Uu"))
    scaron = (
        (one == SCARON) & inside & ~np.isin(_around(text, at - 1), VOWELS) & ~np.isin(_around(text, at + 1), VOWELS)
    )
    short = inside & (_kinds(text, at - 2) > 0) & ((_kinds(text, at + 2) == 0) | (_kinds(text, at + 3) == 0))
    sign = np.isin(one, SIGNS) & inside
    return np.asarray(
        sign | (np.isin(one, LAST) & ends) | capital | small | oe | scaron | (np.isin(one, DASHES) & short)
    )


def _kinds(text: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Give UPPER, LOWER or 0 for the byte at each place."""
    byte = _around(text, at)
    upper, lower = (byte >= 65) & (byte <= 90), (byte >= 97) & (byte <= 122)
    return np.where(upper, UPPER, np.where(lower, LOWER, 0))


def _around(text: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Give the byte at each place, a line break where the file has ended or not begun."""
    there = (at >= 0) & (at < len(text))
    return np.where(there, text[np.clip(at, 0, len(text) - 1)], 10)
