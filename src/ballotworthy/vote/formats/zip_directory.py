"""The directory of a zip read at once, and its files unpacked without a reader object each.

An export may be a zip of a million small files, and Python's own reader spends ten times as long on their headers as on
what they hold. What is not plain (a comment's worth of other data, encryption, names that are not ASCII, files of
4 GiB) is left to that reader. Format: APPNOTE.TXT 6.3.10 of PKWARE, sections 4.3 and 4.4.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from struct import Struct

import numpy as np

from ballotworthy.files.compiled import compiled

Read = Callable[[int, int], bytes]
"""Gives the bytes of a zip from an offset, so many or fewer at its end."""

NAME, PACKED, SIZE, CHECK, METHOD, OFFSET = 0, 1, 2, 3, 4, 5
"""Columns of `Directory.numbers`: length of the name, bytes packed and unpacked, CRC-32, method, where it stands."""
STORED, DEFLATED = 0, 8
LOCAL, ENTRY = 30, 46
"""Bytes of a header before its name: of a file's own, and of its entry in the directory."""
ENDING = Struct("<4s4H2LH")
ENDING_64 = Struct("<4sQ2H2L4Q")
LOCATOR = Struct("<4sLQL")
OWN = Struct("<4s5H3L2H")
FULL, FULL_64 = 0xFFFF, 0xFFFFFFFF
MODEST = 1 << 16
"""Packed bytes that cannot swell to more than some 64 MiB."""


@dataclass(frozen=True)
class Directory:
    """The files of a plain zip.

    Attributes:
        names: of the files, as they stand in the directory.
        numbers: int64 (files, 6), see the columns' names.
        places: int64 (files, 2): where the names begin and end in the zip.
    """

    names: list[str]
    numbers: np.ndarray
    places: np.ndarray


def directory_of(read: Read, size: int) -> Directory | None:
    """Give the files of a zip, None where it is not plain or is damaged.

    Args:
        read: reads it.
        size: its bytes.
    """
    if size < ENDING.size or (said := _place(read, size)) is None:
        return None
    count, length, begin = said
    if length > size or count > length // ENTRY:
        return None
    data = read(begin, length)
    numbers, names = np.zeros((count, 6), np.int64), np.zeros((count, 2), np.int64)
    if len(data) < length or not _entries(np.frombuffer(data, np.uint8), numbers, names):
        return None
    text = data.decode("latin-1")  # of the names all bytes are ASCII
    return Directory([text[at:end] for at, end in names.tolist()], numbers, names + begin)


def begin_of(read: Read, name: str, numbers: Sequence[int]) -> int:
    """Give where a file of a plain zip stands, behind its own header.

    Args:
        read: reads the zip.
        name, numbers: of the file, a row of its directory.

    Raises:
        ValueError: its header is not what the directory says.
    """
    begin = LOCAL + numbers[NAME]
    data = read(numbers[OFFSET], begin)
    if len(data) < begin:
        raise ValueError("the zip ends in a header")
    sign, *_, length, more = OWN.unpack_from(data)
    if sign != b"PK\3\4" or length != numbers[NAME] or data[LOCAL:] != name.encode():
        raise ValueError("a file is not where the directory says")
    return numbers[OFFSET] + begin + int(more)


def begins_of(data: bytes, directory: Directory) -> np.ndarray:
    """Give the same of all files of a zip that is held, int64; -1 where a header is not what the directory says."""
    found = np.full(len(directory.names), -1, np.int64)
    _begins(np.frombuffer(data, np.uint8), directory.numbers, directory.places, found)
    return found


def unpacked(held: bytes, numbers: Sequence[int]) -> bytes:
    """Give what a file of a plain zip holds.

    Args:
        held: its bytes, packed.
        numbers: a row of the directory.

    Raises:
        ValueError: it is not what the directory says.
        zlib.error: it cannot be unpacked.
    """
    _, packed, size, check, method, _ = numbers
    if len(held) < packed:
        raise ValueError("the zip ends in a file")
    if method == DEFLATED:
        if packed <= MODEST:
            held = zlib.decompress(held, -15, size or 1)
        else:
            held = zlib.decompressobj(-15).decompress(held, size + 1)
    if len(held) != size or zlib.crc32(held) != check:
        raise ValueError("a file is not as long as the directory says, or has another sum")
    return held


