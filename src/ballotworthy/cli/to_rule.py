"""The options of `check` about lines that people rule: which are asked for, and where the list is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.errors import InputError

if TYPE_CHECKING:
    import polars as pl

    from ballotworthy.check import Ruled
    from ballotworthy.petition import Petition

ToRuleOption = Annotated[
    int | None, typer.Option("--to-rule", min=1, help="Draw so many lines at random for people to rule.")
]
ToRuleOutOption = Annotated[
    Path | None, typer.Option("--to-rule-out", help="The file for these lines, CSV or Parquet.")
]
RuledOption = Annotated[
    Path | None,
    typer.Option("--ruled", help="Such a file with rulings: sheet, line, outcome and perhaps voter_id."),
]


def check_request(number: int | None, out: Path | None, ruled: Path | None, folder: Path) -> None:
    """Refuse, before any work, options that do not belong together, and files that would be lost.

    Raises:
        InputError: one of the two options stands without the other, the file is of another kind or holds rulings
            already, or it lies in the folder that the next check replaces.
    """
    from ballotworthy.check.to_rule import refuse_to_replace
    from ballotworthy.files.cells import check_ending

    if (number is None) != (out is None):
        raise InputError("--to-rule and --to-rule-out belong together: how many lines to draw, and the file for them.")
    for option, path in (("--to-rule-out", out), ("--ruled", ruled)):
        if path is not None and path.resolve().is_relative_to(folder.resolve()):
            raise InputError(
                f"{option} {path} lies in {folder}, which a check replaces with all that is in it. "
                "Keep rulings somewhere else."
            )
    if out is not None:
        check_ending(out)
        refuse_to_replace(out)


def listed(
    path: Path | None, petition: Petition, number: int | None, *, seed: str, ruled: Ruled | None
) -> tuple[Path, pl.DataFrame] | None:
    """Give the lines to rule, with the rulings that are there already, and the file for them; None if none is asked."""
    from ballotworthy.check import to_rule

    if path is None or number is None:
        return None
    return path, to_rule(petition, number, seed=seed, ruled=ruled)


def write_list(asked: tuple[Path, pl.DataFrame] | None) -> None:
    """Write the lines to rule, if any, whole or not at all."""
    from ballotworthy.files.cells import write_table
    from ballotworthy.files.whole import whole_file

    if asked:
        path, table = asked
        with whole_file(path, private=True) as file:
            write_table(table, file)
