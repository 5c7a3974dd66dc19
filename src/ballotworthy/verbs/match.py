"""Match lines: the voters of a roll who may have signed each line, ranked, with the evidence and the searches made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.files.cells import write_table
from ballotworthy.files.choices import Engines
from ballotworthy.files.columns import plain_heading
from ballotworthy.files.frames import Frame, polars_of
from ballotworthy.files.progress import Progress, silent
from ballotworthy.files.quantities import quantity
from ballotworthy.files.tables import given_table, read_table
from ballotworthy.files.whole import whole_file
from ballotworthy.match import Beliefs, find, ranked
from ballotworthy.match.batch import Engine, ThisMachine
from ballotworthy.match.further import Further, FurtherColumn, Weighed, declared, further_columns, weigh_further
from ballotworthy.match.moved import with_moved
from ballotworthy.match.regions import match_regions, match_roll, regions_in
from ballotworthy.match.snapshots import LIKELY, deciding, ranked_in
from ballotworthy.match.spark import spark_engine
from ballotworthy.match.told import read_beliefs, told
from ballotworthy.petition import Petition
from ballotworthy.petition.given_lines import Lines, lines_of
from ballotworthy.roll import Roll, opening

if TYPE_CHECKING:
    from ballotworthy.report.charts_page import Charts


@dataclass(frozen=True)
class Matched:
    """Lines with their candidates.

    Attributes:
        table: sheet, line, rank, voter id, weight, probability, evidence and searches; a line without a candidate has
            one row.
        petition: the lines as read.
        likely: lines whose best candidate is likely the signer.
        beliefs: what the probabilities rest on; None where each region has its own.
        snapshot: the roll; None where there are several, or Spark looked through it.
        further: comparisons from outside, and what they found.
    """

    table: pl.DataFrame
    petition: Petition
    likely: int
    beliefs: Beliefs | None
    snapshot: Roll | None = None
    further: tuple[Weighed, ...] = ()

    @property
    def lines(self) -> int:
        """Lines in the file."""
        return self.petition.frame.height

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings of the lines of which nothing was compared."""
        compared = {plain_heading(each.further.lines) for each in self.further}
        return tuple(heading for heading in self.petition.unused if plain_heading(heading) not in compared)

    @property
    def with_candidates(self) -> int:
        """Lines with at least one candidate."""
        return int(self.table.filter(pl.col("rank") == 1)["voter_id"].count())

    def to_dict(self) -> dict[str, Any]:
        """Give what `match --json` prints, but for the file it wrote."""
        read, unused = dict(sorted(self.petition.columns.items())), list(self.unused)
        return {
            "lines": self.lines,
            "with_candidates": self.with_candidates,
            "likely": self.likely,
            "columns": {"read": read, "unused": unused},
            "remarks": list(self.petition.remarks),
            **({"comparisons": [_compared(each) for each in self.further]} if self.further else {}),
            **({"beliefs": self.beliefs.source, "on_roll": self.beliefs.prior.on_roll} if self.beliefs else {}),
        }

    def write(self, path: str | Path, beliefs_out: str | Path | None = None) -> None:
        """Write the table, CSV or Parquet by its ending, and what the probabilities rest on, each whole or not at all.

        Raises:
            InputError: a file cannot be written.
        """
        with whole_file(Path(path), private=True) as file:
            write_table(self.table, file)
        if beliefs_out and self.beliefs:
            with whole_file(Path(beliefs_out)) as file:
                file.write_text(json.dumps(told(self.beliefs), indent=2) + "\n", "utf-8")

    def charts(self) -> Charts:
        """Give the charts by name: `pairs`, `probabilities`, and where there is one roll `weights` and `learned`.

        `weights`: m, u and bits of every comparison; `learned`: what estimation made of what was stated; `pairs`: how
        many voters were proposed at each weight; `probabilities`: how many lines have a likeliest voter of each.
        """
        from ballotworthy.report.match_charts import match_charts  # what draws loads when it is drawn

        return match_charts(self.table, self.beliefs, self.snapshot, [each.further for each in self.further])

    def write_charts(self, folder: str | Path) -> None:
        """Write each chart as SVG and as Vega-Lite, and all of them on a page, the folder whole or not at all.

        Raises:
            InputError: the folder holds what is not an earlier output of this kind.
            OutputError: it could not be written.
        """
        from ballotworthy.report.charts_page import write_charts  # as above

        write_charts(f"{quantity(self.lines, 'line')} matched", self.charts(), folder)

    def __repr__(self) -> str:
        """Give how many lines have a likely voter."""
        return f"Matched({quantity(self.lines, 'line')}, {self.likely:,} with a likely voter)"


