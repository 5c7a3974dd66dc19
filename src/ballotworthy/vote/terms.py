"""What an audit asks, as its first file commits it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.vote.districts import District, DistrictsPlan, plan_all, ties_of
from ballotworthy.vote.numbers import Numbers
from ballotworthy.vote.plan import Plan, plan_audit

START = "start.json"
NOT_FOUND = "not-found"
"""What people say of a card that is not there."""


@dataclass(frozen=True)
class Terms:
    """What an audit asks, as committed.

    Attributes:
        rule: of the vote.
        numbers: as reported; districts as text.
        risk: the risk limit.
        method: `comparison` with the records of the machines, or `polling` without.
        measure: its name in the records, "" without.
        manifest: the manifest's file name and digest.
        cards: the population: all cards, phantoms among them.
        cards_sha256: digest of cards.csv.
        without_record, without_card: phantoms of either kind.
        districts: where a majority of them decides, each with its cards, votes and weight; the last as text.
    """

    rule: str
    numbers: Mapping[str, int | str]
    risk: float
    method: str
    measure: str
    manifest: Mapping[str, str]
    cards: int
    cards_sha256: str
    without_record: int
    without_card: int
    districts: Sequence[Mapping[str, Any]] = ()

    def plan(self) -> tuple[Plan, DistrictsPlan | None]:
        """Give the plan of the first round, with the claims that prove the outcome, and that of the districts."""
        told = {name: Fraction(value) if isinstance(value, str) else value for name, value in self.numbers.items()}
        numbers, by = Numbers(**told), "alpha" if self.method == "comparison" else "polling"  # type: ignore[arg-type]
        if not self.districts:
            return plan_audit(self.rule, numbers, self.cards, self.risk, by), None
        return plan_all(self.rule, numbers, self.cards, self.risk, by, self._districts)[1:]

    @property
    def ties(self) -> tuple[str, ...]:
        """Give the districts with as many yes as no, which are neither for nor against."""
        return ties_of(self._districts)

    @property
    def _districts(self) -> list[District]:
        return [District(**{**each, "weight": Fraction(each["weight"])}) for each in self.districts]


def read_terms(folder: Path) -> tuple[Terms, str]:
    """Give the terms of the audit in a folder, and the digest of their file.

    Raises:
        InputError: no audit has begun there, or the file cannot be read.
    """
    try:
        data = (folder / START).read_bytes()
        terms = Terms(**json.loads(data)["terms"])
    except FileNotFoundError as error:
        raise InputError(f"no audit has begun in {folder}; begin one with `ballotworthy vote audit start`.") from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{folder / START} cannot be read. Go back to a copy that is not touched.") from error
    return terms, sha256(data).hexdigest()
