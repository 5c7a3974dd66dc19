"""Batches: the events of one commit carry their place in it, so that an unfinished one is known for what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

BATCH = re.compile(rb'\{"at":"[^"\\]*","batch":\{"at":([1-9][0-9]{0,15}),"of":([1-9][0-9]{0,15})\},')
"""How the line of an event of a batch begins."""
TAIL = len(',"sha256":""}') + 64
"""How long the end of a line is that its hash leaves out."""


def place_of(line: bytes) -> tuple[int, int] | None:
    """Give the place of a line in its batch, and the batch's length; None where it is of none."""
    found = BATCH.match(line)
    return (int(found[1]), int(found[2])) if found else None


def finished(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Give lines without an unfinished batch at their end; what is no batch as it should be is passed on as it is."""
    held: list[bytes] = []
    length = 0
    for line in lines:
        place = place_of(line)
        if held and place != (len(held) + 1, length):
            yield from held
            held = []
        if place is None or place[0] != len(held) + 1:
            yield line
            continue
        held.append(line)
        length = place[1]
        if len(held) == length:
            yield from held
            held = []
    if not all(map(is_sound, held)):  # it is damaged, which is for the reader to say
        yield from held


def is_sound(line: bytes) -> bool:
    """Tell whether a line gives the hash that it ends with, so that it was written so and not damaged since."""
    return line[-TAIL:] == b',"sha256":"' + sha256(line[:-TAIL] + b"}").hexdigest().encode() + b'"}'


def follows(place: tuple[int, int] | None, before: tuple[int, int] | None) -> bool:
    """Tell whether a place in a batch may follow the one before it: next in its batch, or the first of another."""
    if before is not None and before[0] < before[1]:
        return place == (before[0] + 1, before[1])
    return place is None or (place[0] == 1 and place[1] > 1)
