"""Voters who moved: whoever bears a voter's name and lives elsewhere may be that voter, whatever the address says.

Weighed field by field, a voter at another address is hardly thinkable: number and street each differ, and two rare
levels are multiplied as if they came apart, while one move makes both. So of each line the move is weighed as one
thing. With N the bits of last, first and middle name, suffix and birth date, H those of the home, A what the address
says of people who are not at a voter's home (tenants, neighbours and strangers, each by its share), and Z what the town
says of a move, the voter's likelihood 2^(N+H) becomes

    2^(N+H) + MOVED x 2^N x A x Z,

a mixture of two classes (Lazarsfeld & Henry 1968, section 2). Somebody else of the voter's name, who lives elsewhere
too, has the likelihood 2^(last+first) x A in place of 2^(last+first): an address that a voter has says as little
against one as against the other; and `ANOTHER` of those who bear all of a voter's name are somebody else, unless the
birth date agrees. Without it, a fiftieth of all lines had a best voter who was said to have signed with
less than one percent, and had.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ballotworthy.match.kernel import NAMESAKES, NEIGHBOURS, TENANTS, VOTERS
from ballotworthy.match.matches import Matches
from ballotworthy.match.pairs import compare_ranked
from ballotworthy.match.weigh import BIRTH, FIRST, LAST, MIDDLE, SUFFIX, TOWN
from ballotworthy.roll import Roll

MOVED = 0.06
"""Share of the voters of a roll who write another home. Held, since a petition tells them hardly from namesakes; in the
worlds of `benchmarks/worlds.py` it is 2 to 25%."""
ANOTHER = 0.04
"""For each voter who moved, people elsewhere who bear the whole name: 3% of 1,259 lines said to be nearly sure by the
name alone were somebody else's (`benchmarks/calibrate.py`)."""
SAME_TOWN = (0.5, 0.02, 0.08, 0.1, 0.3)
"""Of those who moved: how often each level of the town but "missing" is seen."""
SURE = 0.99
"""Probability that the best voter signed from which a move of any other changes nothing that is said."""
TOLD = 0.05
"""Bits below which a move is not told."""
WORDS = "may have moved"


def with_moved(matches: Matches, roll: Roll) -> Matches:
    """Give the matches with each ranked voter weighed as one who may have moved too, the likeliest first.

    A weight is then that of the fields, and what the move adds (`bits_of_move`).
    """
    rows = np.flatnonzero((matches.chances[:, 0] < SURE) & (matches.records[:, 0] >= 0))
    if not len(rows):
        return matches
    there = matches.records[rows] >= 0
    some, ranks = np.nonzero(there)
    levels, bits = compare_ranked(matches, roll, rows[some], ranks)
    written = (levels[:, LAST] > 0) & (levels[:, FIRST] > 0)
    who, both, alike = (np.zeros(there.shape) for _ in range(3))
    name = bits[:, [LAST, FIRST, MIDDLE, SUFFIX, BIRTH]].sum(axis=1)
    who[some, ranks] = np.where(written, 2.0**name * _of_town(matches, levels[:, TOWN]), 0.0)
    both[some, ranks] = np.where(written, 2.0 ** (bits[:, LAST] + bits[:, FIRST]), 0.0)
    alike[some, ranks] = who[some, ranks] / 2.0 ** bits[:, BIRTH]
    sums, weights = matches.sums.copy(), matches.weights.copy()
    address, shares = _address(matches, rows), matches.beliefs.prior.shares()
    unranked = np.maximum(sums[rows, NAMESAKES] - both.sum(axis=1) / matches.voters, 0.0)
    sums[rows, VOTERS] += MOVED * address * (who.sum(axis=1) / matches.voters + unranked)
    others = ANOTHER * MOVED * alike.sum(axis=1) / matches.voters * shares[VOTERS] / shares[NAMESAKES]
    sums[rows, NAMESAKES] = address * (sums[rows, NAMESAKES] + others)
    likely = np.where(there, 2.0 ** matches.weights[rows], 0.0) + MOVED * address[:, None] * who
    weights[rows] = np.where(there, np.log2(np.maximum(likely, np.finfo(float).tiny)), matches.weights[rows])
    order = np.argsort(np.where(matches.records >= 0, -weights, np.inf), axis=1, kind="stable")
    records, weights, read = (
        np.take_along_axis(each, order, axis=1) for each in (matches.records, weights, matches.read)
    )
    return replace(matches, records=records, weights=weights, read=read, sums=sums)


def bits_of_move(weights: np.ndarray, bits: np.ndarray) -> np.ndarray:
    """Give what a move added to each voter's weight, 0 where it is not told; float64 (pairs,).

    Args:
        weights: as `with_moved` gives them, less what comparisons from outside added; float64 (pairs,).
        bits: of each field; float64 (pairs, fields).
    """
    added = weights - bits.sum(axis=1)
    return np.asarray(np.where(added >= TOLD, added, 0.0))


def _address(matches: Matches, rows: np.ndarray) -> np.ndarray:
    """Give how likely the address of each line is of somebody who is at no home of his own name; float64 (rows,)."""
    shares = matches.beliefs.prior.shares()[[TENANTS, NEIGHBOURS, -1]]
    likely = np.column_stack([matches.sums[rows][:, [TENANTS, NEIGHBOURS]], np.ones(len(rows))])
    return np.asarray((likely * shares).sum(axis=1) / shares.sum())


def _of_town(matches: Matches, levels: np.ndarray) -> np.ndarray:
    """Give how much oftener each level of the town is seen with a move than with strangers; float64 (pairs,)."""
    ordered = matches.beliefs.levels[TOWN]
    ratio = [1.0, *(away / (level.u or 1.0) for away, level in zip(SAME_TOWN, ordered[1:], strict=True))]
    return np.asarray(np.array(ratio)[levels])
