"""Names of a batch that nobody could tell by looking from others of the case: refused before anything is listed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from ballotworthy.casework.alike import fault_of_blanks, fault_of_look, skeleton
from ballotworthy.casework.case import Case
from ballotworthy.errors import InputError

PLAIN = re.compile("[1-9][0-9]*-[1-9][0-9]*")
"""Ids that never look alike, such as 12-3."""


def refuse_alike(case: Case, batch: str, lines: Iterable[Sequence[str]]) -> None:
    """Refuse a batch whose name, or one of whose lines, strata or districts, looks like another of the case.

    Raises:
        InputError: one does, or holds what nobody sees; it says which two.
    """
    cells = list(lines)
    if fault := fault_of_blanks(batch):
        raise InputError(f"batch “{batch}” may look like another: {fault}. Write it anew, without that.")
    _refuse("batch", [batch], case.batches)
    _refuse("line", [f"{sheet}-{line}" for sheet, line, *_ in cells], case.frame.at)
    _refuse("stratum", dict.fromkeys(each[2] for each in cells), {stratum for stratum, _ in case.frame.rows})
    _refuse("district", dict.fromkeys(each[3] for each in cells), {district for _, district in case.frame.rows})


def _refuse(noun: str, names: Iterable[str], before: Collection[str]) -> None:
    new = [name for name in names if name]
    if all(map(PLAIN.fullmatch, new)) and all(map(PLAIN.fullmatch, before)):
        return
    known = {skeleton(name): name for name in before}
    for name in new:
        if fault := fault_of_look(name):
            raise InputError(f"{noun} “{name}” may look like another: {fault}. Write it anew, without that.")
        other = known.setdefault(skeleton(name), name)
        if other != name:
            raise InputError(
                f"{noun} “{name}” looks like {noun} “{other}”, and nobody could tell them apart. If they are one, "
                "write them alike; if they are two, write them unlike."
            )
