"""Batches: what one act wrote, however many events; one that is not all there at the end of a record is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .form import claimed_hash, own_hash, place_of


def finished(lines: Iterable[bytes], left_out: Callable[[int, int], object]) -> Iterator[bytes]:
    """Give lines without an unfinished batch at their end; `left_out` is told its events and its length.

    A line of it that does not give its own hash was altered, so nothing is left out then.
    """
    held: list[bytes] = []
    length = 0
    for line in lines:
        place = place_of(line) if line.endswith(b"\n") else None
        if held and place != (len(held) + 1, length):
            yield from held
            held = []
        if place is None or place[0] != len(held) + 1 or place[1] < 2:
            yield line
            continue
        held.append(line)
        length = place[1]
        if len(held) == length:
            yield from held
            held = []
    if any(own_hash(line[:-1]) != claimed_hash(line[:-1]) for line in held):
        yield from held
    elif held:
        left_out(len(held), length)
