"""What a pile of scanned sheets lacks, told by its pages: numbers, fronts, backs; and sheets that were fed together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ballotworthy.files.quantities import in_runs


def lacking(pages: Sequence[Mapping[str, Any]], *, backed: bool) -> list[str]:
    """Give, in words, what is missing among pages of numbered sheets, and what to do.

    Args:
        pages: `page`, `file`, and of those that were found `sheet` and `side`, in the order in which they were scanned.
        backed: whether the form has a back.
    """
    sides: dict[int, set[int]] = {1: set(), 2: set(), 3: set()}
    for each in pages:
        if "sheet" in each:
            sides[each["side"]].add(each["sheet"])
    fronts, backs = sides[1], sides[2]
    every = fronts | backs
    if not every:
        return []
    told = []
    for one, other in _together(pages, fronts, backs):
        told.append(
            f"page {one['page']} is the front of sheet {one['sheet']:,} and the page behind it the back of sheet "
            f"{other['sheet']:,}: two sheets went through the scanner together. Scan both again"
        )
    absent = set(range(min(every), max(every))) - every
    if absent:
        told.append(
            f"between sheets {min(every):,} and {max(every):,} there is no sheet {in_runs(absent)}: look among the "
            "pages that were not read and in the pile, and scan what is there"
        )
    if alone := backs - fronts:
        told.append(
            f"of sheet {in_runs(alone)} the back was scanned and not the front, so its lines are missing: scan it again"
        )
    if backed and not backs:
        told.append("no back of any sheet was scanned, where text or declaration stands: scan both sides")
    elif backed and (bare := fronts - backs):
        told.append(f"of sheet {in_runs(bare)} the back was not scanned: scan it, or see that it is there")
    return told


def _together(
    pages: Sequence[Mapping[str, Any]], fronts: Collection[int], backs: Collection[int]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Give the fronts behind which the back of another sheet follows, the sides between being nowhere."""
    return [
        (one, other)
        for one, other in pairwise(pages)
        if one.get("side") == 1 and other.get("side") == 2 and one["file"] == other["file"]
        and one["sheet"] != other["sheet"] and one["sheet"] not in backs and other["sheet"] not in fronts
    ]  # fmt: skip
