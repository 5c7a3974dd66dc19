"""House numbers as a record holds them: plain ones as they are, those with a hyphen as both of their parts.

A hyphen means one thing in Queens (37-12, which many write 3712) and in Hawaii (91-1023), another where two houses
share a number (8-10), and a third where a unit stands behind it (12-3). A record keeps both parts, so that a
comparison can try each meaning; keys and look-ups go by the first part.

    bit 31        set where there is a hyphen
    bits 30..17   the second part, as it is written: 5 and 05 are two
    bits 16..0    the first part
"""

from __future__ import annotations

from ballotworthy.files.compiled import compiled

HYPHENED = 1 << 31
FIRST = 1 << 17
"""First parts lie below it."""
LONGER = (0, 10, 110, 1110, 11110)
"""Where the second parts of one, two, three and four digits begin."""


def house_number(first: str, second: str) -> int:
    """Give the number of a house as a record holds it, 0 for none; a part too long for a record is left out."""
    number = int(first or 0)
    if not second or number >= FIRST or number == 0 or len(second) >= len(LONGER):
        return number
    return HYPHENED | (LONGER[len(second) - 1] + int(second)) << 17 | number


def unit_behind(first: str, second: str) -> str:
    """Give the second part where it is rather a unit than another number: 12-3, not 1-3, 8-10 or 37-12."""
    return second if len(second) == 1 and 0 < int(second) <= int(first or 0) else ""


@compiled
def first_part(number: int) -> int:
    """Give the number, or the part of it before the hyphen."""
    return int(number) & (FIRST - 1) if number >= HYPHENED else int(number)


@compiled
def second_part(number: int) -> tuple[int, int]:
    """Give the part behind the hyphen, and how many digits it has; 0 and 0 where there is none."""
    if number < HYPHENED:
        return 0, 0
    code, digits = int(number) >> 17 & 0x3FFF, 1
    while digits < 4 and code >= LONGER[digits]:
        digits += 1
    return code - LONGER[digits - 1], digits
