"""Votes counted and judged, their audits planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from ballotworthy.files.asked_day import as_day
from ballotworthy.files.keywords import keywords_told
from ballotworthy.verbs.vote_count import CountedVote
from ballotworthy.verbs.vote_count import count_vote as counted_vote
from ballotworthy.verbs.vote_judge import JudgedVote
from ballotworthy.verbs.vote_judge import judge_vote as judged
from ballotworthy.verbs.vote_plan import PlannedAudit
from ballotworthy.verbs.vote_plan import plan_audit as planned
from ballotworthy.vote import Numbers


@keywords_told(Numbers)
def judge_vote(
    rule: str | Sequence[str],
    *,
    place: str | None = None,
    kind: str | None = None,
    on: str | dt.date | None = None,
    districts: str | Path | None = None,
    **numbers: int | Fraction | None,
) -> JudgedVote:
    """Judge a vote by a rule, such as `judge_vote("yes_of_valid:>1/2", yes=10, no=9)`.

    Numbers are `registered`, `cast`, `yes`, `no`, `blank`, `invalid`, `districts_for`, `districts_against`,
    `districts_tied`. With place, kind and the day of the vote, say as well what recount law makes of its margin. A
    table of districts, as of `vote judge --districts`, is counted and added up.

    Raises:
        InputError: the rule cannot be read, the numbers cannot be true together, or only some of place, kind and day
            are given.
        UnknownName: there is no such place or kind.
        FileFaults: what is wrong in the table of districts.
    """
    day = as_day(on, "on") if on else None
    table = Path(districts) if districts else None
    known = Numbers(**numbers)  # type: ignore[arg-type]  # a wrong kind is told by name
    return judged(rule, known, place=place, kind=kind, on=day, districts=table)


@keywords_told(Numbers)
def plan_audit(
    rule: str | Sequence[str], *, cards: int, risk: float = 0.05, method: str = "alpha", **numbers: int | None
) -> PlannedAudit:
    """Plan the first sample of a risk-limiting audit of a vote; numbers as of `judge_vote`.

    Raises:
        InputError: the rule cannot be read, the numbers cannot be true together, or one that is audited is missing.
    """
    return planned(rule, Numbers(**numbers), cards, risk, method)  # type: ignore[arg-type]  # told by name


@keywords_told(counted_vote)
def count_vote(files: str | Path | Sequence[str | Path], **asked: Any) -> CountedVote:
    """Count files of results; further words as of `ballotworthy vote count`: measure, rule, registered, manifest.

    Raises:
        InputError: a file is of no known format, or there is no measure.
        FileFaults: a file is faulty.
    """
    several = [files] if isinstance(files, str | Path) else files
    for name in ("registered", "manifest"):
        if isinstance(asked.get(name), str):
            asked[name] = Path(asked[name])
    return counted_vote([Path(each) for each in several], **asked)
