"""Many small DEFLATE streams of one zip unpacked by compiled code, one behind the other (RFC 1951).

An export may be a million files of half a kilobyte, and a call of zlib for each holds up every other thread. What is
not as it should be is not told here: zlib is asked again, and says what is wrong.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled

STORED, FIXED, DYNAMIC = 0, 1, 2
LITERALS, DISTANCES, LENGTHS = 288, 32, 19
ENDS, MOST_LITERALS, MOST_DISTANCES = 256, 286, 30
LONGEST = 15
"""Bits of the longest code."""
ROOM = 48
"""Bits up to which eight more are taken: a length and a distance are at most 48, and all stand in one whole number."""
ORDER = np.array([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15], np.int64)
"""In which the lengths of the codes of lengths stand (section 3.2.7)."""
LENGTH_BITS = np.array([0] * 8 + [1] * 4 + [2] * 4 + [3] * 4 + [4] * 4 + [5] * 4 + [0], np.int64)
LENGTH_BASE = np.array(
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258],
    np.int64,
)
DISTANCE_BITS = np.array([0, 0, *(at // 2 for at in range(28))], np.int64)
DISTANCE_BASE = np.concatenate([[1], 1 + np.cumsum(1 << DISTANCE_BITS[:-1])]).astype(np.int64)
"""Section 3.2.5."""
LINE_BREAK = 10


def _sums() -> np.ndarray:
    """Give the eight tables of CRC-32, int64 (8, 256): of a byte that stands so many bytes before the end."""
    table = np.zeros((8, 256), np.int64)
    for byte in range(256):
        found = byte
        for _ in range(8):
            found = found >> 1 ^ (0xEDB88320 if found & 1 else 0)
        table[0, byte] = found
    for turn in range(1, 8):
        table[turn] = table[turn - 1] >> 8 ^ table[0][table[turn - 1] & 255]
    return table


SUMS = _sums()


def inflated(data: bytes, begins: np.ndarray, packed: np.ndarray, sizes: np.ndarray, sums: np.ndarray,
             deflated: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:  # fmt: skip
    """Unpack files one behind the other, a line break behind each.

    Args:
        data: where they are packed.
        begins, packed: int64, of each file, where it begins in data, and its bytes there.
        sizes, sums: int64, its bytes unpacked, and their CRC-32.
        deflated: whether it is; else it stands as it is.

    Returns:
        The bytes, uint8, and where each file begins in them, int64; None where anything is not as it should be.
    """
    starts = np.concatenate([[0], np.cumsum(sizes + 1)]).astype(np.int64)
    out = np.empty(int(starts[-1]), np.uint8)
    work = np.empty(LITERALS + DISTANCES + 2, np.int64), np.empty((2, LONGEST + 1), np.int64)
    tables = np.empty((2, 1 << LONGEST), np.int64)
    view = np.frombuffer(data, np.uint8)
    whole = _all(view, begins, packed, sums, deflated, out, starts, *work, tables, ORDER, LENGTH_BITS, LENGTH_BASE,
                 DISTANCE_BITS, DISTANCE_BASE, SUMS)  # fmt: skip
    return (out, starts[:-1]) if whole else None


@compiled
def _all(
    data: np.ndarray, begins: np.ndarray, packed: np.ndarray, sums: np.ndarray, deflated: np.ndarray, out: np.ndarray,
    starts: np.ndarray, lengths: np.ndarray, counts: np.ndarray, tables: np.ndarray, order: np.ndarray,
    length_bits: np.ndarray, length_base: np.ndarray, distance_bits: np.ndarray, distance_base: np.ndarray,
    table: np.ndarray,
) -> bool:  # fmt: skip
    for file in range(begins.shape[0]):
        at, end = begins[file], begins[file] + packed[file]
        to, stop = starts[file], starts[file + 1] - 1
        if at < 0 or end < at or end > data.shape[0] or stop < to:
            return False
        if deflated[file]:
            whole = _inflate(data, at, end, out, to, stop, lengths, counts, tables, order, length_bits, length_base,
                             distance_bits, distance_base)  # fmt: skip
        else:
            whole = end - at == stop - to
            for place in range((end - at) * whole):
                out[to + place] = data[at + place]
        if not whole or _sum(out, to, stop, table) != sums[file]:
            return False
        out[stop] = LINE_BREAK
    return True


@compiled
def _inflate(
    data: np.ndarray, at: int, end: int, out: np.ndarray, to: int, stop: int, lengths: np.ndarray, counts: np.ndarray,
    tables: np.ndarray, order: np.ndarray, length_bits: np.ndarray, length_base: np.ndarray, distance_bits: np.ndarray,
    distance_base: np.ndarray,
) -> bool:  # fmt: skip
    """Unpack a stream; say whether it fills its place, and nothing stands behind it."""
    begin, bits, have, last = to, 0, 0, 0
    while not last:
        bits, have, at = _more(data, bits, have, at, end)
        if have < 3:
            return False
        last, kind = bits & 1, bits >> 1 & 3
        bits, have = bits >> 3, have - 3
        if kind == STORED:
            at -= have // 8
            bits, have = 0, 0
            if at + 4 > end:
                return False
            size = int(data[at]) | int(data[at + 1]) << 8
            if size ^ (int(data[at + 2]) | int(data[at + 3]) << 8) != 0xFFFF:
                return False
            at += 4
            if at + size > end or to + size > stop:
                return False
            for place in range(size):
                out[to + place] = data[at + place]
            at, to = at + size, to + size
            continue
        if kind == FIXED:
            for symbol in range(LITERALS):
                lengths[symbol] = 8 if symbol < 144 else 9 if symbol < 256 else 7 if symbol < 280 else 8
            for symbol in range(DISTANCES):
                lengths[LITERALS + symbol] = 5
            literals, distances = LITERALS, DISTANCES
        elif kind == DYNAMIC:
            bits, have, at, literals, distances = _lengths(data, bits, have, at, end, lengths, counts, tables, order)
            if literals == 0:
                return False
        else:
            return False
        literal_most = _codes(lengths, 0, literals, counts, tables[0])
        distance_most = _codes(lengths, literals, distances, counts, tables[1])
        if literal_most < 0 or distance_most < 0:
            return False
        literal_mask, distance_mask = (1 << literal_most) - 1, (1 << distance_most) - 1
        while True:
            bits, have, at = _more(data, bits, have, at, end)
            found = tables[0, bits & literal_mask]
            used = found & 15
            if used == 0 or used > have:
                return False
            bits, have, symbol = bits >> used, have - used, found >> 4
            if symbol < ENDS:
                if to == stop:
                    return False
                out[to] = symbol
                to += 1
                continue
            if symbol == ENDS:
                break
            symbol -= ENDS + 1
            if symbol >= length_base.shape[0]:
                return False
            used = length_bits[symbol]
            size = length_base[symbol] + (bits & (1 << used) - 1)
            bits, have = bits >> used, have - used
            if have < 0:
                return False
            found = tables[1, bits & distance_mask]
            used = found & 15
            if used == 0 or used > have:
                return False
            bits, have, symbol = bits >> used, have - used, found >> 4
            if symbol >= distance_base.shape[0]:
                return False
            used = distance_bits[symbol]
            back = distance_base[symbol] + (bits & (1 << used) - 1)
            bits, have = bits >> used, have - used
            if have < 0 or back > to - begin or to + size > stop:
                return False
            for place in range(to, to + size):
                out[place] = out[place - back]
            to += size
    return bool(to == stop and at - have // 8 == end)


@compiled
def _more(data: np.ndarray, bits: int, have: int, at: int, end: int) -> tuple[int, int, int]:
    """Take bytes as long as there are some and room is."""
    while have <= ROOM and at < end:
        bits |= int(data[at]) << have
        at, have = at + 1, have + 8
    return bits, have, at


@compiled
def _lengths(
    data: np.ndarray, bits: int, have: int, at: int, end: int, lengths: np.ndarray, counts: np.ndarray,
    tables: np.ndarray, order: np.ndarray,
) -> tuple[int, int, int, int, int]:  # fmt: skip
    """Read the lengths of a block's codes; give the bits left, and how many literals and distances (0: damaged)."""
    bits, have, at = _more(data, bits, have, at, end)
    literals, distances, given = (bits & 31) + 257, (bits >> 5 & 31) + 1, (bits >> 10 & 15) + 4
    bits, have = bits >> 14, have - 14
    if have < 0 or literals > MOST_LITERALS or distances > MOST_DISTANCES:
        return bits, have, at, 0, 0
    for place in range(LENGTHS):
        bits, have, at = _more(data, bits, have, at, end)
        if place >= given:
            lengths[order[place]] = 0
            continue
        if have < 3:
            return bits, have, at, 0, 0
        lengths[order[place]] = bits & 7
        bits, have = bits >> 3, have - 3
    most = _codes(lengths, 0, LENGTHS, counts, tables[0])
    if most < 0:
        return bits, have, at, 0, 0
    place = 0
    while place < literals + distances:
        bits, have, at = _more(data, bits, have, at, end)
        found = tables[0, bits & (1 << most) - 1]
        used, symbol = found & 15, found >> 4
        more = 2 if symbol == 16 else 3 if symbol == 17 else 7 if symbol == 18 else 0
        if used == 0 or used + more > have:
            return bits, have, at, 0, 0
        extra = bits >> used & (1 << more) - 1
        bits, have = bits >> used + more, have - used - more
        times = 1 if symbol < 16 else 11 + extra if symbol == 18 else 3 + extra
        if (symbol == 16 and place == 0) or place + times > literals + distances:
            return bits, have, at, 0, 0
        length = symbol if symbol < 16 else lengths[place - 1] if symbol == 16 else 0
        for turn in range(place, place + times):
            lengths[turn] = length
        place += times
    return bits, have, at, literals, distances


