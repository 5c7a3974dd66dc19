"""Open lines and the other lines of whoever may have signed them: each counts as far as no other of the voter does.

`duplicates.py` links the lines of one named voter. A line that is open, between two voters of one home or for an
address that differs, is linked with none, and its voter was counted once more. Of a line that one of k voters may have
signed, k lines count at most, theirs and those of each of them (the pigeonhole principle): each takes as much of the
room as it counts, in the order of filing, since by law the first valid one counts. So a sure line counts less by as
much as an open one further up may be its voter's, and from 0.2 on it is open too. Where the law counts none of several,
each takes from the others. Where room is left, since father and son bear the name and one of them stands already, the
line counts less by how often the petition's voters sign twice (`again.py`). All this is of the share of the line that
is theirs; what is another voter's stays.

Where all of them have a valid line further up, and hardly another voter can have signed, the line is refused: whoever a
person found, it would not count. So is one above their lines that is hardly theirs: were it, theirs would be the
repeat. It stays open where the law lets no line of who signed twice count, since the other line hangs on it then; where
the law asks for no home, since who bears the name may have moved; and where the line itself is unclear.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
import polars as pl

from ballotworthy.check.differing import asks_home
from ballotworthy.check.seen_names import may_refuse
from ballotworthy.check.untold import may_be_protected
from ballotworthy.check.which_counts import DIGITS, MAY_COUNT, PERHAPS
from ballotworthy.law import Rules
from ballotworthy.match import Matches
from ballotworthy.roll import Roll

MAY = 0.1
"""Share of a line's likeliest voter from which another one may have signed it."""
HALF, REFUSE = 0.5, 0.05
"""Probability from which a line rather is a voter's, and below which any line is refused (`outcomes.py`)."""
SETTLED = (
    "ambiguous", "uncertain", "name-differs", "surname-differs", "middle-differs", "address-differs",
    "former-address", "name-incomplete", "address-incomplete",
)  # fmt: skip
"""Reasons of open lines that are settled once their voter is. What is unclear in itself is for a person, and so is the
junior of a voter whom the roll has as senior."""
WORDS = "; a repeat: its voter's line stands already"
REPEAT_WORDS = "{}; perhaps a repeat of line {}, which is open"
AGAIN = 0.1
"""At least how often a voter signs again, for once that another one signs whom the line fits as well: a judgement."""
OTHERS = 0.02
"""Probability that a voter who has not signed yet did, from which a repeat is left to a person."""

_Held = dict[tuple[int, ...], float]
"""How many lines count for one of these voters, and for none else."""


@dataclass(frozen=True)
class _Weighed:
    """What lines count once those of the same voters are known; each (lines,).

    Attributes:
        counts: how probably each line is valid and the one of its voter that counts.
        above: the row of the voter's line that stands already where all who may have signed have one, else -1.
        repeats: whether the line is rather a repeat, whichever of its voter's lines comes first.
        after: whether it rather repeats lines further up.
        opened: the row of the open line by which a valid one may not be the one that counts, else -1.
    """

    counts: np.ndarray
    above: np.ndarray
    repeats: np.ndarray
    after: np.ndarray
    opened: np.ndarray


def without_repeats(
    lines: pl.DataFrame, matches: Matches, roll: Roll, rules: Rules, share: float, nameless: np.ndarray
) -> pl.DataFrame:
    """Give the lines with the `probability` of each as far as their voters have not signed before.

    `evidence` says so where hardly anything is left; what cannot count is refused, as `duplicate` of the voter
    named, or as `not-registered` where it rather was nobody on the roll; and a valid line that may well repeat an
    open one further up is open too. `lines` are as `which_counts` gives them, `share` is that of further lines of a
    home that are the same voter's (`again.py`); `nameless` lines lead to a voter by the home alone, and take nothing
    from lines that name him.

    Raises:
        LawSilent: the place's data does not say which of several lines of a voter counts.
    """
    none = bool(rules.needed("duplicates").value == "none")
    found = _weighed(lines, matches, roll, share, nameless, none=none)
    rather = (lines["probability"] >= HALF).to_numpy()
    refuses = not none and asks_home(rules)
    refused = (found.above >= 0) & found.repeats & _nobody_else(lines, matches, roll) & refuses
    theirs = refused & rather & lines["voter_id"].is_not_null().to_numpy()
    told = pl.col("evidence") + pl.when(pl.Series(found.after | theirs)).then(pl.lit(WORDS)).otherwise(pl.lit(""))
    counted = lines.with_columns(told, pl.Series("probability", found.counts).round(DIGITS))
    counted = _opened(counted, found)
    return _refused(counted, pl.Series(theirs | (refused & ~rather)), pl.Series(theirs), found.above)


