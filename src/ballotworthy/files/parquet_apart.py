"""A process of its own that reads Parquet files: what a stranger's file does to the library ends this process alone.

A file comes by standard input, after two numbers of eight bytes: its length, and how many bytes the texts of its table
may have. The answer goes out by standard output in pieces, each after its length in eight bytes, the last of them
empty and followed by one byte, the code. The table is Arrow's stream. Then the next file may come; it ends when its
input does, and after a panic. It is run as a file and imports nothing of ours, so that it is ready soon.
"""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from typing import IO, cast

import polars as pl

READ, DAMAGED, GROWN = 0, 3, 4
"""How a read ended; where the table has grown, its bytes in figures are the answer."""
NUMBER = 8
"""The bytes of a number on its way, the lowest first."""


class _Pieces(io.RawIOBase):
    """What is written goes out in pieces, as it comes: a table of ten million voters does not stand here twice."""

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, data: object) -> int:
        """Put a piece out."""
        piece = memoryview(data).cast("B")  # type: ignore[arg-type]
        if piece:
            sys.stdout.buffer.write(len(piece).to_bytes(NUMBER, "little"))
            sys.stdout.buffer.write(piece)
        return len(piece)


def main() -> None:
    """Read file after file, until none comes."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # if it crashes, no picture of its memory, names and all
    sound = True
    while sound and (head := sys.stdin.buffer.read(2 * NUMBER)):
        length, most = (int.from_bytes(part, "little") for part in (head[:NUMBER], head[NUMBER:]))
        try:
            code = _read(sys.stdin.buffer.read(length), most)
        except pl.exceptions.PanicException:
            code, sound = DAMAGED, False  # what it left behind reads no further file
        sys.stdout.buffer.write(bytes(NUMBER) + bytes([code]))
        sys.stdout.flush()


def _read(data: bytes, most: int) -> int:
    """Put the table out, and give how it ended; the library may panic."""
    try:
        frame = pl.read_parquet(io.BytesIO(data))
        texts = [name for name in frame.columns if frame[name].dtype in (pl.String, pl.Binary, pl.Categorical)]
        sizes = frame.select(pl.col(name).cast(pl.String).str.len_bytes().cast(pl.UInt64).sum() for name in texts)
        grown = sum(int(each or 0) for each in sizes.row(0)) if texts else 0
        if grown > most:
            _Pieces().write(str(grown).encode())
            return GROWN
        frame.write_ipc_stream(cast(IO[bytes], _Pieces()), compat_level=pl.CompatLevel.newest())
    except (pl.exceptions.PolarsError, OSError, ValueError):
        return DAMAGED
    return READ


if __name__ == "__main__":
    main()
