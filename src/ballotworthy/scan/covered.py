"""Rows that are partly hidden on a scan: under a note, another sheet or a fold, or in glare.

What people wrote there cannot be seen, and a row that seems blank may be none. It shows by the form's own print, which
is in every row: where it is hardly there, nothing else can be.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from ballotworthy.scan.rows import Row

USUAL, HIDDEN = 75, 0.65
"""The percentile of all parts that is usual on a page, and the share of it below which print is hidden. On invented
scans at hard noise no part lay under 0.8, in a phone's shadow none under 0.8; half a row under a note lay at 0.6."""

WIDE, SHEET = 0.8, 2
"""The share of a row's parts from which on it is hidden as a whole, and how many such rows one behind the other are
hidden by another sheet. Where two are fed together the upper one's rows fall on the lower one's by its own ruling, and
nobody sees whose they are; between them lie its edge, heading or foot."""

FAR = 5
"""Median deviations below the median of all parts within which print may lie: broken lines show unevenly."""


def with_covered(
    rows: Sequence[Row], darker: np.ndarray, least: float = HIDDEN, past: Collection[int] = ()
) -> list[Row]:
    """Give the rows of a page, those of them that are partly hidden in the state "covered".

    Where another sheet lies over the page all of them are: those that seem whole may be the other's.

    Args:
        rows: of the page, in order.
        darker: of its print, as `own_print.Printed` has it, or how much of it shows (`covered_foreign`).
        least: the share of what is usual on the page below which it is hidden.
        past: rows, from 0, that lie past the picture's edge, as a whole or in part.
    """
    there = darker[np.isfinite(darker)]
    if not there.size:
        return list(rows)
    middle = float(np.median(there))
    scattered = middle - FAR * float(np.median(np.abs(there - middle)))
    parts = darker < min(least * np.percentile(there, USUAL), scattered)
    hidden = parts.any(axis=1)
    whole = (parts.sum(axis=1) >= WIDE * np.isfinite(darker).sum(axis=1)) & hidden
    whole[list(past)] = False
    if any(np.convolve(whole, np.ones(SHEET), "valid") == SHEET):
        hidden[:] = True
    return [replace(row, state="covered") if hid else row for row, hid in zip(rows, hidden, strict=True)]


def told_of_covered(rows: Sequence[Row], cut: Collection[int] = ()) -> list[str]:
    """Give what is to be told of a page with such rows, but for those, from 0, that are `cut` and told elsewhere."""
    lines = [str(row.line) for number, row in enumerate(rows) if row.state == "covered" and number not in cut]
    if not lines:
        return []
    if len(lines) == len(rows) > 1:
        return [
            "the form's own print is not to be seen in rows one behind the other: a sheet or note lies over this one, "
            "or two were fed together, and nobody can tell whose rows those are that are seen. All come out as "
            "covered. Scan each sheet by itself"
        ]
    which = f"row {lines[0]}" if len(lines) == 1 else f"rows {', '.join(lines[:-1])} and {lines[-1]}"
    return [
        f"the form's own print is partly not to be seen in {which}: something lies over it, or light glares there, and "
        "what people wrote there may be hidden too. Uncover it and scan the sheet again"
    ]
