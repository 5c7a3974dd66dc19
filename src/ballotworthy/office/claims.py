"""The withdrawals, challenges and cures of a case that the office holds; its record is read once, and on from there."""

from __future__ import annotations

from pathlib import Path

from ballotworthy.casework.case import Case
from ballotworthy.casework.claims import Claim, Claims
from ballotworthy.casework.room import Room
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import entered

_followed: dict[Path, tuple[Room, Claims]] = {}


def claims_of(held: HeldCase) -> list[Claim]:
    """Give the claims of a case, the last first; its record is read through once, and on from there."""
    with entered(held) as room:
        opened, claims = _followed.get(room.folder, (None, None))
        if opened is not room or claims is None:
            claims = Claims(room.record)
            _followed[room.folder] = (room, claims)
        return claims.follow()


def open_claims(held: HeldCase, case: Case, line: str = "") -> list[Claim]:
    """Give the challenges and cures that nothing has answered, of one line or of all; the last first."""
    if not case.disputes or (line and line not in case.disputes.values()):
        return []
    return [each for each in claims_of(held) if each.open and line in ("", each.body["line"])]
