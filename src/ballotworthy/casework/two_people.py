"""Acts of two people: who stands beside the one who acts, and what is said where nobody does."""

from __future__ import annotations

from ballotworthy.casework.alike import skeleton
from ballotworthy.casework.case import Case
from ballotworthy.casework.kind import Why
from ballotworthy.errors import InputError
from ballotworthy.record import Event

NEEDED = "it is an act of two people. Name the second person, or say why there is none (--second ID, --alone WHY)"


def fault_of_second(case: Case, event: Event) -> Why:
    """Say why an act of two people may not stand as it names them; None if it may, and in a record of version 1."""
    if case.version == 1:
        return None
    second, alone = event.body.get("second"), event.body.get("alone")
    if (second is None) == (alone is None):
        return NEEDED if second is None else "it names a second person, and says why there is none"
    return None if second is None else fault_of_person(case, event.by, second)


def fault_of_person(case: Case, first: str, second: str) -> Why:
    """Say why somebody may not stand beside `first` in an act of two people; None if he may."""
    if second not in case.people:
        return f"{second}, the second person, has not been admitted to this case"
    if skeleton(first) == skeleton(second):
        return f"{second}, the second person, is the one who acts, or cannot be told from him by looking"
    return None


def two_people(case: Case, second: str, alone: str) -> dict[str, str]:
    """Give what the body of an act of two people says of the second; nothing in a case of version 1.

    Raises:
        InputError: both are given, or one in a case whose record cannot hold it.
    """
    said = {name: text for name, text in (("second", second), ("alone", alone)) if text}
    if len(said) > 1:
        raise InputError("either name a second person, or say why there is none; not both.")
    if said and case.version == 1:
        raise InputError(
            "the record of this case is of version 1, which does not hold a second person. Leave it out; two people "
            "may sign the paper."
        )
    return said
