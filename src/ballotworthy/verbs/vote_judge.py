"""Judge a vote by its own rule: passed, failed, rejected, invalid or unknown, each condition with its margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.law import read_law
from ballotworthy.vote import Judgement, Numbers, Rule, judgement_data
from ballotworthy.vote import judge_vote as judge
from ballotworthy.vote.district_votes import CountedDistricts, numbers_with, read_district_votes
from ballotworthy.vote.judge import Outcome
from ballotworthy.vote.recount import Recount, recount_of


@dataclass(frozen=True)
class JudgedVote:
    """A vote, what its rule makes of it, and what recount law says: None where none is held or no place was named.

    `districts` are those of a table, counted; None where there was none.
    """

    numbers: Numbers
    judgement: Judgement
    recount: Recount | None = None
    districts: CountedDistricts | None = None

    @property
    def outcome(self) -> Outcome:
        """Passed, failed, rejected, invalid or unknown."""
        return self.judgement.outcome

    def __repr__(self) -> str:
        """Give the outcome and the rule."""
        return f"JudgedVote({self.outcome}: {self.judgement.rule})"

    def to_dict(self) -> dict[str, Any]:
        """Give the judgement as `vote judge --json` prints it."""
        recount = self.recount.to_dict() if self.recount else None
        told = {**judgement_data(self.judgement), "recount": recount}
        return told | ({"districts": self.districts.to_dict()} if self.districts else {})


def judge_vote(
    rule: Rule | str | Sequence[str],
    numbers: Numbers,
    *,
    place: str | None = None,
    kind: str | None = None,
    on: date | None = None,
    districts: Path | None = None,
) -> JudgedVote:
    """Give the outcome of a vote under a rule, and what the recount law of a place says at its margin.

    Args:
        rule: the conditions.
        numbers: what is known of the vote.
        place, kind, on: whose recount law, for which kind of measure, on the day of the vote; all three or none.
        districts: a table of them (district, yes, no, and weight where halves count), which are then counted and added
            up; its numbers need not be given.

    Raises:
        InputError: the rule cannot be read, the numbers cannot be true together, or place, kind and day are not
            given together, or the districts do not add up to what was given.
        FileFaults: what is wrong in the table of districts.
        UnknownName: there is no such place or kind.
    """
    counted = None
    if districts is not None:
        numbers, counted = numbers_with(numbers, read_district_votes(districts))
    judged = judge(rule, numbers)
    if place is None and kind is None and on is None:
        return JudgedVote(numbers, judged, districts=counted)
    if place is None or kind is None or on is None:
        raise InputError("recount law is looked up by place, kind and the day of the vote; give all three, or none.")
    return JudgedVote(numbers, judged, recount_of(read_law(place), kind, on, numbers), counted)