@compiled
def _codes(lengths: np.ndarray, begin: int, size: int, counts: np.ndarray, table: np.ndarray) -> int:
    """Write for each run of bits 16 times the symbol that it begins with, and its length; give the run's bits.

    What no code begins is 0. The answer is -1 where the lengths are no code (section 3.2.2), or one with gaps.
    """
    for length in range(LONGEST + 1):
        counts[0, length] = 0
    for symbol in range(begin, begin + size):
        counts[0, lengths[symbol]] += 1
    most, left, code = 1, 1, 0
    counts[0, 0] = 0
    for length in range(1, LONGEST + 1):
        code = (code + counts[0, length - 1]) << 1
        counts[1, length] = code
        left = 2 * left - counts[0, length]
        if left < 0:
            return -1
        if counts[0, length]:
            most = length
    if left > 0 and most > 1:
        return -1
    if left > 0:
        table[0], table[1] = 0, 0
    for symbol in range(size):
        length = lengths[begin + symbol]
        if length == 0:
            continue
        code = counts[1, length]
        counts[1, length] = code + 1
        place = 0
        for _ in range(length):
            place, code = place << 1 | code & 1, code >> 1
        while place < 1 << most:
            table[place] = symbol << 4 | length
            place += 1 << length
    return most


@compiled
def _sum(data: np.ndarray, at: int, end: int, table: np.ndarray) -> int:
    """Give the CRC-32 of some bytes, eight at a time."""
    found = 0xFFFFFFFF
    while at + 8 <= end:
        found ^= int(data[at]) | int(data[at + 1]) << 8 | int(data[at + 2]) << 16 | int(data[at + 3]) << 24
        found = (
            table[7, found & 255] ^ table[6, found >> 8 & 255] ^ table[5, found >> 16 & 255] ^ table[4, found >> 24]
            ^ table[3, data[at + 4]] ^ table[2, data[at + 5]] ^ table[1, data[at + 6]] ^ table[0, data[at + 7]]
        )  # fmt: skip
        at += 8
    while at < end:
        found = table[0, (found ^ int(data[at])) & 255] ^ found >> 8
        at += 1
    return found ^ 0xFFFFFFFF
