"""Digests of the parts of a snapshot that matching rests on: so a scratched one is told from the one that was built."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

PARTS = ("records.npy", "owners.npy", "starts.npy", "filed.npy", "frequencies.parquet")
CHUNK = 1 << 24
"""Bytes that are digested at a time, on all cores: SHA-256 of each chunk, and SHA-256 of those one behind the other."""
PIECE = 1 << 18
"""Bytes that are read at a time, into memory that stays within the processor's cache."""


def digests_of(folder: Path) -> dict[str, str]:
    """Give the hex digest of each part in a snapshot's folder.

    Raises:
        OSError: a part is missing or cannot be read.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return {part: _digest(folder / part, pool) for part in PARTS}


def _digest(path: Path, pool: ThreadPoolExecutor) -> str:
    with path.open("rb") as file:
        starts = range(0, max(path.stat().st_size, 1), CHUNK)
        chunks = pool.map(lambda start: _chunk(file.fileno(), start), starts)
        return sha256(b"".join(chunks)).hexdigest()


def _chunk(file: int, start: int) -> bytes:
    """Give the digest of a file's bytes from `start` on, a chunk at most."""
    found, room = sha256(), memoryview(bytearray(PIECE))
    at, end = start, start + CHUNK
    while at < end and (size := os.preadv(file, [room[: end - at]], at)):
        found.update(room[:size])
        at += size
    return found.digest()
