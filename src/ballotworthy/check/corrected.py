"""The number of valid lines put right by rulings: the machine's expectation, and its errors on lines drawn at random.

People rule each line by itself, whoever signed elsewhere. Repeats are then found by voter, as the machine's are: of
the lines of one voter, those that the machine links and those that rulings add, one counts, or none where the law
says so. Links between lines that nobody ruled are taken as the machine has them. Which line of a voter takes the one
is fixed before the draw, since it must not hang on which was drawn: it is the first of which the machine is sure, also
where an open line further up is the first by law. The sum is the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.check.check import Check
from ballotworthy.check.ruled import Ruled
from ballotworthy.check.which_counts import PERHAPS
from ballotworthy.stats.difference import Difference, difference

LEAST = 30
"""Lines ruled in a stratum below which it is not told on its own: the interval would be as long as the stratum."""


@dataclass(frozen=True)
class Part:
    """The valid lines of one part of the petition; `ruled` of its lines were ruled."""

    name: str
    ruled: int
    found: Difference


@dataclass(frozen=True)
class Corrected:
    """The valid lines of the whole petition, and of each stratum in which enough lines were ruled."""

    whole: Part
    strata: tuple[Part, ...]


def correct(check: Check, ruled: Ruled) -> Corrected:
    """Put the machine's expectation right by rulings of the same petition; every interval holds with 95% on its own."""
    lines = check.lines.select("id", "stratum", "probability").join(counted(check, ruled), on="id", how="left")
    drawn = ruled.lines.select("id").join(lines, on="id", how="left", maintain_order="left")
    strata = []
    if lines["stratum"].n_unique() > 1:
        parts = drawn.group_by("stratum", maintain_order=True).agg(pl.len()).filter(pl.col("len") >= LEAST)
        for name in sorted(parts["stratum"]):
            mine = pl.col("stratum") == name
            strata.append(_part(name, lines.filter(mine), drawn.filter(mine)))
    return Corrected(_part("", lines, drawn), tuple(strata))


def counted(check: Check, ruled: Ruled) -> pl.DataFrame:
    """Give `id` and `counts` of each line ruled: 1.0 where it is valid and the one of its voter that counts, else 0.0.

    The one that counts is the first that the machine links to the voter, as long as no ruling says otherwise of that
    line; where it links none, the first that was ruled.
    """
    named = check.lines.filter((pl.col("outcome") == "valid") | pl.col("reason").is_in(("duplicate", PERHAPS)))
    sure = (pl.col("reason") != PERHAPS) | (pl.int_range(pl.len()).over("voter_id") == 0)
    linked = named.filter(sure)  # what perhaps repeats an open line is first; what perhaps repeats a sure one is not
    machine = dict(check.lines.select("id", "voter_id").iter_rows())
    voters: dict[str, str | None] = {
        line: (given or machine[line]) if outcome == "valid" else None
        for line, outcome, given in ruled.lines.select(Ruled.COLUMNS).iter_rows()
    }
    valid = ruled.lines["outcome"] == "valid"
    holders: dict[str, list[str]] = {voter: [] for voter in voters.values() if voter is not None}
    for line, voter in linked.filter(pl.col("voter_id").is_in(list(holders))).select("id", "voter_id").iter_rows():
        if voters.get(line, voter) == voter:
            holders[voter].append(line)
    for line, voter in voters.items():
        if voter is not None and line not in holders[voter]:
            holders[voter].append(line)
    alone = check.rules.needed("duplicates").value == "none"
    ones = [
        stands and (voter is None or (holders[voter][0] == line and not (alone and len(holders[voter]) > 1)))
        for (line, voter), stands in zip(voters.items(), valid, strict=True)
    ]
    return pl.DataFrame({"id": ruled.lines["id"], "counts": np.array(ones, float)})


def _part(name: str, lines: pl.DataFrame, drawn: pl.DataFrame) -> Part:
    ruled, expected = drawn["counts"].to_numpy(), drawn["probability"].to_numpy()
    found = difference(ruled, expected, float(lines["probability"].sum()), lines.height)
    return Part(name, drawn.height, found)


def corrected_data(corrected: Corrected) -> dict[str, object]:
    """Give it as plain data: `valid`, `low`, `high`, `lines` (ruled), and the same with `name` for the `strata`."""
    strata = [{"name": part.name, **_numbers(part)} for part in corrected.strata]
    return {**_numbers(corrected.whole), "strata": strata}


def _numbers(part: Part) -> dict[str, object]:
    found = part.found
    return {"valid": round(found.estimate, 1), "low": found.low, "high": found.high, "lines": part.ruled}
