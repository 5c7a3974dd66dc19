"""Great exports read in two halves, the second by a process of its own: by one alone, a core is mostly idle.

Run as a program it reads the second half of an export and gives what it read on its output, for `in_halves` alone.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
import polars as pl

from ballotworthy.vote.formats.gather import Gatherer
from ballotworthy.vote.words import Words

PIPE = 1 << 20
DONE = b"\n-- all --"
"""Ends an answer, so that one that breaks off is none."""
Read = tuple[Gatherer, Any]
"""What was gathered, and what a format keeps beside it, which can be pickled."""


@dataclass(frozen=True)
class Part:
    """What a process hands over: what it gathered in plain values, with the file of each card; what is kept beside."""

    frame: pl.DataFrame
    codes: dict[str, bytearray]
    choices: dict[str, dict[str, int]]
    doubts: dict[str, list[str]]
    files: list[str]
    beside: Any


def middle_of(sizes: Sequence[int], great: int) -> int:
    """Give how many of the files are the first half by their sizes; 0 where it is not worth a second process."""
    sums = np.cumsum(sizes)
    if len(sums) < 2 or sums[-1] < great or (os.cpu_count() or 1) < 2:
        return 0
    return min(max(int(np.searchsorted(sums, sums[-1] / 2)), 1), len(sums) - 1)


def in_halves(
    module: str, path: Path, middle: int, words: Words, first: Callable[[], Read]
) -> tuple[Gatherer, Any, Any] | None:
    """Read an export on two cores.

    Args:
        module: name of the format's module, whose `second_half(path, middle, words)` reads what is behind.
        path: the export.
        middle: as `middle_of` gives it.
        words: which choices are yes and no.
        first: reads the first half.

    Returns:
        What both gathered together, and what each keeps beside it. None where the second process could not be started
        or broke off: then all is to be read by one, which tells any fault.

    Raises:
        FileFaults: as `first`.
    """
    pipe = subprocess.PIPE
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    try:
        apart = subprocess.Popen(  # noqa: S603 # our own file
            [sys.executable, "-P", __file__, module, str(path), str(middle)],
            stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=known, pipesize=PIPE,
        )  # fmt: skip
    except OSError:
        return None
    with apart:
        try:
            with suppress(BrokenPipeError), cast(IO[bytes], apart.stdin) as given:  # where it has ended at once
                given.write(pickle.dumps(words))
            gatherer, beside = first()
            answer = cast(IO[bytes], apart.stdout).read()
        finally:
            if apart.poll() is None:
                apart.terminate()
    return (gatherer, beside, _join(gatherer, answer)) if answer[-len(DONE) :] == DONE else None


def _join(gatherer: Gatherer, answer: bytes) -> Any:
    """Put the answer behind what was gathered; give what is kept beside it."""
    part = pickle.loads(answer[: -len(DONE)])  # noqa: S301 # made by ourselves, over a pipe that nobody else has
    assert isinstance(part, Part)  # noqa: S101 - as is written below
    other = Gatherer(gatherer.file)
    other.many(part.frame, part.files.__getitem__)
    other.codes, other.choices, other.doubts = part.codes, part.choices, part.doubts
    gatherer.join(other)
    return part.beside


def _part(gatherer: Gatherer, beside: Any) -> Part:
    if gatherer.faults:
        raise ValueError("told by who reads all")
    frame = gatherer.frame()
    ends = [*(at for at, _ in gatherer.places), gatherer.size]
    files = [
        told(row) for (begin, end), (_, told) in zip(pairwise(ends), gatherer.places, strict=True)
        for row in range(end - begin)
    ]  # fmt: skip
    return Part(frame, gatherer.codes, gatherer.choices, gatherer.doubts, files, beside)


def main() -> None:
    """Read a second half as the arguments and the input say; answer it."""
    module, path, middle = sys.argv[1:]
    words = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 # from `in_halves`
    read = import_module(f"ballotworthy.vote.formats.{module}").second_half
    part = _part(*read(Path(path), int(middle), words))
    sys.stdout.buffer.write(pickle.dumps(part, pickle.HIGHEST_PROTOCOL) + DONE)


if __name__ == "__main__":
    import_module("ballotworthy.vote.formats.halves").main()  # so that `Part` is of the module's own name
