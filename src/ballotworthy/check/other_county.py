"""County on the line against the voter's: who signed among the voters of another county than his own.

"Alameda County", "ALAMEDA CO." and "Alameda" are one, and so are 03 and 3. A county that neither the roll nor the law
knows ("Alemeda", "L.A.") speaks against nobody and leaves its line to a person; such a line counts as often as the
others name their voter's county. Where the lines name their counties otherwise than the roll does, codes on one side
and names on the other, the ground is not asked at all, and `columns` says so. Where more than half of MANY lines
contradict the voters who fit them best, the two columns hardly mean the same: for a person too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.files.distinct import each_distinct
from ballotworthy.law import Rules
from ballotworthy.match.kernel import RANKS
from ballotworthy.petition import Petition
from ballotworthy.petition.strata import without_kind
from ballotworthy.roll import Roll
from ballotworthy.roll.plain import plain

MANY = 20
"""Lines that name a county, and whose best voter has one, of which half say that the columns do not mean the same."""
OTHERWISE = "the lines name their counties otherwise than the roll does"


@dataclass(frozen=True)
class Counties:
    """Who is registered in another county than the line names, and which lines tell no county that can be compared.

    Attributes:
        elsewhere: bool (lines, RANKS).
        doubt: why a person must look at the line, "" for most; (lines,).
        agree: how probably a line that is in doubt is of its voter's county.
    """

    elsewhere: np.ndarray
    doubt: pl.Series
    agree: float = 1.0


def other_county(petition: Petition, roll: Roll, rules: Rules, voters: pl.DataFrame, likely: np.ndarray) -> Counties:
    """Compare the county of each line with those of its candidates.

    Args:
        petition, roll, rules: what is checked, against what and by what.
        voters: the candidates, RANKS rows a line, with their `county` where the roll has one.
        likely: of which lines some voter is probably the signer; of others no county is in doubt; bool (lines,).
    """
    lines = petition.frame.height
    none = Counties(np.zeros((lines, RANKS), np.bool_), pl.Series("doubt", [""]).new_from_index(0, lines))
    if "county" not in petition.frame.columns or "county" not in voters.columns:
        return none
    mine, known = _spoken(petition, roll, rules)
    if mine is None:
        return none
    theirs = each_distinct(voters["county"], plain_county).to_numpy().reshape(lines, RANKS)
    told = mine.is_in(known).to_numpy()
    elsewhere = told[:, None] & (mine.to_numpy()[:, None] != theirs) & np.isin(theirs, list(known))
    compared = told & np.isin(theirs[:, 0], list(known))
    doubt = np.where(likely & (mine != "").to_numpy() & ~told, "the county is none that roll or law knows; ", "")
    best = elsewhere[likely, 0].sum() / max(compared[likely].sum(), 1)
    if compared.sum() >= MANY and best > 0.5:
        words = "most lines name another county than the voter's, so the columns may not mean the same; "
        return Counties(none.elsewhere, pl.Series("doubt", np.where(likely & elsewhere[:, 0], words, doubt)))
    return Counties(elsewhere, pl.Series("doubt", doubt), 1 - float(best))


def counties_unlike(petition: Petition, roll: Roll, rules: Rules) -> bool:
    """Tell whether lines and roll both name counties, and not the same ones, so that they cannot be compared."""
    both = "county" in petition.frame.columns and "county" in roll.columns
    return both and _spoken(petition, roll, rules)[0] is None


def plain_county(text: str) -> str:
    """Give the name of a county alone, or its number without zeros before it: "Kern Co." is KERN."""
    return re.sub(r"^SAINT(?=[A-Z])", "ST", without_kind(plain(text)).replace(" ", "")).lstrip("0")


def _spoken(petition: Petition, roll: Roll, rules: Rules) -> tuple[pl.Series | None, set[str]]:
    """Give the county of each line, None where most that name one name none of those known, and those known."""
    held = roll.voters.select(pl.col("county").unique()).collect()["county"]
    on_roll = {plain_county(name) for name in held.drop_nulls()} - {""}
    by_law = {plain_county(stratum.name) for stratum in rules.strata} if rules.divided_by == "county" else set()
    known = by_law if len(on_roll & by_law) * 2 > len(on_roll) else on_roll
    mine = each_distinct(petition.frame["county"], plain_county)
    stated = (mine != "").sum()
    return (mine if mine.is_in(known).sum() * 2 >= stated else None), known
