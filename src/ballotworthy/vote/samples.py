"""The samples of an audit: one of all cards, and one of each district that decides, all in the order of one seed.

The cards of a district, in the order of all, are in an order as good as any. So each claim is tested on the beginning
of its own order, and cards that were fetched for another claim count where they come next; how far each sample goes
may depend on all that was seen, as the limit of a martingale holds at every length.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ballotworthy.vote.assorters import Assorter
from ballotworthy.vote.districts import DistrictsPlan
from ballotworthy.vote.plan import Plan


@dataclass(frozen=True)
class Sample:
    """A sample.

    Attributes:
        district: of which it is, "" of all cards.
        claims: that it is to confirm.
        first: cards that the first round takes if none differs.
        of: cards that there are.
    """

    district: str
    claims: tuple[Assorter, ...]
    first: int
    of: int


def samples_of(plan: Plan, districts: DistrictsPlan | None) -> tuple[Sample, ...]:
    """Give the samples of a plan."""
    whole = Sample("", tuple(each.claim for each in plan.claims), plan.cards or plan.population, plan.population)
    parts = () if districts is None else districts.confirmed
    own = (Sample(each.district.name, (each.claim,), each.cards, each.district.cards) for each in parts)
    return (*([whole] if plan.claims else []), *own)


def beginning(order: Sequence[str], cards: Collection[str]) -> tuple[str, ...]:
    """Give the longest beginning of an order that is among these cards."""
    return tuple(takewhile(cards.__contains__, order))


def are_drawn(cards: Collection[str], orders: Iterable[Sequence[str]]) -> bool:
    """Say whether cards are beginnings of these orders, together and nothing else."""
    return {card for order in orders for card in beginning(order, cards)} == set(cards)
