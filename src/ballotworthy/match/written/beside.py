"""Whom the lines above and below point to: the people of a household mostly sign one after the other.

What the pictures of a line say is weighed by what the lines beside it say of theirs. With s(d) the share of lines whose
signer lives with that of the line d lines off, P(u | j) how probable it is that voter u signed line j, by its own
pictures alone, and n the voters of a home, a voter v of N signs line i with

    P(v) = (1 - sum of s(d) x sum over u of P(u | j)) / N + sum over lines j, d off, of s(d) x sum over u of v's home,
           u not v, of P(u | j) / (n - 1)

before its own pictures are looked at, and its address is that of a home h with s(d) x sum over u of h of P(u | j) more
than it is anybody's. So who signed the line above hardly signs again (`AGAIN`), and each line speaks to another by its
own pictures alone: none hears its own words again. How often neighbours on a sheet live together is estimated from the
petition itself, by expectation-maximisation, as towns and moves are: where each signer comes alone, these lines say
nothing. One who lives with a voter and is on no roll gains as much as the voter does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from ballotworthy.match.matches import Matches
from ballotworthy.match.written.cells import Pairs
from ballotworthy.match.written.lexicon import figures_of
from ballotworthy.match.written.sought import living_with
from ballotworthy.roll import Roll

STATED, STATED_LINES = (0.2, 0.1), 20
"""Shares of lines whose signers live together, one and two lines off, guesses; and as how many lines they count."""
AGAIN = 0.02
"""Share of those beside a voter of their home who are that voter, signing once more; a guess."""
ROUNDS = 20
MOST = 0.95
"""Share of lines at most that the lines beside them speak for."""
LEAST = 1e-4
"""Probability of a voter on a line from which on whoever lives with him is looked at on the lines beside it."""
SURE = 0.9995
"""Probability of the best voter from which on a line is not read again by the lines beside it."""


@dataclass(frozen=True)
class Beside:
    """What the lines beside a line say of it before its pictures are looked at.

    Attributes:
        numbers: records of the voters in likely homes, ascending; int64.
        bits: how much likelier each signs than he would otherwise; float64.
        one, two: letters of the numbers and the streets of these homes; uint8 (homes, width).
        shares: how probable each home is; float64 (homes,).
        rest: how probable it is that the home is anybody's.
    """

    numbers: np.ndarray
    bits: np.ndarray
    one: np.ndarray
    two: np.ndarray
    shares: np.ndarray
    rest: float

    def of(self, numbers: np.ndarray) -> np.ndarray:
        """Give the bits of records, by their numbers; float64."""
        found = np.full(len(numbers), np.log2(self.rest))
        place = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        mine = self.numbers[place] == numbers
        found[mine] = self.bits[place[mine]]
        return found

    def rare(self, homes: Pairs) -> np.ndarray:
        """Give how rare addresses are on this line, in bits; float64 (addresses,)."""
        share = self.rest * np.exp2(-homes.bits)
        for one, two, more in zip(self.one, self.two, self.shares, strict=True):
            row = homes.row_of(one, two)
            if row >= 0:
                share[row] += more
        return np.asarray(-np.log2(share))


@dataclass(frozen=True)
class _Home:
    """Voters of a building: record numbers, the voter of each and the unit of each; and its first record."""

    numbers: np.ndarray
    owners: np.ndarray
    units: np.ndarray
    record: np.void


def beside_of(
    matches: Matches, ids: Sequence[tuple[str, str]], rows: Sequence[int], roll: Roll
) -> Mapping[int, Beside]:
    """Give what the lines beside some lines say of them, where they say anything.

    Args:
        matches: as found by each line's own pictures.
        ids: sheet and line of each line.
        rows: of the lines that are asked for; a line whose voter is sure is left out.
        roll: whose voters these are.
    """
    lines = {(sheet, int(line)): at for at, (sheet, line) in enumerate(ids) if line.isdigit()}
    near = {
        (at, other): abs(off)
        for (sheet, line), at in lines.items()
        for off in range(-len(STATED), len(STATED) + 1)
        if off and (other := lines.get((sheet, line + off))) is not None
    }
    homes = _Homes(matches, roll)
    speak = {pair: told for pair in near if (told := homes.told(pair[1]))}
    shares = _shares(matches, homes, near, speak)
    asked = set(rows) - set(np.flatnonzero(matches.chances[:, 0] >= SURE).tolist())
    found: dict[int, Beside] = {}
    for at in sorted(asked):
        off = {other: shares[near[one, other] - 1] for one, other in speak if one == at}
        if off:
            least = min(1.0, MOST / sum(off.values()))
            found[at] = homes.joined({other: share * least for other, share in off.items()})
    return found


class _Homes:
    """The homes that the lines of a petition point to, each looked up once."""

    def __init__(self, matches: Matches, roll: Roll) -> None:
        self._matches, self._roll = matches, roll
        self._looked: dict[bytes, _Home] = {}
        self._told: dict[int, list[tuple[_Home, int, float]]] = {}

    def told(self, line: int) -> list[tuple[_Home, int, float]]:
        """Give the likely voters of a line: the building of each, who it is, and how probable."""
        if line not in self._told:
            records, chances = self._matches.records[line], self._matches.chances[line]
            likely = np.flatnonzero((records >= 0) & (chances >= LEAST))
            owners = self._roll.owners[records[likely]].astype(np.int64)
            each = zip(owners.tolist(), chances[likely].tolist(), strict=True)
            self._told[line] = [(self._home(owner), owner, chance) for owner, chance in each]
        return self._told[line]

    def _home(self, owner: int) -> _Home:
        record = self._roll.records[owner]
        key = bytes(record["number"]) + bytes(record["street"]) + bytes(record["zip"])
        if key not in self._looked:
            numbers = living_with(record[None], self._roll)
            owners = self._roll.owners[numbers].astype(np.int64)
            self._looked[key] = _Home(numbers, owners, self._roll.records["unit"][owners], record)
        return self._looked[key]

    def bits(self, line: int, numbers: np.ndarray, owners: np.ndarray) -> np.ndarray:
        """Give how much likelier voters of records sign as they live with whoever signed a line; 0 for others."""
        found = np.zeros(len(numbers))
        for home, owner, chance in self.told(line):
            unit = self._roll.records["unit"][owner]
            others = len(set(home.owners[home.units == unit].tolist()) - {owner})
            with_him = home.numbers[(home.units == unit) & (home.owners != owner)]
            found[np.isin(numbers, with_him)] += chance * self._roll.size * (1 - AGAIN) / max(others, 1)
            found[owners == owner] += chance * self._roll.size * AGAIN
        return found

    def joined(self, shares: Mapping[int, float]) -> Beside:
        """Give what lines say together, each with the share of those who live with its signer."""
        told = [(each, share) for line, share in shares.items() for each in self.told(line)]
        numbers = reduce(np.union1d, [home.numbers for (home, _, _), _ in told])
        owners = self._roll.owners[numbers].astype(np.int64)
        rest = 1 - sum(share * chance for (_, _, chance), share in told)
        more = sum((share * self.bits(line, numbers, owners) for line, share in shares.items()), np.zeros(len(numbers)))
        records = np.stack([home.record for (home, _, _), _ in told])
        one, two = figures_of(records), records["street"]
        each = np.array([share * chance for (_, _, chance), share in told])
        return Beside(numbers.astype(np.int64), np.log2(rest + more), one, two, each, rest)


def _shares(
    matches: Matches, homes: _Homes, near: Mapping[tuple[int, int], int], speak: Mapping[tuple[int, int], object]
) -> np.ndarray:
    """Estimate how often signers live together, by how far off their lines are; float64."""
    off, odds = [], []
    for at, other in speak:
        there = matches.records[at] >= 0
        records = matches.records[at][there]
        owners = homes._roll.owners[records].astype(np.int64)
        off.append(near[at, other] - 1)
        odds.append(float((matches.chances[at][there] * homes.bits(other, records, owners)).sum()))
    of, likely = np.array(off, np.int64), np.array(odds)
    counts = np.bincount(of, minlength=len(STATED)) + STATED_LINES
    shares = np.array(STATED)
    for _ in range(ROUNDS):
        mine = shares[of]
        together = mine * likely / (1 - mine + mine * likely)
        shares = (np.bincount(of, together, len(STATED)) + STATED_LINES * np.array(STATED)) / counts
    return shares
