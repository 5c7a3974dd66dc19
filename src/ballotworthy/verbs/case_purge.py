"""Purge a case: delete names and images (and keys, if asked) after the lawful period; the record still verifies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.casework import Act, Case
from ballotworthy.casework.bench import PRIVATE_LINES
from ballotworthy.casework.retyped import RETYPED
from ballotworthy.casework.room import IMAGES, MATCHED, OFFICE_KEY, PRIVATE, VOTER_KEY, RecordAt, Room
from ballotworthy.casework.two_people import signed_second, two_people
from ballotworthy.casework.voters import ROLLS
from ballotworthy.errors import InputError, Refused
from ballotworthy.law.zones import local_day, zone_of
from ballotworthy.record import open_person_key


@dataclass(frozen=True)
class Purged:
    """What was deleted, and how many files it was."""

    record: RecordAt
    what: Sequence[str]
    files: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case purge --json` prints it."""
        return {**self.record.to_dict(), "what": list(self.what), "files": self.files}


def purge_case(
    room: Room,
    *,
    by: str,
    ground: str,
    lawful_from: dt.date,
    what: Sequence[str] = ("names", "images"),
    second: str = "",
    second_key: Path | None = None,
    alone: str = "",
) -> Purged:
    """Delete private files and say so in the record, both or neither.

    Args:
        room: the case.
        by: who purges.
        ground: the period that has ended, and its rule.
        lawful_from: the first day on which it may be done; it stands in the record.
        what: names, images or keys.
        second: the second person, who purges with him.
        second_key: the file of the second person's own key, where one is named in the case (`case second`).
        alone: why there is no second person.

    Raises:
        InputError: the folder of images is a link to another place.
        Refused: the day has not come, the case was never certified, or nobody is named as the second.
    """
    refuse_early(room.case(), room.clock(), lawful_from)
    private = room.folder / PRIVATE
    doomed: list[Path] = []
    if "names" in what:
        doomed += [*private.glob(PRIVATE_LINES), *private.glob(RETYPED)]
        doomed += [path for path in (room.folder / ROLLS, private / MATCHED) if path.exists()]
    if "images" in what:
        if (private / IMAGES).is_symlink():
            raise InputError(
                f"{private / IMAGES} is a link to somewhere else, and nothing outside the case's folder is deleted. "
                "Move the images into its place, or delete them yourself and remove the link."
            )
        doomed += [path for path in (private / IMAGES).rglob("*") if path.is_file()]
    if "keys" in what:
        doomed += [path for path in (private / VOTER_KEY, private / OFFICE_KEY) if path.exists()]
    if unsaid := [each for each in what if each not in room.case().purged]:
        beside = open_person_key(second_key) if second_key else None

        def purged(case: Case) -> list[Act]:
            body = {"what": unsaid, **_said(case, ground, lawful_from), **two_people(case, second, alone)}
            return [Act(by, "purged", signed_second(case, "purged", body, beside))]

        room.write(purged, doomed=doomed)
    else:  # said before, and files have come since
        for path in doomed:
            path.unlink()
    return Purged(room.at(), what, len(doomed))


def refuse_early(case: Case, now: dt.datetime, lawful_from: dt.date) -> None:
    """Refuse to delete before the first lawful day has come, both at the place and in the record, which tells UTC.

    Raises:
        Refused: it has not come.
    """
    place, in_utc = case.opened["place"], now.date()
    there = local_day(place, now)
    if min(there, in_utc) >= lawful_from:
        return
    if zone_of(place) is None:
        raise Refused(f"names and images may be deleted from {lawful_from} on, and today is {in_utc} in UTC.")
    if there == in_utc:
        raise Refused(f"names and images may be deleted from {lawful_from} on, and today is {there}.")
    raise Refused(
        f"names and images may be deleted from {lawful_from} on, once that day has come both at the place, where it is "
        f"{there}, and in UTC, by which the record tells time, where it is {in_utc}."
    )


def _said(case: Case, ground: str, lawful_from: dt.date) -> dict[str, str]:
    """Give ground and day; a record of version 1 has the day in words only."""
    if case.version == 1:
        return {"ground": f"{ground}; lawful from {lawful_from}"}
    return {"ground": ground, "lawful_from": lawful_from.isoformat()}
