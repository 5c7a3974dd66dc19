"""Names of a batch that nobody could tell by looking from others of the case: refused before anything is listed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from ballotworthy.casework.alike import fault_of_blanks, fault_of_look, skeleton
from ballotworthy.casework.case import Case
from ballotworthy.errors import InputError
from ballotworthy.petition.numbered import plain_id
from ballotworthy.petition.strata import without_kind

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
    _refuse("line", [f"{sheet}-{line}" for sheet, line, *_ in cells], case.frame.at, _plainly)
    strata = dict.fromkeys(each[2] for each in cells)
    before = {stratum for stratum, _ in case.frame.rows}
    _refuse("stratum", strata, before)
    _refuse_kin(strata, before, {each.name for each in case.rules.strata} if case.rules else set())
    _refuse("district", dict.fromkeys(each[3] for each in cells), {district for _, district in case.frame.rows})


def _refuse_kin(names: Iterable[str], before: Collection[str], by_law: Collection[str]) -> None:
    """Refuse "Kern County" beside "Kern": each would be sampled apart; not where the law has strata of both names."""
    known: dict[str, str] = {}
    for name in [*before, *names]:
        other = known.setdefault(skeleton(without_kind(name)), name)
        if other != name and not {name, other} <= set(by_law):
            raise InputError(
                f"stratum “{name}” is called as stratum “{other}” is, but for the word county, and each would be "
                "sampled apart. If they are one, write them alike; if they are two, write them unlike."
            )


def _plainly(line: str) -> str:
    """Give an id as it looks, its numbers plain: a record may hold 01-1, which older programs did not read as 1-1."""
    return skeleton(plain_id(line))


def _refuse(noun: str, names: Iterable[str], before: Collection[str], looks: Callable[[str], str] = skeleton) -> None:
    new = [name for name in names if name]
    if all(map(PLAIN.fullmatch, new)) and all(map(PLAIN.fullmatch, before)):
        return
    known = {looks(name): name for name in before}
    for name in new:
        if fault := fault_of_look(name):
            raise InputError(f"{noun} “{name}” may look like another: {fault}. Write it anew, without that.")
        other = known.setdefault(looks(name), name)
        if other != name:
            raise InputError(
                f"{noun} “{name}” looks like {noun} “{other}”, and nobody could tell them apart. If they are one, "
                "write them alike; if they are two, write them unlike."
            )
