"""The number of signatures a petition needs in all, also where the law numbers its districts alone."""

from __future__ import annotations

from collections.abc import Mapping

from ballotworthy.law.dated import Cited, Source
from ballotworthy.law.rules import Rules


def number_required(rules: Rules, told: Mapping[str, int] | None = None) -> Cited[int] | None:
    """Give the law's number; None where the data holds none for the day.

    Where the law has no number for the whole and asks only that so many districts reach their own (Missouri), it
    is the sum of the least of those: fewer signatures in all cannot have reached them, and the districts decide.

    Args:
        rules: the rules in force.
        told: numbers of districts that the law's table does not hold.
    """
    if rules.requirement is not None:
        return rules.requirement
    needed, alone = rules.districts_needed, rules.districts_alone
    if needed is None or alone is None or not alone.value:
        return None
    law = rules.district_requirement
    numbers = {**(law.value if law else {}), **(told or {})}
    if len(numbers) < needed.value:
        return None
    source = law.source if law else alone.source
    words = f"the sum of the {needed.value} least numbers of districts ({source.cite})"
    return Cited(sum(sorted(numbers.values())[: needed.value]), Source(words, source.url))
