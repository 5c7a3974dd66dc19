"""The heading line of a table: a name for every column, also where names repeat or are missing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def numbered(count: int) -> list[str]:
    """Give names to the columns of a file without a heading line: #1, #2, ..."""
    return [f"#{at}" for at in range(1, count + 1)]


def named(names: Sequence[str], cells: np.ndarray) -> tuple[list[str], tuple[str, ...]]:
    """Give every column a name of its own, and the names that stand more than once.

    The first of several columns keeps the name, later ones add their number ("City #9"); a column without a name is
    called by its number. Where every row has the same number of cells more than the heading, or one less, separators
    stand at the end of one of the two: last columns are added, or a last one without a name is taken out.

    Args:
        names: the heading line.
        cells: number of cells of each row below, 0 for an empty line.
    """
    own = list(names)
    below = set(cells[cells > 0].tolist())
    if len(below) == 1 and (more := max(below) - len(own)) > 0:
        own += [""] * more
    elif below == {len(own) - 1} and own[-1] == "":
        own.pop()
    taken: set[str] = set()
    given, repeated = [], []
    for at, name in enumerate(own, 1):
        if name in taken:
            repeated.append(name)
        given.append(f"{name} #{at}".strip() if name in taken or not name else name)
        taken.add(name)
    return given, tuple(dict.fromkeys(name for name in repeated if name))
