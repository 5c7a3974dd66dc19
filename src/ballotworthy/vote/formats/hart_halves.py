"""Great exports of Hart read in two halves, the second by a process of its own: by one alone, a core is mostly idle.

Run as a program it reads the second half of a zip and gives what it read on its output, for `read` alone. Where it
cannot be started or breaks off, all is read here, and any fault is told as ever.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.vote.formats import hart
from ballotworthy.vote.formats.bundle import Bunch, bunches, inside, is_zip
from ballotworthy.vote.formats.gather import Gatherer
from ballotworthy.vote.formats.zip_directory import PACKED
from ballotworthy.vote.formats.zips import Zip
from ballotworthy.vote.results import Results
from ballotworthy.vote.words import Words

GREAT = 1 << 25
"""Bytes of a zip from which a second process is worth its start, which takes about half a second."""
PIPE = 1 << 20
DONE = b"\n-- all --"
"""Ends an answer, so that one that breaks off is none."""


@dataclass(frozen=True)
class Part:
    """What a process hands over: `Gathering` in plain values, with the file of each card."""

    frame: pl.DataFrame
    codes: dict[str, bytearray]
    choices: dict[str, dict[str, int]]
    doubts: dict[str, list[str]]
    files: list[str]
    spelled: dict[str, str]
    provisional: list[str]


def read(paths: Sequence[Path], words: Words) -> Results:
    """Read the cards of an export; arguments and faults as `hart.gather` and `hart.results_of`."""
    gathered = _in_halves(paths[0]) if len(paths) == 1 and (os.cpu_count() or 1) > 1 else None
    return hart.results_of(gathered or hart.gather(_all(paths)), words)


def _all(paths: Sequence[Path]) -> Iterator[Bunch]:
    for path in paths:
        yield from bunches(path)


def _in_halves(path: Path) -> hart.Gathering | None:
    """Read a great zip on two cores; None where it is none, or the second half could not be read apart."""
    if not path.is_file() or path.stat().st_size < GREAT or not is_zip(path):
        return None
    zipped = Zip(str(path), path)
    middle = _middle(zipped)
    if not middle:
        return None
    words = [sys.executable, "-P", __file__, str(path), str(middle)]
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    try:
        apart = subprocess.Popen(  # noqa: S603 # our own file
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=known, pipesize=PIPE
        )
    except OSError:
        return None
    with apart:
        try:
            first = hart.gather(inside(zipped, zipped.files[:middle]))
            answer = apart.stdout.read() if apart.stdout else b""
        finally:
            if apart.poll() is None:
                apart.terminate()
    return _joined(first, answer) if answer[-len(DONE) :] == DONE else None


def _middle(zipped: Zip) -> int:
    """Give how many of its files are the first half by their packed bytes, 0 where it cannot be halved."""
    if zipped.plain is None or len(zipped.files) < 2:
        return 0
    sums = np.cumsum(zipped.plain.numbers[zipped.files, PACKED])
    return min(max(int(np.searchsorted(sums, sums[-1] / 2)), 1), len(sums) - 1)


def _joined(first: hart.Gathering, answer: bytes) -> hart.Gathering:
    part = pickle.loads(answer[: -len(DONE)])  # noqa: S301 # made by ourselves, over a pipe that nobody else has
    assert isinstance(part, Part)  # noqa: S101 - as is written below
    other = Gatherer(first.gatherer.file)
    other.many(part.frame, part.files.__getitem__)
    other.codes, other.choices, other.doubts = part.codes, part.choices, part.doubts
    first.gatherer.join(other)
    return hart.Gathering(first.gatherer, part.spelled | first.spelled, [*first.provisional, *part.provisional])


def _part(path: Path, middle: int) -> Part:
    """Read the second half of a zip."""
    zipped = Zip(str(path), path)
    found = hart.gather(inside(zipped, zipped.files[middle:]))
    gatherer = found.gatherer
    if gatherer.faults:
        raise ValueError("told by who reads all")
    frame = gatherer.frame()
    ends = [*(at for at, _ in gatherer.places), gatherer.size]
    files = [
        told(row) for (begin, end), (_, told) in zip(pairwise(ends), gatherer.places, strict=True)
        for row in range(end - begin)
    ]  # fmt: skip
    return Part(frame, gatherer.codes, gatherer.choices, gatherer.doubts, files, found.spelled, found.provisional)


def _main() -> None:
    part = _part(Path(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.buffer.write(pickle.dumps(part, pickle.HIGHEST_PROTOCOL) + DONE)


if __name__ == "__main__":
    from ballotworthy.vote.formats import hart_halves  # so that what it hands over is of the module's own name

    hart_halves._main()
