"""Lines for people to rule: drawn at random in the seed's order, with the petition's own cells and room for rulings."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ballotworthy.check.ruled import Ruled, seed_of
from ballotworthy.errors import FileFaults, InputError
from ballotworthy.files.columns import plain_heading
from ballotworthy.files.tables import read_table
from ballotworthy.petition import Petition, line_ids
from ballotworthy.stats import draw

OWN = ("order", "sheet", "line", "outcome", "voter_id")


def to_rule(petition: Petition, number: int, *, seed: str = "", ruled: Ruled | None = None) -> pl.DataFrame:
    """Give `order` from 1, `sheet`, `line`, the petition's own cells, and `outcome` and `voter_id`, empty.

    What the machine makes of a line is not told, so that nobody rules as it did. A longer list of one seed begins
    with the shorter one; rulings made already stand in it.

    Args:
        petition: the lines as read.
        number: how many lines.
        seed: of the order; the frame's fingerprint when empty.
        ruled: the rulings that are there already.

    Raises:
        InputError: there are not so many lines, or fewer are asked for than were ruled.
    """
    if ruled is not None and number < ruled.lines.height:
        raise InputError(f"{ruled.lines.height:,} lines are ruled already; ask for as many or more with --to-rule.")
    ids = line_ids(petition.frame)
    drawn = draw(seed_of(petition, seed), ids.to_list(), number)
    taken = {plain_heading(name) for name in OWN} | {petition.columns.get(name, name) for name in ("sheet", "line")}
    own = petition.given.drop([name for name in petition.given.columns if {name, plain_heading(name)} & taken])
    cells = pl.DataFrame([ids, petition.frame["sheet"], petition.frame["line"]]).hstack(
        own.rename({name: f"own:{name}" for name in own.columns})
    )
    listed = pl.DataFrame({"id": drawn, "order": range(1, number + 1)}, schema={"id": pl.String, "order": pl.Int64})
    rulings = ruled.lines if ruled is not None else pl.DataFrame(schema=dict.fromkeys(Ruled.COLUMNS, pl.String))
    whole = listed.join(cells, on="id", how="left", maintain_order="left")
    whole = whole.join(rulings, on="id", how="left", maintain_order="left").drop("id")
    last = ("outcome", "voter_id")
    ordered = whole.select(*(name for name in whole.columns if name not in last), *last)
    return ordered.rename({f"own:{name}": name for name in own.columns})


def refuse_to_replace(path: Path) -> None:
    """Refuse to write over a file in which somebody has ruled lines.

    Raises:
        InputError: the file is there, and its outcomes are not all empty.
    """
    if not path.is_file():
        return
    try:
        frame = read_table(path).frame
    except FileFaults:
        return
    if "outcome" in frame.columns and frame["outcome"].is_not_null().any():
        raise InputError(f"{path} holds rulings already; name another file with --to-rule-out, or move that one away.")
