"""Enter any other event of a case: people, withdrawals, challenges, cures, a court's order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.casework import KINDS, Act
from ballotworthy.casework.claims import Claim, Claims
from ballotworthy.casework.noted_day import refuse_noted
from ballotworthy.casework.objectors import refuse_alike
from ballotworthy.casework.order_day import refuse_coming
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.casework.ruled import named_roll
from ballotworthy.casework.voters import check_voters
from ballotworthy.errors import InputError, UnknownName

OWN_VERBS = {
    "retyped": "the text that was typed is kept beside the record: type cells anew with `case retype`.",
    "purged": "files are deleted when a purge is recorded, so that it is true: purge with `case purge`.",
    "certified": "a certificate is made when it is signed: certify with `case certify`.",
    "lines": "the names that go with lines are kept beside the record: take them in with `case intake`.",
    "proposals": "what is proposed is looked at before its digest is recorded: commit it with `case propose`.",
    "risk_terms": "the machine's weights go beside the record with the terms: fix them with `case risk terms`.",
    "key_changed": "the new key is put in its place when it is recorded: change it with `case key`.",
}
"""Events that go with something else than their own line, and the verb that does both or neither."""
DATED = frozenset({"received", "roll", "withdrawn", "challenged", "cured", "reopened"})
"""Events of a day that has come; of what is `noted`, `refuse_noted` knows which has."""


@dataclass(frozen=True)
class Written:
    """The number of the event that was entered."""

    record: RecordAt
    seq: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case enter --json` prints it."""
        return {**self.record.to_dict(), "seq": self.seq}


def enter_event(
    room: Room,
    kind: str,
    body: Mapping[str, Any],
    *,
    by: str,
    snapshot: Path | None = None,
    lookup: bool = True,
    claims: Sequence[Claim] | None = None,
) -> Written:
    """Enter an event of the record's specification.

    Args:
        room: the case.
        kind: of the event.
        body: what it says; `voter` is the voter's id, of which only the keyed hash is recorded.
        by: who enters it.
        snapshot: where the roll's snapshot is, if it was moved.
        lookup: look a voter who withdraws up on the roll named last: of one who is not there nothing would follow.
        claims: those of the record, where somebody follows them already; else it is read through for a challenge.

    Raises:
        UnknownName: there is no such kind, or no such event of which a day is noted.
        InputError: it goes with files, which its own verb writes or deletes; the voter is not on the roll; or who
            disputes a line is called by characters that nobody sees, or as another is but for letters of one shape;
            or the day noted of an event cannot be, as `refuse_noted` says.
        Refused: it may not stand here, or its day is still to come.
    """
    if kind not in KINDS:
        raise UnknownName("kind of event called", kind, sorted(KINDS))
    if kind in OWN_VERBS:
        raise InputError(OWN_VERBS[kind])
    if kind == "challenged":
        refuse_alike(str(body.get("side", "")), Claims(room.record).follow() if claims is None else claims)
    if day := _day_of(body):
        if kind in DATED:
            refuse_coming(room, day)
        elif kind == "noted":
            refuse_noted(room, str(body.get("what")), day)
    roll = named_roll(room.case())
    if kind == "withdrawn" and lookup and roll and isinstance(body.get("voter"), str):
        check_voters(room, roll, [("", body["voter"])], snapshot)
    said = {**body, "voter": room.voter_key().hashed(body["voter"])} if "voter" in body else body
    (event,) = room.write(lambda _: [Act(by, kind, said)])
    return Written(room.at(), event.seq)


def _day_of(body: Mapping[str, Any]) -> dt.date | None:
    """Give the day of an event; None where it has none, or what is no day, which the record refuses."""
    with suppress(ValueError):
        return dt.date.fromisoformat(body["day"]) if isinstance(body.get("day"), str) else None
    return None
