"""Practice: a case to learn on. Its title says so, nobody in it may certify, and nothing of it is exported.

The record of a case has no other word for it: the title stands in its first event, on every page and every paper, and
the second event takes the right to certify from whoever opened it.
"""

from __future__ import annotations

from ballotworthy.casework import ROLES
from ballotworthy.casework.case import Case
from ballotworthy.casework.room import Room
from ballotworthy.errors import Refused
from ballotworthy.office.who import CERTIFY
from ballotworthy.verbs.case_enter import enter_event

TITLE = "PRACTICE, counts for nothing: "


def titled(measure: str) -> str:
    """Give the title of a measure in a case of practice."""
    return f"{TITLE}{measure}"


def is_practice(case: Case) -> bool:
    """Tell whether a case is practice."""
    return str(case.opened["measure"]).startswith(TITLE)


def begin(room: Room, by: str) -> None:
    """Take the right to certify from whoever opened a case of practice."""
    enter_event(room, "admitted", {"id": by, "may": [role for role in ROLES if role != CERTIFY]}, by=by)


def check(case: Case) -> None:
    """Refuse what a case of practice never comes to.

    Raises:
        Refused: it is practice.
    """
    if is_practice(case):
        raise Refused("this case is practice: nobody may certify it, and nothing of it leaves the office.")
