"""Records of an XML file cut apart, as `cut_json` does: texts and values of attributes are holes, and so are units.

Blanks between elements say nothing and are left out of skeletons. Comments, instructions, CDATA, and entities outside
of units are left to the slow reader.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.vote.formats.cut_json import FULL, MORE, NUMBER, ODD, SHORT, SPACE, STRANGE, UNIT, blank, hole

BEGIN, END, SLASH, AND, QUOTE, SINGLE = 60, 62, 47, 38, 34, 39


@compiled
def cut_xml(
    data: np.ndarray, name: np.ndarray, unit: np.ndarray, skeleton: np.ndarray, records: np.ndarray, holes: np.ndarray
) -> tuple[int, int, int]:
    """Cut the elements called `name` that stand one behind the other; arguments and answer as `cut_json`."""
    size, most = data.shape[0], records.shape[0] - 1
    at, count, found, out = 0, 0, 0, 0
    while True:
        at = blank(data, at)
        begin = at
        records[count, 2], records[count, 3] = out, found
        if at + name.shape[0] + 2 >= size or count == most:
            return count, begin, MORE
        if not _called(data, at, name):
            return count, begin, ODD
        at, found, out = _element(data, at, unit, skeleton, out, holes, found)
        if at < 0:
            return count, begin, MORE if at == SHORT or (at == FULL and count) else ODD
        records[count, 0], records[count, 1] = begin, at
        count += 1


@compiled
def _element(
    data: np.ndarray, at: int, unit: np.ndarray, skeleton: np.ndarray, out: int, holes: np.ndarray, found: int
) -> tuple[int, int, int]:
    """Cut one element; give where it ends, or why not, the holes and the skeleton's length so far."""
    size, depth = data.shape[0], 0
    while at < size:
        if found == holes.shape[0]:
            return FULL, found, out
        if data[at] != BEGIN:
            begin, end, at = _text(data, at)
            if at < 0:
                return at, found, out
            if begin < end:
                found, out = hole(holes, found, begin, end, NUMBER, skeleton, out)
            continue
        if at + unit.shape[0] + 2 >= size:
            return SHORT, found, out
        sign = data[at + 1]
        if sign in (33, 63):
            return STRANGE, found, out
        if depth and _called(data, at, unit):
            end = _whole(data, at)
            if end < 0:
                return end, found, out
            found, out = hole(holes, found, at, end, UNIT, skeleton, out)
            at = end
            continue
        at, found, out = _tag(data, at, skeleton, out, holes, found)
        if at < 0:
            return at, found, out
        if sign == SLASH:
            depth -= 1
        elif data[at - 2] != SLASH:
            depth += 1
        if depth == 0:
            return at, found, out
    return SHORT, found, out


@compiled
def _tag(
    data: np.ndarray, at: int, skeleton: np.ndarray, out: int, holes: np.ndarray, found: int
) -> tuple[int, int, int]:
    """Cut a tag; values of attributes are holes, unless they name a space of names."""
    size, word = data.shape[0], at
    while at < size:
        byte = data[at]
        skeleton[out] = byte
        at, out = at + 1, out + 1
        if byte == END:
            return at, found, out
        if byte < SPACE and byte not in (9, 10, 13):
            return STRANGE, found, out
        if byte <= SPACE:
            word = at
        if byte in (QUOTE, SINGLE):
            if found == holes.shape[0]:
                return FULL, found, out
            begin = at
            while at < size and data[at] != byte:
                if data[at] < SPACE or data[at] in (AND, BEGIN):
                    return STRANGE, found, out
                at += 1
            if at == size:
                return SHORT, found, out
            if _declares(data, word):
                for place in range(begin, at):
                    skeleton[out] = data[place]
                    out += 1
            elif at > begin:
                found, out = hole(holes, found, begin, at, NUMBER, skeleton, out)
            skeleton[out] = byte
            at, out = at + 1, out + 1
    return SHORT, found, out


@compiled
def _declares(data: np.ndarray, at: int) -> bool:
    """Say whether an attribute's name begins with xmlns."""
    return bool(
        data[at] == 120 and data[at + 1] == 109 and data[at + 2] == 108 and data[at + 3] == 110 and data[at + 4] == 115
    )


@compiled
def _text(data: np.ndarray, at: int) -> tuple[int, int, int]:
    """Give where a text begins and ends without blanks around, and where the next tag begins."""
    size = data.shape[0]
    begin = blank(data, at)
    end = begin
    at = begin
    while at < size and data[at] != BEGIN:
        byte = data[at]
        if byte > SPACE:
            end = at + 1
            if byte in (AND, END):
                return at, at, STRANGE
        elif byte not in (9, 10, 13, SPACE):
            return at, at, STRANGE
        at += 1
    if at == size:
        return at, at, SHORT
    for place in range(begin, end):
        if data[place] == 13:
            return at, at, STRANGE
    return begin, end, at


@compiled
def _whole(data: np.ndarray, at: int) -> int:
    """Give where an element ends."""
    size, depth = data.shape[0], 0
    while at + 1 < size:
        if data[at] != BEGIN:
            at += 1
            continue
        sign = data[at + 1]
        if sign in (33, 63):
            return STRANGE
        quote = 0
        at += 1
        while at < size and (quote or data[at] != END):
            byte = data[at]
            if quote:
                quote = 0 if byte == quote else quote
            elif byte in (QUOTE, SINGLE):
                quote = byte
            at += 1
        if at == size:
            return SHORT
        if sign == SLASH:
            depth -= 1
        elif data[at - 1] != SLASH:
            depth += 1
        at += 1
        if depth == 0:
            return at
    return SHORT


@compiled
def _called(data: np.ndarray, at: int, name: np.ndarray) -> bool:
    """Say whether a tag that opens here has this name."""
    if data[at] != BEGIN:
        return False
    for place in range(name.shape[0]):
        if data[at + 1 + place] != name[place]:
            return False
    behind = data[at + 1 + name.shape[0]]
    return behind in (END, SLASH, SPACE, 9, 10, 13)
