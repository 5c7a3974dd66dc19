"""A number of signatures required that the office gives where the law pinned has one of its own."""

from __future__ import annotations

from dataclasses import dataclass

from ballotworthy.casework.case import Case
from ballotworthy.law import Rules


@dataclass(frozen=True)
class OwnNumber:
    """The number that decides a case, who set it, and the law's own with the section that says it; signatures."""

    value: int
    source: str
    held: int
    cite: str

    def __str__(self) -> str:
        """Say by which number the case goes."""
        return (
            f"This case goes by {self.value:,} signatures required ({self.source}), and not by the {self.held:,} of "
            f"the law pinned ({self.cite}). Its certificate says so."
        )


def own_number(law: Rules, required: tuple[int, str] | None) -> OwnNumber | None:
    """Give the office's number and its source beside the law's; None where the law has no other number."""
    if required is None or law.requirement is None or law.requirement.value == required[0]:
        return None
    return OwnNumber(*required, law.requirement.value, law.requirement.source.cite)


def own_number_of(case: Case) -> OwnNumber | None:
    """Give the number that a case was opened with beside that of its law; None where there is none."""
    given = case.pinned.get("required") if case.pinned else None
    if given is None or case.rules is None:
        return None
    return own_number(case.rules, (given["value"], given["source"]))
