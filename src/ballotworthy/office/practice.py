"""Practice: a case to learn on. Its record and its title say so, it is never certified, and nothing of it is exported.

The title stands on every page and every paper. The third event takes the right to certify from whoever opened it, so
that the pages do not offer what the record refuses.
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
    """Tell whether a case is practice; one opened before its record had a word for it has the title only."""
    return case.practice or str(case.opened["measure"]).startswith(TITLE)


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