def _weighed(
    lines: pl.DataFrame, matches: Matches, roll: Roll, share: float, nameless: np.ndarray, *, none: bool
) -> _Weighed:
    """Walk the lines as filed; what an open one takes of a voter is missing to that voter's lines further down.

    Where the law counts `none` of several, each takes from the other.
    """
    counts = lines["probability"].to_numpy().copy()
    above, opened, most = np.full(len(counts), -1), np.full(len(counts), -1), np.zeros(len(counts))
    repeats, after = np.zeros(len(counts), np.bool_), np.zeros(len(counts), np.bool_)
    there = matches.records[:, 0] >= 0
    rows = np.flatnonzero((lines["outcome"] == "unresolved").to_numpy() & there)
    twice = (lines["reason"] == "duplicate").to_numpy() & none
    named = np.flatnonzero(((lines["outcome"] == "valid").to_numpy() | twice) & there)
    owners = roll.owners[matches.records[named, 0]]
    asked = np.isin(owners, roll.owners[matches.records[rows]])  # the voters of open lines, of many that are named
    voters = dict(zip(named[asked].tolist(), owners[asked].tolist(), strict=True))
    stands = {voter: row for row, voter in reversed(voters.items())}
    every: _Held = {}
    before: _Held = every if none else {}
    of: dict[tuple[int, ...], list[int]] = {}
    for row, voter in voters.items():
        every[(voter,)] = every.get((voter,), 0.0) + (1.0 if twice[row] else float(counts[row]))
        of.setdefault((voter,), []).append(row)
    others_share = 1 - _inside(matches) / np.maximum(matches.on_roll, 1e-12)
    perhaps = (lines["reason"] == PERHAPS).to_numpy()
    for row in sorted([*rows[~perhaps[rows]].tolist(), *voters]):
        if row in voters:
            if not none:
                before[(voters[row],)] = before.get((voters[row],), 0.0) + float(counts[row])
            continue
        whose = _may_have_signed(matches, roll, row, float(counts[row]))
        if not whose:
            continue
        last = len(counts) if counts[row] < REFUSE else row  # one that is hardly theirs may stand above their lines
        if all(stands.get(voter, len(counts)) < last for voter in whose):
            above[row] = stands[whose[0]]
        others = float(others_share[row])
        theirs = float(counts[row]) * (1 - others)
        (room, left), (room_above, left_above) = (_room(held, whose, share) for held in (every, before))
        repeats[row], after[row] = (others + (1 - others) * each < HALF for each in (room, room_above))
        lower = [other for part in _parts(whose) for other in of.get(part, []) if none or other > row]
        lower = [] if nameless[row] else lower
        falls = _taken_off(counts, lower, theirs * (1 - left if none else left_above - left))
        opened[[other for other in lower if falls > most[other]]] = row
        most[lower] = np.maximum(most[lower], falls)
        mine = theirs * left + (0.0 if none else falls)
        every[whose] = every.get(whose, 0.0) + theirs * left
        if none:
            of.setdefault(whose, []).append(row)
        else:
            before[whose] = before.get(whose, 0.0) + mine
        counts[row] = counts[row] * others + mine
    return _Weighed(counts, above, repeats, after, opened)


