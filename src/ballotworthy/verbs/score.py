"""Score a matching against the truth: reliability of its probabilities, precision and recall by threshold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import require_columns
from ballotworthy.files.frames import Frame, polars_of
from ballotworthy.files.quantities import quantity
from ballotworthy.files.tables import Table, given_table, read_table
from ballotworthy.files.whole import whole_file
from ballotworthy.match.score import Score, score_of
from ballotworthy.petition.numbered import plainly_numbered

if TYPE_CHECKING:
    from ballotworthy.report.charts_page import Charts

KEYS = ("sheet", "line")
TITLE = "A matching scored against the truth"


@dataclass(frozen=True)
class Scored:
    """A matching scored.

    Attributes:
        score: reliability, precision and recall by threshold, and how many signers are the best candidate.
    """

    score: Score

    def to_dict(self) -> dict[str, Any]:
        """Give it as `score --json` prints it."""
        return self.score.to_dict()

    def charts(self) -> Charts:
        """Give the charts by name: `reliability` and `precision-recall`."""
        from ballotworthy.report.score_plot import curve_plot, reliability_plot  # what draws loads when it is drawn

        return {"reliability": reliability_plot(self.score), "precision-recall": curve_plot(self.score)}

    def write_charts(self, folder: str | Path) -> None:
        """Write each chart as SVG and as Vega-Lite, and all of them on a page, the folder whole or not at all.

        Raises:
            InputError: the folder holds what is not an earlier output of this kind.
            OutputError: it could not be written.
        """
        from ballotworthy.report.charts_page import write_charts  # as above

        write_charts(TITLE, self.charts(), folder)

    def write(self, path: str | Path) -> None:
        """Write the page with both plots and what thresholds find, whole or not at all.

        Raises:
            OutputError: it could not be written.
        """
        from ballotworthy.report.score_plot import score_page  # as above

        with whole_file(Path(path)) as file:
            file.write_text(score_page(self.score), "utf-8")

    def __repr__(self) -> str:
        """Give how many lines were scored and how many signers are the best candidate."""
        found = self.score
        best = f"{found.first:,} of {found.on_roll:,} signers are the best candidate"
        return f"Scored({quantity(found.lines, 'line')}: {best})"

    def _repr_html_(self) -> str:
        """Give both charts, for a notebook."""
        return "".join(each._repr_html_() for each in self.charts().values())


def score_matches(matched: str | PathLike[str] | Frame, truth: str | PathLike[str] | Frame) -> Scored:
    """Score the table of `match` by the voter who signed each line.

    A line without a truth is left out; of several candidates of a line the first counts.

    Args:
        matched: a file or a frame with sheet, line, voter_id and probability, and rank where a line has several rows.
        truth: a file or a frame with sheet, line and voter_id, the last empty where the signer is on no roll.

    Raises:
        InputError: one is neither a path nor a frame.
        FileFaults: a column is missing, a probability is none, it is that of a check, or a line stands twice in the
            truth.
    """
    said, known = _read(matched, (*KEYS, "voter_id", "probability")), _read(truth, (*KEYS, "voter_id"))
    if {"outcome", "reason"} <= set(said.frame.columns):
        what = "these are lines of a check, whose probability is that the line is valid, not who signed it"
        raise FileFaults(str(said.path), [Fault(None, "probability", what, "Score what `match` wrote of the lines")])
    rows = said.frame.filter(pl.col("rank") == "1") if "rank" in said.frame.columns else said.frame
    chance = rows["probability"].cast(pl.Float64, strict=False)
    wrong = (chance.is_null() & rows["probability"].is_not_null()) | ~chance.fill_null(0.0).is_between(0, 1)
    if wrong.any():
        what = f"no probability in {quantity(int(wrong.sum()), 'cell')}"
        raise FileFaults(str(said.path), [Fault(None, "probability", what, "Write numbers from 0 to 1")])
    twice = known.frame.select(KEYS).is_duplicated()
    if twice.any():
        lines = known.lines[twice.to_numpy()].tolist()[:5]
        raise FileFaults(
            str(known.path), [Fault(line, None, "this line stands twice", "Give each line once") for line in lines]
        )
    best = (
        rows.select(*KEYS, "voter_id")
        .with_columns(chance.alias("probability"))
        .unique(KEYS, keep="first", maintain_order=True)
    )
    told = known.frame.select(*KEYS, pl.col("voter_id").alias("truth"))
    return Scored(score_of(best.join(told, on=KEYS, how="inner", maintain_order="left")))


def _read(given: str | PathLike[str] | Frame, needed: tuple[str, ...]) -> Table:
    table = read_table(Path(given)) if isinstance(given, str | PathLike) else given_table(polars_of(given))
    require_columns(table.path, table.frame.columns, table.frame.columns, needed)
    return replace(table, frame=plainly_numbered(table.frame))
