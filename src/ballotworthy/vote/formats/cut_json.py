"""Records of a JSON list cut apart without reading them: what differs from record to record, and what is alike.

An export repeats itself. Of each record the strings and whole numbers are holes, and so are its contests ("units"),
each as a whole; what is left, keys and brackets, is its skeleton, and a million records have a handful of those. Each
skeleton and each unit is read once, by Python's own strict reader; nothing is believed unread. What cannot be cut is
left to the slow reader, which says what is wrong with it.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled

PLAIN, NUMBER, UNIT, ESCAPED, CODED = 1, 2, 3, 4, 5
"""Kinds of holes: a string, a whole number, a unit, a string with \\\\ \\" or \\/ in it, one with other escapes."""
ENDED, MORE, ODD = 0, 1, 2
"""How cutting stopped: at the end of the list, for want of data or room, or at what cannot be cut."""
QUOTE, BACKSLASH, COLON, COMMA, OPEN, CLOSE, LIST, TAIL = 34, 92, 58, 44, 123, 125, 91, 93
ZERO, NINE, SPACE = 48, 57, 32
DIGITS = 15
SHORT, STRANGE, FULL = -1, -2, -3


@compiled
def cut_json(
    data: np.ndarray, key: np.ndarray, skeleton: np.ndarray, records: np.ndarray, holes: np.ndarray
) -> tuple[int, int, int]:
    """Cut the objects of a list.

    Args:
        data: bytes, uint8; an item of the list begins here.
        key: the items of lists under this key are units; bytes, uint8.
        skeleton: out, as many bytes as data: skeletons one behind the other, a hole as one byte, its kind.
        records: out, int64 (most records + 1, 4): begin and end of a record, of its skeleton the begin, its first
            hole; a row more than there are records closes the last.
        holes: out, int64 (most holes, 3): begin, end, kind.

    Returns:
        Number of records, where the first byte stands that was not used (the end of the list itself is not used), and
        how it stopped.
    """
    size, most = data.shape[0], records.shape[0] - 1
    at, count, found, out = 0, 0, 0, 0
    while True:
        at = blank(data, at)
        begin = at
        records[count, 2], records[count, 3] = out, found
        if at == size or count == most:
            return count, begin, MORE
        if data[at] != OPEN:
            return count, begin, ODD
        at, found, out = _record(data, at, key, skeleton, out, holes, found)
        if at < 0:
            return count, begin, MORE if at == SHORT or (at == FULL and count) else ODD
        end = at
        at = blank(data, at)
        if at == size:
            return count, begin, MORE
        if data[at] not in (COMMA, TAIL):
            return count, begin, ODD
        records[count, 0], records[count, 1] = begin, end
        count += 1
        if data[at] == TAIL:
            records[count, 2], records[count, 3] = out, found
            return count, at, ENDED
        at += 1


@compiled
def _record(
    data: np.ndarray, at: int, key: np.ndarray, skeleton: np.ndarray, out: int, holes: np.ndarray, found: int
) -> tuple[int, int, int]:
    """Cut one object; give where it ends, or why not, the holes and the skeleton's length so far."""
    size, depth = data.shape[0], 0
    while at < size:
        byte = data[at]
        if found == holes.shape[0]:
            return FULL, found, out
        if byte == QUOTE:
            end, kind = _string(data, at)
            if end < 0:
                return end, found, out
            behind = blank(data, end)
            if behind == size:
                return SHORT, found, out
            if data[behind] != COLON:
                found, out = hole(holes, found, at, end, kind, skeleton, out)
                at = end
                continue
            units = _same(data, at + 1, end - 1, key)
            out = _copied(data, at, behind + 1, skeleton, out)
            at = blank(data, behind + 1)
            if units and at < size and data[at] == LIST:
                at, found, out = _units(data, at, skeleton, out, holes, found)
                if at < 0:
                    return at, found, out
        elif ZERO <= byte <= NINE or byte == 45:
            end, plain = _figures(data, at)
            if end == size:
                return SHORT, found, out
            if plain:
                found, out = hole(holes, found, at, end, NUMBER, skeleton, out)
            else:
                out = _copied(data, at, end, skeleton, out)
            at = end
        else:
            if byte < SPACE and byte not in (9, 10, 13):
                return STRANGE, found, out
            skeleton[out] = byte
            at, out = at + 1, out + 1
            if byte in (OPEN, LIST):
                depth += 1
            elif byte in (CLOSE, TAIL):
                depth -= 1
                if depth == 0:
                    return at, found, out
    return SHORT, found, out