def _parts(whose: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Give every choice of these voters, of one or more."""
    return chain.from_iterable(combinations(whose, size) for size in range(1, len(whose) + 1))


def _room(held: _Held, whose: tuple[int, ...], share: float) -> tuple[float, float]:
    """Give how much room these voters' lines leave to one more, and what is left of it since voters sign again."""
    used = sum(held.get(part, 0.0) for part in _parts(whose))
    room = min(max(len(whose) - used, 0.0), 1.0)
    return room, room * (1 - share * min(used, 1.0))


def _taken_off(counts: np.ndarray, rows: list[int], much: float) -> float:
    """Take so much off these lines together, each by as much as it counts; give how much there was to take."""
    whole = float(counts[rows].sum())
    falls = min(max(much, 0.0), whole)
    if falls:
        counts[rows] *= 1 - falls / whole
    return falls


def _opened(lines: pl.DataFrame, found: _Weighed) -> pl.DataFrame:
    """Leave to a person the valid lines that may well repeat an open one further up."""
    name = pl.Series("name", lines["id"].gather(pl.Series(np.maximum(found.opened, 0))))
    less = pl.Series(found.opened >= 0) & (pl.col("probability") < 1 - MAY_COUNT)
    may = (pl.col("outcome") == "valid") & less
    return lines.with_columns(
        pl.when(may).then(pl.lit("unresolved")).otherwise("outcome").alias("outcome"),
        pl.when(may).then(pl.lit(PERHAPS)).otherwise("reason").alias("reason"),
        pl.when(may).then(pl.format(REPEAT_WORDS, "evidence", name)).otherwise("evidence").alias("evidence"),
    )


def _nobody_else(lines: pl.DataFrame, matches: Matches, roll: Roll) -> np.ndarray:
    """Tell which open lines are clear in themselves and hardly any voter's but those who may have signed; (lines,)."""
    inside = _inside(matches)
    others = np.maximum(matches.on_roll - inside, 0.0)
    share = others / np.maximum(others + (1 - matches.on_roll) + AGAIN * inside, 1e-12)
    clear = may_refuse(matches) & ~may_be_protected(matches, roll) & lines["reason"].is_in(SETTLED).to_numpy()
    return np.asarray((share < OTHERS) & clear)


def _inside(matches: Matches) -> np.ndarray:
    """Give how probably one of those who may have signed did sign; float64 (lines,)."""
    return np.asarray(np.where(_likely(matches.chances, matches.records), matches.chances, 0.0).sum(axis=1))


def _refused(lines: pl.DataFrame, refused: pl.Series, theirs: pl.Series, above: np.ndarray) -> pl.DataFrame:
    """Refuse these lines, as the voter's own repeats where they rather are `theirs`, of the line `above` them."""
    first = lines["id"].gather(pl.Series(np.maximum(above, 0)))
    why = pl.when(theirs).then(pl.lit("duplicate")).otherwise(pl.lit("not-registered"))
    return lines.with_columns(
        pl.when(refused).then(pl.lit("invalid")).otherwise("outcome").alias("outcome"),
        pl.when(refused).then(why).otherwise("reason").alias("reason"),
        pl.when(theirs).then(first).otherwise("duplicate_of").alias("duplicate_of"),
        pl.when(refused & ~theirs).then(None).otherwise("voter_id").alias("voter_id"),
    )


def _likely(chances: np.ndarray, records: np.ndarray) -> np.ndarray:
    """Tell which ranked voters may have signed a line; bool, all (lines, ranks) or (ranks,)."""
    return np.asarray((chances >= MAY * chances.max(axis=-1, keepdims=True)) & (records >= 0))


def _may_have_signed(matches: Matches, roll: Roll, row: int, counts: float) -> tuple[int, ...]:
    """Give the voters, in their order on the roll, who may have signed a line; none where what it counts is another's.

    So it is where a voter may have moved, or lives where the roll does not tell.
    """
    chances = matches.chances[row]
    likely = _likely(chances, matches.records[row])
    if chances[likely].sum() < counts / 2:
        return ()
    return tuple(sorted({int(voter) for voter in roll.owners[matches.records[row, likely]]}))
