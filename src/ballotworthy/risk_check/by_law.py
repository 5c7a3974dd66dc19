"""What the place's law says to a check: the number required, which lines of a pair count, and how it decides."""

from __future__ import annotations

from dataclasses import dataclass

from ballotworthy.errors import InputError
from ballotworthy.law import Cited, Rules
from ballotworthy.law.number import number_required
from ballotworthy.sufficiency.decide import BY_USER


@dataclass(frozen=True)
class ByLaw:
    """What the law says: the number required and its source, lines of a pair that are lost, its own procedure."""

    required: int
    source: str
    lost: int
    words: str
    spread: str


def by_law(rules: Rules | None, required: int | None) -> ByLaw:
    """Give what the law says; a number given by the user takes the place of the law's.

    Raises:
        InputError: neither says how many signatures are required.
        LawSilent: the law's number for the day is not in the data.
    """
    if rules is None:
        if required is None:
            raise InputError("say how many signatures are required: --required, or --place, --kind and --on.")
        return ByLaw(required, str(BY_USER), 1, "", "")
    law = Cited(required, BY_USER) if required is not None else number_required(rules)
    if law is None:
        raise rules.silence["requirement"]
    cited = rules.sample_share or rules.sample_least or rules.sample_rule or rules.full_count
    how = "orders a sample" if cited is not rules.full_count else "orders every signature to be examined"
    return ByLaw(
        law.value, str(law.source), rules.lost_of_pair, f"{rules.place_name} {how}: {cited.source}", spread_of(rules)
    )


def spread_of(rules: Rules) -> str:
    """Give what the law asks for beside a total, in words; "" where it asks for nothing."""
    if not (rules.districts_needed or rules.district_share or rules.district_requirement):
        return ""
    source = (rules.districts_needed or rules.district_share or rules.formula).source
    return f"a spread of signatures over districts ({source})"
