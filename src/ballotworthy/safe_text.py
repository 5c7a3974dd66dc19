"""Text from a file made safe to show: what would act on a terminal, or hide in a line, is named instead."""

from __future__ import annotations

import re

ACTING = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed, and those of eight bits
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff"  # halves of pairs: bytes of a path that are no text
    "\U000e0000-\U000e007f"  # tags, which spell invisible words
)
"""What is shown by name: control characters, marks of direction, what has no width, ends of lines that are none."""
UNSAFE = re.compile(f"[{ACTING}]")
NAMED = {"\x1b": "ESC", "\x00": "NUL", "\x07": "BEL", "\x08": "BS", "\r": "CR", "\x7f": "DEL"}


def safe_text(text: str) -> str:
    """Give text with each character that acts or hides shown by name: ‹ESC›, ‹U+202E›; tabs and lines stay."""
    return UNSAFE.sub(_shown, text)


def safe_line(text: str) -> str:
    """Give text of one cell so that it stays one line: as `safe_text`, and ends of lines and tabs by name too."""
    return safe_text(text).replace("\n", "‹LF›").replace("\t", "‹TAB›")


def safe_json(text: str) -> str:
    r"""Give JSON with each such character written as \uXXXX: the same value to a program, nothing raw to a terminal."""
    return UNSAFE.sub(_escaped, text)


def shape_of(text: str) -> str:
    """Give the shape of text that may be a name: letters as `a` and `A`, digits as `9`, all else as it is."""
    return "".join(map(_shape, text))


def _shape(sign: str) -> str:
    if sign.isalpha():
        return "A" if sign.isupper() else "a"
    return "9" if sign.isnumeric() else sign


def _shown(found: re.Match[str]) -> str:
    return f"‹{NAMED.get(found[0], f'U+{ord(found[0]):04X}')}›"


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