def match_lines(
    lines: str | Path | Frame | Lines,
    roll: str | Path | Roll | Sequence[str | Path | Roll] | None = None,
    *,
    rolls: str | Path | None = None,
    engine: Engines = "local",
    master: str = "local[*]",
    beliefs: str | Path | None = None,
    comparisons: Sequence[str | Path | Mapping[str, Any]] = (),
    comparison_roll: str | Path | Frame | None = None,
    map: Mapping[str, str] | None = None,  # noqa: A002 # as on the command line
    progress: Progress = silent,
) -> Matched:
    """Rank the voters who may have signed each line.

    Args:
        lines: a path, a frame, or what `read_lines` gave.
        roll: a snapshot, its folder, or several of one register taken on different days, of which the one that fits
            its day decides each line.
        rolls: in its place, a folder of snapshots, one a region, each named after its region.
        engine: what runs it, `local` or `spark`.
        master: the Spark cluster.
        beliefs: a file of what the probabilities rest on; estimated from these lines if absent.
        comparisons: files of comparisons on further columns, or mappings of the same form; slower than our own.
        comparison_roll: where voters' further columns stand, by voter id: the voter file, or a frame.
        map: which column holds a field, such as `{"Signature Name": "name"}`.
        progress: called as work goes on.

    Raises:
        InputError: what does not go together, or a snapshot that cannot be opened.
        FileFaults: the lines are faulty; all faults are named.
    """
    given = [] if roll is None else [roll] if isinstance(roll, str | Path | Roll) else list(roll)
    whole = bool(given) and engine == "local"
    if bool(given) == bool(rolls):
        raise InputError("give either --roll, a snapshot, or --rolls, a folder of one snapshot a region.")
    if not whole and (beliefs or len(given) > 1):
        raise InputError("several --roll, --beliefs and --beliefs-out go with the local engine and without --rolls.")
    _refuse_half(comparisons, comparison_roll, alone=whole and len(given) == 1)
    declarations = [declared(each) for each in comparisons]
    regions = regions_in(Path(rolls)) if rolls else {}
    opened = [opening(each) for each in given if whole]  # their digests are made while the lines are read
    petition = lines_of(lines, map=map).read()
    if petition.pictures is not None and (not whole or len(given) > 1):
        raise InputError("a folder of sheets goes with the local engine and one --roll. Give its lines.csv instead.")
    if not whole:
        with _engine(engine, master) as runs:
            if given:
                found = match_roll(petition.frame, _folder(given[0]), runs, progress=progress)
            else:
                found = match_regions(petition.frame, regions, runs, progress=progress)
        likely = int((found.filter(pl.col("rank") == 1)["chance"] >= LIKELY).sum())
        return _matched(petition, found.drop("chance"), likely)
    snapshots = [each() for each in opened]
    held = read_beliefs(Path(beliefs)) if beliefs else None
    if comparison_roll is not None:
        columns = _columns(declarations, petition, snapshots[0], comparison_roll)
        return _compared_further(petition, snapshots[0], columns, held, progress)
    table, likely, rested = _whole(petition, snapshots, held, progress)
    return _matched(petition, table, likely, rested, snapshots[0] if len(snapshots) == 1 else None)


def _refuse_half(comparisons: Sequence[object], comparison_roll: object, *, alone: bool) -> None:
    """Refuse comparisons without the voters' cells, or these without a comparison, or both where not one roll is."""
    if comparisons and (not alone or comparison_roll is None):
        raise InputError("--comparison goes with --comparison-roll, the local engine and one --roll.")
    if comparison_roll is not None and not comparisons:
        raise InputError("--comparison-roll goes with --comparison, a file that says what is compared.")


