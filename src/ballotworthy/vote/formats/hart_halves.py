"""Hart's exports, a great zip in two halves on two cores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ballotworthy.vote.formats import hart
from ballotworthy.vote.formats.bundle import Bunch, bunches, inside, is_zip
from ballotworthy.vote.formats.halves import Read, in_halves, middle_of
from ballotworthy.vote.formats.zip_directory import PACKED
from ballotworthy.vote.formats.zips import Zip
from ballotworthy.vote.results import Results
from ballotworthy.vote.words import Words

GREAT = 1 << 25
"""Bytes of a zip from which a second process is worth its start, which takes about half a second."""


def read(paths: Sequence[Path], words: Words) -> Results:
    """Read the cards of an export; arguments and faults as `hart.gather` and `hart.results_of`."""
    gathered = _in_halves(paths[0], words) if len(paths) == 1 else None
    return hart.results_of(gathered or hart.gather(_all(paths)), words)


def second_half(path: Path, middle: int, _: Words) -> Read:
    """Read what is behind the first files of a zip; spellings and provisional cards are kept beside."""
    zipped = Zip(str(path), path)
    return _read(inside(zipped, zipped.files[middle:]))


def _all(paths: Sequence[Path]) -> Iterator[Bunch]:
    for path in paths:
        yield from bunches(path)


def _read(given: Iterator[Bunch]) -> Read:
    found = hart.gather(given)
    return found.gatherer, (found.spelled, found.provisional)


def _in_halves(path: Path, words: Words) -> hart.Gathering | None:
    if not path.is_file() or not is_zip(path):
        return None
    zipped = Zip(str(path), path)
    if zipped.plain is None:
        return None
    middle = middle_of(zipped.plain.numbers[zipped.files, PACKED].tolist(), GREAT)
    first = zipped.files[:middle]
    both = in_halves("hart_halves", path, middle, words, lambda: _read(inside(zipped, first))) if middle else None
    if both is None:
        return None
    gatherer, (spelled, provisional), (others, more) = both
    return hart.Gathering(gatherer, others | spelled, [*provisional, *more])
