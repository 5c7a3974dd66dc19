"""Voters who moved: whoever bears a voter's name and lives elsewhere may be that voter, whatever the address says.

Weighed field by field, a voter at another address is hardly thinkable: number and street each differ, and two rare
levels are multiplied as if they came apart, while one move makes both. So of each line the move is weighed as one
thing. With N the bits of last, first and middle name, suffix and birth date, H those of the home, A what the address
says of people who are not at a voter's home (tenants, neighbours and strangers, each by its share), and Z what the town
says of a move, the voter's likelihood 2^(N+H) becomes

    2^(N+H) + moved x 2^N x A x Z,

a mixture of two classes (Lazarsfeld & Henry 1968, section 2). Somebody else of the voter's name, who lives elsewhere
too, has the likelihood 2^(last+first) x A in place of 2^(last+first): an address that a voter has says as little
against one as against the other; and for each voter `ANOTHER` others bear the whole name, unless the birth date agrees.
Without it, a fiftieth of all lines had a best voter who was said to have signed with less than one percent, and had.

How many moved, and whereto, is estimated from the petition (`moves_of`): who moved and who bears a voter's name by
chance differ in middle name, suffix, birth date and town, and where they differ in nothing they are told apart in the
proportion that the others show. What is stated counts as `STATED` lines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ballotworthy.match.kernel import NAMESAKES, NEIGHBOURS, TENANTS, VOTERS
from ballotworthy.match.matches import Matches
from ballotworthy.match.pairs import compare_ranked
from ballotworthy.match.weigh import BIRTH, FIRST, LAST, MIDDLE, SUFFIX, TOWN, Beliefs, Moves
from ballotworthy.roll import Roll

ANOTHER = 0.0024
"""For each voter, people elsewhere who bear the whole name and live as near as who moved: 3% of 1,259 lines said to be
nearly sure by the name alone were somebody else's (`benchmarks/calibrate.py`)."""
SURE = 0.99
"""Probability that the best voter signed from which a move of any other changes nothing that is said."""
TOLD = 0.05
"""Bits below which a move is not told."""
WORDS = "may have moved"
STATED, STATED_TOWNS = 200, 20
"""As how many lines the stated beliefs count: for the shares, and for the towns of those who moved."""
ROUNDS = 20
STRANGERS = (TENANTS, NEIGHBOURS, -2)
"""Those whose names are anybody's: tenants, neighbours, and those whom the roll does not know."""


@dataclass(frozen=True)
class Elsewhere:
    """What the names and towns of ranked voters say of each line, whatever its address; float64.

    Attributes:
        who: likelihood that each voter signed, by name and birth date alone; (lines, ranks).
        town: level of the town between them; int64 (lines, ranks).
        both: that of the last and first name alone, summed over the voters; (lines,).
        one: that of the one voter whom it fits best; (lines,).
        alike: that of the whole name without the birth date; (lines, ranks).
    """

    who: np.ndarray
    town: np.ndarray
    both: np.ndarray
    one: np.ndarray
    alike: np.ndarray

    def anybodys(self, namesakes: np.ndarray, voters: int) -> np.ndarray:
        """Give how much oftener a stranger bears this name than first and last names by themselves tell; (lines,).

        Names of one origin go together: as often as voters bear it, one left out, who may be the signer.
        """
        return np.asarray(np.maximum(namesakes - self.one / voters, 1.0))


def elsewhere(levels: np.ndarray, bits: np.ndarray) -> Elsewhere:
    """Weigh names without homes: `levels` and `bits` of every field, (lines, ranks, fields), level 0 for no voter."""
    written = (levels[:, :, LAST] > 0) & (levels[:, :, FIRST] > 0)
    name = bits[:, :, [LAST, FIRST, MIDDLE, SUFFIX]].sum(axis=2)
    who = np.where(written, 2.0 ** (name + bits[:, :, BIRTH]), 0.0)
    both = np.where(written, 2.0 ** (bits[:, :, LAST] + bits[:, :, FIRST]), 0.0)
    alike = np.where(written, 2.0**name, 0.0)
    town = levels[:, :, TOWN].astype(np.int64)
    return Elsewhere(who, town, both.sum(axis=1), both.max(axis=1), alike)