def _matched(
    petition: Petition,
    table: pl.DataFrame,
    likely: int,
    rested: Beliefs | None = None,
    snapshot: Roll | None = None,
    further: tuple[Weighed, ...] = (),
) -> Matched:
    return Matched(_with_above(table, petition.frame).rechunk(), petition, likely, rested, snapshot, further)


def _compared_further(
    petition: Petition, roll: Roll, columns: list[FurtherColumn], beliefs: Beliefs | None, progress: Progress
) -> Matched:
    """Match the lines, and rank those found anew by the further columns."""
    matches = find(petition.frame, roll, beliefs=beliefs, pictures=petition.pictures, progress=progress)
    matches, further = weigh_further(with_moved(matches, roll), roll, columns)
    likely = int((matches.chances[:, 0] >= LIKELY).sum())
    return _matched(petition, ranked(petition.frame, roll, matches, further), likely, matches.beliefs, roll, further)


def _columns(
    comparisons: Sequence[Further], petition: Petition, roll: Roll, voters: str | Path | Frame
) -> list[FurtherColumn]:
    """Read the further columns of lines and voters.

    Raises:
        InputError: two comparisons have one name, or a column is not there.
        FileFaults: the voters' table is faulty.
    """
    names = [each.name for each in comparisons]
    if len(set(names)) < len(names):
        raise InputError(f"two comparisons have one name, of {', '.join(names)}. Give each its own.")
    table = read_table(Path(voters)) if isinstance(voters, str | PathLike) else given_table(polars_of(voters))
    return [further_columns(each, petition, roll, table) for each in comparisons]


def _compared(weighed: Weighed) -> dict[str, Any]:
    """Give how many lines and voters a comparison has cells of, and how the likeliest voters fared."""
    best = np.bincount(weighed.levels[:, 0], minlength=len(weighed.further.levels) + 1)
    likeliest = {level.words: int(best[at]) for at, level in enumerate(weighed.further.levels, 1)}
    return {
        "name": weighed.further.name, "lines": weighed.lines, "voters": weighed.voters, "likeliest_voters": likeliest
    }  # fmt: skip


def _folder(roll: str | Path | Roll) -> Path:
    return roll.path if isinstance(roll, Roll) else Path(roll)


def _whole(
    petition: Petition, rolls: Sequence[Roll], beliefs: Beliefs | None, progress: Progress
) -> tuple[pl.DataFrame, int, Beliefs]:
    """Give the table, how many lines have a likely voter, and what the probabilities rested on in the first roll."""
    lines = petition.frame
    found = [
        with_moved(find(lines, roll, beliefs=beliefs, pictures=petition.pictures, progress=progress), roll)
        for roll in rolls
    ]
    if len(rolls) == 1:
        likely = int((found[0].chances[:, 0] >= LIKELY).sum())
        return ranked(lines, rolls[0], found[0]), likely, found[0].beliefs
    chosen = deciding(rolls, found, lines["signed_on"] if "signed_on" in lines.columns else None)
    chances = np.stack([each.chances[:, 0] for each in found], axis=1)[np.arange(lines.height), chosen]
    return ranked_in(lines, rolls, found, chosen), int((chances >= LIKELY).sum()), found[0].beliefs


def _with_above(table: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Put before the evidence what was taken from the line above for a ditto mark, and what could not be."""
    said = lines.select("sheet", "line", pl.concat_str("doubt", "above").alias("said")).filter(pl.col("said") != "")
    if not said.height:
        return table
    some = table.select("sheet", "line", "evidence").with_row_index().join(said, on=["sheet", "line"])
    told = some.select(pl.concat_str("said", pl.col("evidence").fill_null(""))).to_series()
    return table.with_columns(table["evidence"].fill_null("").scatter(some["index"], told))


def _engine(engine: Engines, master: str) -> AbstractContextManager[Engine]:
    return spark_engine(master) if engine == "spark" else nullcontext(ThisMachine())