def unpack_many(held: bytes, begins: Sequence[int], rows: np.ndarray, found: list[bytes]) -> None:
    """Unpack files of a plain zip that is held, many at once: a loop of `unpacked`, with no call for each.

    Args:
        held: the zip.
        begins: where each file stands, as `begins_of` gives it.
        rows: of the directory.
        found: out: takes what each holds, up to one that is damaged.

    Raises:
        ValueError, zlib.error: as `unpacked`.
    """
    sizes, checks, packed = (rows[:, column].tolist() for column in (SIZE, CHECK, PACKED))
    plain = ((rows[:, METHOD] == DEFLATED) & (rows[:, PACKED] <= MODEST)).tolist()
    decompress, crc32, add = zlib.decompress, zlib.crc32, found.append
    for begin, length, size, check, small in zip(begins, packed, sizes, checks, plain, strict=True):
        if begin < 0:
            raise ValueError("a file is not where the directory says")
        data = held[begin : begin + length]
        if small:
            data = decompress(data, -15, size or 1)
            if len(data) != size or crc32(data) != check:
                raise ValueError("a file is not as long as the directory says, or has another sum")
        else:
            data = unpacked(data, rows[len(found)].tolist())
        add(data)


def _place(read: Read, size: int) -> tuple[int, int, int] | None:
    """Give the number of entries, the length of the directory and where it begins."""
    at = size - ENDING.size
    sign, disk, first, here, count, length, begin, comment = ENDING.unpack(read(at, ENDING.size))
    if sign != b"PK\5\6" or disk or first or here != count or comment:
        return None
    if count == FULL or length == FULL_64 or begin == FULL_64:
        at -= LOCATOR.size
        if at < 0:
            return None
        sign, disk, place, disks = LOCATOR.unpack(read(at, LOCATOR.size))
        if sign != b"PK\6\7" or disk or disks != 1 or place != at - ENDING_64.size:
            return None
        at = place
        sign, rest, _, _, disk, first, here, count, length, begin = ENDING_64.unpack(read(at, ENDING_64.size))
        if sign != b"PK\6\6" or rest != ENDING_64.size - 12 or disk or first or here != count:
            return None
    return (count, length, begin) if begin + length == at else None


@compiled
def _entries(data: np.ndarray, numbers: np.ndarray, names: np.ndarray) -> bool:
    """Read the entries; say whether all are plain and nothing stands behind them."""
    at, size = 0, data.shape[0]
    for row in range(numbers.shape[0]):
        if at + ENTRY > size or _number(data, at, 4) != 0x02014B50:
            return False
        flags, method, length = _number(data, at + 8, 2), _number(data, at + 10, 2), _number(data, at + 28, 2)
        if flags & ~0x080E or method not in (STORED, DEFLATED) or _number(data, at + 34, 2):
            return False
        numbers[row, NAME], numbers[row, METHOD] = length, method
        numbers[row, CHECK], numbers[row, OFFSET] = _number(data, at + 16, 4), _number(data, at + 42, 4)
        numbers[row, PACKED], numbers[row, SIZE] = _number(data, at + 20, 4), _number(data, at + 24, 4)
        if max(numbers[row, PACKED], numbers[row, SIZE], numbers[row, OFFSET]) == FULL_64:
            return False
        if method == STORED and numbers[row, PACKED] != numbers[row, SIZE]:
            return False
        names[row, 0], names[row, 1] = at + ENTRY, at + ENTRY + length
        at += ENTRY + length + _number(data, at + 30, 2) + _number(data, at + 32, 2)
        if at > size:
            return False
        for place in range(names[row, 0], names[row, 1]):
            if not 32 <= data[place] < 127 or data[place] == 92:
                return False
    return bool(at == size)


@compiled
def _begins(data: np.ndarray, numbers: np.ndarray, places: np.ndarray, found: np.ndarray) -> None:
    for row in range(numbers.shape[0]):
        at, length = numbers[row, OFFSET], numbers[row, NAME]
        if at + LOCAL + length > data.shape[0] or _number(data, at, 4) != 0x04034B50:
            continue
        if _number(data, at + 26, 2) != length:
            continue
        same = True
        for place in range(length):
            same &= data[at + LOCAL + place] == data[places[row, 0] + place]
        if same:
            found[row] = at + LOCAL + length + _number(data, at + 28, 2)


@compiled
def _number(data: np.ndarray, at: int, length: int) -> int:
    found = 0
    for place in range(at + length - 1, at - 1, -1):
        found = 256 * found + int(data[place])
    return found