@compiled
def _units(
    data: np.ndarray, at: int, skeleton: np.ndarray, out: int, holes: np.ndarray, found: int
) -> tuple[int, int, int]:
    """Take the objects of a list whole."""
    size = data.shape[0]
    while at < size:
        byte = data[at]
        if byte == OPEN:
            if found == holes.shape[0]:
                return FULL, found, out
            end = _object(data, at)
            if end < 0:
                return end, found, out
            found, out = hole(holes, found, at, end, UNIT, skeleton, out)
            at = end
            continue
        if byte not in (LIST, TAIL, COMMA, SPACE, 9, 10, 13) or (byte == LIST and skeleton[out - 1] == LIST):
            return STRANGE, found, out
        skeleton[out] = byte
        at, out = at + 1, out + 1
        if byte == TAIL:
            return at, found, out
    return SHORT, found, out


@compiled
def _object(data: np.ndarray, at: int) -> int:
    size, depth = data.shape[0], 0
    while at < size:
        byte = data[at]
        if byte == QUOTE:
            at += 1
            while at < size and data[at] != QUOTE:
                at += 2 if data[at] == BACKSLASH else 1
        elif byte in (OPEN, LIST):
            depth += 1
        elif byte in (CLOSE, TAIL):
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return SHORT


@compiled
def _string(data: np.ndarray, at: int) -> tuple[int, int]:
    """Give where a string ends and its kind."""
    size, kind = data.shape[0], PLAIN
    at += 1
    while at < size:
        byte = data[at]
        if byte == QUOTE:
            return at + 1, kind
        if byte < SPACE:
            return STRANGE, kind
        if byte == BACKSLASH:
            if at + 5 >= size:
                return SHORT, kind
            sign = data[at + 1]
            if sign in (QUOTE, BACKSLASH, 47):
                kind = max(kind, ESCAPED)
            elif sign in (98, 102, 110, 114, 116) or (sign == 117 and _hexadecimal(data, at + 2)):
                kind = CODED
            else:
                return STRANGE, kind
            at += 1
        at += 1
    return SHORT, kind


@compiled
def _hexadecimal(data: np.ndarray, begin: int) -> bool:
    for at in range(begin, begin + 4):
        if not (ZERO <= data[at] <= NINE or 65 <= data[at] <= 70 or 97 <= data[at] <= 102):
            return False
    return True


@compiled
def _figures(data: np.ndarray, at: int) -> tuple[int, bool]:
    """Give where a number ends, and whether it is a whole one of few figures, without sign."""
    size, begin, plain = data.shape[0], at, True
    while at < size and (ZERO <= data[at] <= NINE or data[at] in (43, 45, 46, 69, 101)):
        plain &= ZERO <= data[at] <= NINE
        at += 1
    plain &= at - begin <= DIGITS and (data[begin] != ZERO or at == begin + 1)
    return at, plain and at < size and data[at] in (COMMA, CLOSE, TAIL, SPACE, 9, 10, 13)


@compiled
def hole(
    holes: np.ndarray, found: int, begin: int, end: int, kind: int, skeleton: np.ndarray, out: int
) -> tuple[int, int]:
    """Write a hole, and its kind into the skeleton; give the number of holes and the skeleton's length."""
    holes[found, 0], holes[found, 1], holes[found, 2] = begin, end, kind
    skeleton[out] = kind
    return found + 1, out + 1


@compiled
def blank(data: np.ndarray, at: int) -> int:
    """Give where the blanks that stand here end."""
    size = data.shape[0]
    while at < size and data[at] in (SPACE, 9, 10, 13):
        at += 1
    return at


@compiled
def _same(data: np.ndarray, begin: int, end: int, key: np.ndarray) -> bool:
    if end - begin != key.shape[0]:
        return False
    for at in range(key.shape[0]):
        if data[begin + at] != key[at]:
            return False
    return True


@compiled
def _copied(data: np.ndarray, begin: int, end: int, skeleton: np.ndarray, out: int) -> int:
    for at in range(begin, end):
        skeleton[out] = data[at]
        out += 1
    return out
