"""Are the voters whom people name on the roll? Looked up in the snapshot, whose place a private file remembers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl

from ballotworthy.casework.room import PRIVATE, Room
from ballotworthy.errors import InputError
from ballotworthy.files.quantities import quantity

ROLLS = f"{PRIVATE}/rolls.json"
"""Where the snapshots are that the record names by digest."""
SHOWN = 5


def remembered(room: Room) -> dict[str, str]:
    """Give where each snapshot was when it was named, by digest.

    Raises:
        InputError: the file that remembers it is damaged.
    """
    path = room.folder / ROLLS
    if not path.is_file():
        return {}
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not all(isinstance(where, str) for where in told.values()):
        raise InputError(
            f"{path} is damaged. It does no more than remember where the snapshots of rolls are: remove it, and say "
            "where a snapshot is (--snapshot FOLDER)."
        )
    return told


def remembering(room: Room, digest: str, snapshot: Path) -> Mapping[str, Callable[[Path], object]]:
    """Give what writes down where a snapshot is."""
    text = json.dumps({**remembered(room), digest: str(snapshot.resolve())}, indent=2) + "\n"
    return {ROLLS: lambda path: path.write_text(text, "utf-8")}


def check_voters(room: Room, digest: str, voters: Sequence[tuple[str, str]], snapshot: Path | None) -> int:
    """Make sure that voters are on a roll; give how many were looked up.

    Args:
        room: the case.
        digest: of the roll as the record names it.
        voters: lines, each with the voter's id on the roll; "" for a voter who is named beside no line.
        snapshot: where the roll's snapshot is; where it was when it was named if absent.

    Raises:
        InputError: the snapshot is not there or is another roll's, or voters are not on it; only lines are named.
    """
    if not voters:
        return 0
    from ballotworthy.roll import open_roll  # here, since other verbs of a case need not wait for Numba

    known = remembered(room).get(digest)
    path = snapshot or (Path(known) if known else None)
    if path is None or not path.exists():
        where = f"is not at {path} any more" if path else "was named elsewhere"
        raise InputError(
            f"the voters cannot be looked up: the snapshot of the roll {digest[:12]} {where}. Say where it is "
            "(--snapshot FOLDER), or that nobody looks them up (--no-lookup)."
        )
    roll = open_roll(path)
    if roll.sha256 != digest:
        raise InputError(f"{path} is the roll {roll.sha256[:12]}, and the ruling is by the roll {digest[:12]}.")
    asked = sorted({voter for _, voter in voters})
    found = set(roll.voters.filter(pl.col("voter_id").is_in(asked)).select("voter_id").collect()["voter_id"])
    strange = [line for line, voter in voters if voter not in found]
    if "" in strange:
        raise InputError(
            f"the roll of {roll.taken_on} does not have this voter, so nothing would follow. Look again: an id is "
            "written as the roll writes it. Nothing was entered."
        )
    if strange:
        lines = ", ".join(strange[:SHOWN]) + (", ..." if len(strange) > SHOWN else "")
        of = f"voter of line {lines}" if len(strange) == 1 else f"voters of {quantity(len(strange), 'line')} ({lines})"
        raise InputError(
            f"the roll of {roll.taken_on} does not have the {of}. Look again: an id is written as the roll writes it. "
            "Nothing was entered."
        )
    return len(voters)
