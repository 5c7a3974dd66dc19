"""Acts of two people: who stands beside the one who acts, and what is said where nobody does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ballotworthy.casework.alike import skeleton
from ballotworthy.casework.case import Case
from ballotworthy.casework.kind import Why
from ballotworthy.errors import InputError
from ballotworthy.record import Event, Link, PersonKey, is_second_signed, sign_second

NEEDED = "it is an act of two people. Name the second person, or say why there is none (--second ID, --alone WHY)"


def fault_of_second(case: Case, event: Event) -> Why:
    """Say why an act of two people may not stand as it names them; None if it may, and in a record of version 1."""
    if case.version == 1:
        return None
    second, alone = event.body.get("second"), event.body.get("alone")
    if (second is None) == (alone is None):
        return NEEDED if second is None else "it names a second person, and says why there is none"
    if second is None:
        return "nobody is named who signed as the second" if "signed" in event.body else None
    return fault_beside(case, event, second)


def fault_beside(case: Case, event: Event, second: str) -> Why:
    """Say why somebody may not stand second in an act, or did not sign it though he has a key; None if all is well."""
    if fault := fault_of_person(case, event.by, second):
        return fault
    key = case.second_key(second, event.seq)
    if not key:
        return f"{second} signed, and no key of his is named in this case" if "signed" in event.body else None
    if "signed" not in event.body:
        return f"{second} has a key of his own in this case, and signs with it (--second-key FILE)"
    signed = is_second_signed(key, case.name, Link(event.seq - 1, event.prev), event.kind, event.body)
    return None if signed else f"it is not signed with the key of {second} in this case"


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


def signed_second(case: Case, kind: str, body: Mapping[str, Any], key: PersonKey | None) -> dict[str, Any]:
    """Give the body of an act of two people, signed by the second where his key is given."""
    return dict(body) if key is None else {**body, "signed": sign_second(key, case.name, case.link, kind, body)}