def moves_of(beliefs: Beliefs, levels: np.ndarray, bits: np.ndarray, sums: np.ndarray, voters: int) -> Moves:
    """Estimate how many voters write another home, by expectation-maximisation over all that may be true of a line.

    Args:
        beliefs: with the prior and the levels as estimated, and what is stated of moves.
        levels, bits: as `elsewhere` takes them.
        sums: as in `Matches`; float64 (lines, 5).
        voters: number of voters of the roll.
    """
    found, stated = elsewhere(levels, bits), beliefs.moves
    unranked = np.maximum(sums[:, NAMESAKES] - found.both / voters, 0.0)
    anybodys = found.anybodys(sums[:, NAMESAKES], voters)
    known = beliefs.prior.shares()
    known[[TENANTS, NAMESAKES]] = stated.tenant, stated.namesake
    known[-1] = 1 - known[:-1].sum()
    first = np.r_[known, stated.share * known[VOTERS]]
    first /= first.sum()
    shares, moves = first, stated
    for _ in range(ROUNDS):
        address = _address(sums, shares[:-1])
        near = _of_town(beliefs, moves)[found.town] / voters
        each, alike = found.who * near, (found.alike * near).sum(axis=1)
        likely = np.column_stack([sums, np.ones(len(sums)), each.sum(axis=1) + unranked]) * shares
        likely[:, NAMESAKES] += ANOTHER * shares[VOTERS] * alike
        likely[:, [NAMESAKES, -1]] *= address[:, None]
        likely[:, STRANGERS] *= anybodys[:, None]
        whole = likely.sum(axis=1)
        shares = ((likely / whole[:, None]).sum(axis=0) + STATED * first) / (len(sums) + STATED)
        moved = each * (shares[-1] * address / whole)[:, None]
        seen = np.bincount(found.town.ravel(), moved.ravel(), len(stated.town) + 1)[1:]
        town = seen + STATED_TOWNS * np.array(stated.town)
        moves = Moves(
            float(shares[-1] / shares[VOTERS]), float(shares[TENANTS]), float(shares[NAMESAKES]),
            tuple(float(share) for share in town / town.sum()),
        )  # fmt: skip
    return moves


def with_moved(matches: Matches, roll: Roll) -> Matches:
    """Give the matches with each ranked voter weighed as one who may have moved too, the likeliest first.

    A weight is then that of the fields, and what the move adds (`bits_of_move`).
    """
    rows = np.flatnonzero((matches.chances[:, 0] < SURE) & (matches.records[:, 0] >= 0))
    if not len(rows):
        return matches
    there = matches.records[rows] >= 0
    some, ranks = np.nonzero(there)
    each = compare_ranked(matches, roll, rows[some], ranks)
    levels, bits = (np.zeros((*there.shape, one.shape[1]), one.dtype) for one in each)
    levels[some, ranks], bits[some, ranks] = each
    found, moves, prior = elsewhere(levels, bits), matches.beliefs.moves, matches.beliefs.prior
    sums, weights, shares = matches.sums.copy(), matches.weights.copy(), prior.shares()
    shares[TENANTS] = moves.tenant
    address = _address(sums[rows], shares)
    anybodys = found.anybodys(sums[rows, NAMESAKES], matches.voters)
    unranked = np.maximum(sums[rows, NAMESAKES] - found.both / matches.voters, 0.0)
    sums[rows, TENANTS] *= moves.tenant / prior.tenant * anybodys
    sums[rows, NEIGHBOURS] *= anybodys
    sums[rows, NAMESAKES] *= moves.namesake / prior.namesake
    near = _of_town(matches.beliefs, moves)[found.town]
    who, alike = found.who * near, (found.alike * near).sum(axis=1)
    sums[rows, VOTERS] += moves.share * address * (who.sum(axis=1) / matches.voters + unranked)
    others = ANOTHER * alike / matches.voters * prior.on_roll / prior.namesake
    sums[rows, NAMESAKES] = address * (sums[rows, NAMESAKES] + others) + (anybodys - 1) * shares[-1] / prior.namesake
    likely = np.where(there, 2.0 ** matches.weights[rows], 0.0) + moves.share * address[:, None] * who
    weights[rows] = np.where(there, np.log2(np.maximum(likely, np.finfo(float).tiny)), matches.weights[rows])
    order = np.argsort(np.where(there, -weights[rows], np.inf), axis=1, kind="stable")
    records, read = matches.records.copy(), matches.read.copy()
    for ranked in (records, weights, read):
        ranked[rows] = np.take_along_axis(ranked[rows], order, axis=1)
    return replace(matches, records=records, weights=weights, read=read, sums=sums)


def bits_of_move(weights: np.ndarray, bits: np.ndarray) -> np.ndarray:
    """Give what a move added to each voter's weight, 0 where it is not told; float64 (pairs,).

    Args:
        weights: as `with_moved` gives them, less what comparisons from outside added; float64 (pairs,).
        bits: of each field; float64 (pairs, fields).
    """
    added = weights - bits.sum(axis=1)
    return np.asarray(np.where(added >= TOLD, added, 0.0))


def _address(sums: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Give how likely the address of each line is of somebody who is at no home of his own name; float64 (lines,)."""
    others = shares[[TENANTS, NEIGHBOURS, -1]]
    likely = np.column_stack([sums[:, [TENANTS, NEIGHBOURS]], np.ones(len(sums))])
    return np.asarray((likely * others).sum(axis=1) / others.sum())


def _of_town(beliefs: Beliefs, moves: Moves) -> np.ndarray:
    """Give how much oftener each level of the town is seen with a move than with strangers; float64 (levels,)."""
    strangers = [level.u or 1.0 for level in beliefs.levels[TOWN][1:]]
    return np.array([1.0, *(away / one for away, one in zip(moves.town, strangers, strict=True))])
