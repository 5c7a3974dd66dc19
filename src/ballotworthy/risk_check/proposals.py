"""The machine's proposals: a weight for every line of the frame, and which lines it takes for one signer's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.columns import find_columns, headings_told
from ballotworthy.files.tables import Table, read_table
from ballotworthy.petition import line_ids
from ballotworthy.petition.lines import FIELDS
from ballotworthy.petition.numbered import as_known, numbered

CHECKED = "lines.parquet"
"""What a folder of `check` has the lines in."""
OF_CHECK = ("outcome", "reason", "voter_id", "probability", "duplicate_of")
SIGNER = ("signer", "voter_id", "voter", "link", "linked")
PLACES = 6


@dataclass(frozen=True)
class Proposals:
    """What the machine says of a frame's lines.

    Attributes:
        weights: for each line, in the frame's order, the part of a distinct valid signer that it is taken for.
        signers: for each line a number that lines of one signer share, 0 where it is linked to none.
        source: name of the file.
        sha256: hex digest of the file's bytes.
        path: where it was read from.
    """

    weights: tuple[float, ...]
    signers: tuple[int, ...]
    source: str
    sha256: str
    path: Path


def read_proposals(path: Path, ids: Sequence[str], lost: int = 1) -> Proposals:
    """Read proposals for the lines of a frame: the folder of a `check`, its lines file, or a table of weights.

    Of a check, the lines of a voter share the probability of the first by their number m, or have 0 if m is 2
    or more and the law counts none of them; any other line has its probability. A table of weights has `sheet`,
    `line`, `weight` from 0 to 1, and perhaps `signer`, the same word for lines of one signer.

    Args:
        path: the file or folder.
        ids: the ids of the frame's lines.
        lost: how many lines of a pair do not count: 1, or 2 where the law counts neither.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: lines of the frame are missing, repeat or are unknown; a weight is none.
    """
    file = path / CHECKED if path.is_dir() else path
    if path.is_dir() and not file.is_file():
        raise InputError(f"{path} holds no {CHECKED}; give the folder that `check` wrote, or a table of weights.")
    table = read_table(file)
    known = _of_check(table, lost) if set(OF_CHECK) <= set(table.frame.columns) else _of_weights(file, table)
    met = as_known(known["id"].drop_nulls(), set(ids))
    known = known.with_columns(pl.col("id").replace(met))
    frame = pl.DataFrame({"id": ids}).join(known, on="id", how="left", maintain_order="left")
    _all_there(file, frame, known, ids)
    signers = frame["signer"]
    often = signers.is_not_null() & frame.select(pl.len().over("signer") > 1).to_series()
    numbers = pl.select(pl.when(often).then(signers.rank("dense").cast(pl.Int64)).otherwise(0)).to_series()
    return Proposals(
        tuple(frame["weight"].round(PLACES).to_list()), tuple(numbers.to_list()), file.name, table.sha256, file
    )


def _of_check(table: Table, lost: int) -> pl.DataFrame:
    linked = (pl.col("outcome") == "valid") | (pl.col("reason") == "duplicate")
    signer = pl.when(linked).then("voter_id")
    times = pl.len().over("signer")
    shared = pl.col("probability").max().over("signer") / times
    often = pl.col("signer").is_not_null() & (times > 1)
    return (
        table.frame.with_columns(
            line_ids(numbered(table.frame)),
            pl.col("probability").cast(pl.Float64),
            signer.alias("signer"),
        )
        .with_columns(
            pl.when(often).then(shared if lost == 1 else pl.lit(0.0)).otherwise("probability").alias("weight")
        )
        .select("id", "weight", "signer")
    )


def _of_weights(path: Path, table: Table) -> pl.DataFrame:
    wanted = {"sheet": FIELDS["sheet"], "line": FIELDS["line"], "id": (), "weight": (), "signer": SIGNER}
    columns = find_columns(path, table.frame.columns, wanted, {})
    if "weight" not in columns:
        have = f"{headings_told(table.frame.columns)}. Add a weight from 0 to 1 for each line"
        raise FileFaults(str(path), [Fault(1, "weight", "no column holds the machine's weights", have)])
    frame = table.frame.select(pl.col(heading).alias(field) for field, heading in columns.items())
    if "signer" not in columns:
        frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias("signer"))
    ids = frame["id"] if "id" in columns else line_ids(numbered(frame))
    weights = frame["weight"].cast(pl.Float64, strict=False)
    wrong = (~weights.is_between(0, 1)).fill_null(value=True).arg_true().to_list()
    if wrong:
        what, remedy = "the weight is no number from 0 to 1", "Write it like 0.5; 0 for a line that is not valid"
        raise FileFaults(
            str(path), [Fault(int(table.lines[at]), columns["weight"], what, remedy) for at in wrong], len(wrong)
        )
    return pl.DataFrame({"id": ids, "weight": weights, "signer": frame["signer"]})


def _all_there(path: Path, frame: pl.DataFrame, known: pl.DataFrame, ids: Sequence[str]) -> None:
    """Refuse proposals that are not one for each line: a line without one could be kept back until it suits."""
    faults = []
    repeated = known.filter(known["id"].is_duplicated())["id"].unique(maintain_order=True).to_list()
    missing = frame.filter(pl.col("weight").is_null())["id"].to_list()
    beyond = known.filter(~pl.col("id").is_in(pl.Series(ids).implode()))
    strange = beyond.filter(pl.col("weight") > 0)["id"].to_list()
    for names, what, remedy in (
        (repeated, "stands here more than once", "Give one proposal for each line"),
        (missing, "has no proposal", "The machine must judge every line of the frame; judge it, or give it weight 0"),
        (strange, "is not in the frame", "Commit frame and proposals of the same petition"),
    ):
        faults += [Fault(None, None, f"line {each} {what}", remedy) for each in names]
    if faults:
        raise FileFaults(str(path), faults)
