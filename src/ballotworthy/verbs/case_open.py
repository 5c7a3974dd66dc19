"""Open a case: its folder, its keys, its record, and the law as it stands, pinned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.casework import ROLES, Act, Desk, rules_body
from ballotworthy.casework.alike import fault_of_blanks, fault_of_look
from ballotworthy.casework.desk import Clock
from ballotworthy.casework.own_days import NUMBER, fault_of_day
from ballotworthy.casework.own_number import OwnNumber, own_number
from ballotworthy.casework.parts import FORMAT
from ballotworthy.casework.pinned import lacks_number, rules_of
from ballotworthy.casework.room import OFFICE_KEY, PRIVATE, RECORD, VOTER_KEY, RecordAt, check_begun, record_at
from ballotworthy.errors import InputError
from ballotworthy.files.places import place_file
from ballotworthy.files.whole import whole_folder
from ballotworthy.law.given import Given
from ballotworthy.law.number import number_required
from ballotworthy.record import FileStorage, make_office_key, make_voter_key, open_office_key


@dataclass(frozen=True)
class Opening:
    """What is opened: the question, whose law governs it, and how much of it will be published.

    Attributes:
        case, office, measure: the case's number or name, who decides, the measure's title.
        place, kind, on: whose law is pinned, for which kind of petition, on which governing day.
        filed: the day of filing; the governing day if absent.
        disclosure: what an export may carry: closed, proponents or public.
        practice: whether it is to learn on: its record says so, and it is never certified.
    """

    case: str
    office: str
    measure: str
    place: str
    kind: str
    on: dt.date
    filed: dt.date | None = None
    disclosure: str = "closed"
    practice: bool = False

    def said(self) -> dict[str, str | bool]:
        """Give it as the event that opens a case says it."""
        practice: dict[str, str | bool] = {"practice": True} if self.practice else {}
        return {
            **practice,
            "case": self.case,
            "office": self.office,
            "measure": self.measure,
            "place": self.place,
            "kind": self.kind,
            "on": self.on.isoformat(),
            "filed": (self.filed or self.on).isoformat(),
            "disclosure": self.disclosure,
        }


@dataclass(frozen=True)
class Opened:
    """A case just opened: the office's public key, to be published, and the digest of the law pinned."""

    record: RecordAt
    key: str
    rules: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case new --json` prints it."""
        return {**self.record.to_dict(), "key": self.key, "rules": self.rules}


def open_case(
    folder: Path,
    opening: Opening,
    *,
    clock: Clock,
    by: str,
    people: Mapping[str, Sequence[str]] | None = None,
    required: tuple[int, str] | None = None,
    given: tuple[Given, ...] = (),
    key_file: Path | None = None,
) -> Opened:
    """Open a case in a new folder, whole or not at all.

    Args:
        folder: the case's; it is made, and must hold no case.
        opening: what is opened.
        clock: what tells the time of the opening.
        by: who opens it; he has all roles.
        people: who else may act: the roles of each, by id.
        required: the number of signatures required and who set it, in place of the law's number (`number_beside_law`).
        given: rules that decide and that the law's data does not hold, each with its source.
        key_file: the office's signing key; a new one is made for the case if absent.

    Raises:
        InputError: the folder holds a case or something else, a key cannot be read, no number is required, the law
            goes by another day than the governing one, or the case's id is one that may look like another.
        LawSilent: the data holds no law for that day.
        Refused: what is said cannot open a case.
    """
    if fault := fault_of_look(opening.case) or fault_of_blanks(opening.case):
        raise InputError(f"the case's id, {opening.case}, may look like another: {fault}. Type it anew.")
    rules = _rules_of(opening, required, given)
    if (folder / RECORD).exists():
        check_begun(folder)
        raise InputError(f"{folder} holds a case already. Name a new folder.")
    with whole_folder(folder, marker=RECORD, holds=(), private=True) as made:
        (made / PRIVATE).mkdir(mode=0o700)
        key = open_office_key(key_file) if key_file else make_office_key(made / PRIVATE / OFFICE_KEY)
        opened = {
            "record": FORMAT,
            **opening.said(),
            "people": [{"id": each, "may": list(may)} for each, may in [(by, ROLES), *(people or {}).items()]],
            "key": key.public,
            "voters": make_voter_key(made / PRIVATE / VOTER_KEY).commitment,
        }
        desk = Desk(FileStorage(made / RECORD), clock)
        desk.act(Act(by, "opened", opened), Act(by, "rules", rules))
        return Opened(record_at(desk.case()), key.public, rules["sha256"])


def number_beside_law(opening: Opening, required: tuple[int, str] | None) -> OwnNumber | None:
    """Give the number that the office would open a case with beside the law's other one; None where there is none.

    Raises:
        LawSilent: the data holds no law for that day.
    """
    if required is None:
        return None
    text = place_file(opening.place, "law.toml").read_text("utf-8")
    return own_number(rules_of(text, opening.place, opening.kind, opening.on.isoformat()), required)


def _rules_of(opening: Opening, required: tuple[int, str] | None, given: tuple[Given, ...]) -> dict[str, Any]:
    """Give the body of the event that pins the law; the least number of the law stands in for one that nobody gave."""
    place, kind, day = opening.place, opening.kind, opening.on.isoformat()
    if required is not None and not required[1].strip():
        raise InputError("nobody is named who set the number required. Say who set it, and where it stands.")
    text = place_file(place, "law.toml").read_text("utf-8")
    law = rules_of(text, place, kind, day)
    filed = (opening.filed or opening.on).isoformat()
    if fault := fault_of_day(text, place, kind, day, filed, required=required is not None):
        raise InputError(fault)
    if required is None and lacks_number(law):
        least = number_required(law)
        if least is None:
            raise InputError(
                f"the data of {place} {kind} holds no number of signatures required on {day}, so a case could never be "
                f"decided. {NUMBER}"
            )
        required = (least.value, str(least.source))
    return rules_body(text, place, kind, day, required=required, given=given)
