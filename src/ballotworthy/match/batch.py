"""The matcher as a function from a batch of lines and a snapshot to a batch of results, whatever machine runs it.

A job names a snapshot by its path and carries its lines, so that a worker needs the one and is sent the other. An
engine runs a piece of work over many jobs and gives the results in the jobs' order. How lines are cut into jobs
changes no result: a line is compared with the roll alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
import polars as pl

from ballotworthy.match.find import believed, find_packed
from ballotworthy.match.moved import with_moved
from ballotworthy.match.ranked import ranked
from ballotworthy.match.readings import pack_lines
from ballotworthy.match.weigh import LEVELS, Beliefs, Moves, Prior
from ballotworthy.roll import Roll, open_roll
from ballotworthy.roll.keys import KINDS

SUMS = len(fields(Prior))
"""What may be true of a line beside its signer's being nobody the roll knows of."""
SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "sheet": pl.String,
    "line": pl.String,
    "rank": pl.Int64,
    "voter_id": pl.String,
    "weight": pl.Float64,
    "probability": pl.Float64,
    "evidence": pl.String,
    "searches": pl.String,
    "at": pl.Int64,
    "region": pl.String,
    "on_roll": pl.Float64,
    "chance": pl.Float64,
    "likelihood": pl.Float64,
    "sums": pl.Array(pl.Float64, SUMS),
    "looked": pl.Array(pl.Int32, KINDS),
}
"""The columns of a batch of results: those of `ranked`, then those that a whole result is put together from."""


@dataclass(frozen=True)
class Job:
    """Lines to be looked for on one snapshot.

    Attributes:
        roll: the snapshot's folder.
        lines: the columns of `petition.lines.FIELDS` that there are, and `at`, each line's row in the petition.
        beliefs: what the probabilities rest on; the stated ones while they are still to be estimated.
        region: the snapshot's region; empty where the roll is one whole.
    """

    roll: Path
    lines: pl.DataFrame
    beliefs: Beliefs
    region: str = ""


Work = Callable[[Job], pl.DataFrame]


class Engine(Protocol):
    """What runs jobs.

    Attributes:
        lines_per_job: how many lines make a good job for it.
    """

    @property
    def lines_per_job(self) -> int:
        """Give the number of lines of a job."""

    def run(self, work: Work, jobs: Iterable[Job]) -> Iterator[pl.DataFrame]:
        """Give the result of each job, in their order."""


@dataclass(frozen=True)
class ThisMachine:
    """Runs one job after another in this process; each uses all cores."""

    lines_per_job: int = 100_000

    def run(self, work: Work, jobs: Iterable[Job]) -> Iterator[pl.DataFrame]:
        """Give the result of each job, in their order."""
        return map(work, jobs)


def estimate_batch(job: Job) -> pl.DataFrame:
    """Give one row: `beliefs` estimated on the job's lines, as `beliefs_told` writes them, and the roll's `size`."""
    roll = _opened(job.roll)
    beliefs = believed(pack_lines(job.lines, roll), roll, job.beliefs)
    return pl.DataFrame({"beliefs": [beliefs_told(beliefs)], "size": [roll.size]})


def match_batch(job: Job) -> pl.DataFrame:
    """Give what `ranked` gives for the job's lines, and beside it what a whole result is put together from; `SCHEMA`.

    `at` is the line's row in the petition; `on_roll` the probability that its signer is on this roll; `chance` the
    probability before it is rounded; `likelihood` that of this voter over that of being nobody the roll knows of;
    `sums` and `looked` as in `Matches`.
    """
    if job.lines.height == 0:
        return pl.DataFrame(schema=SCHEMA)
    roll = _opened(job.roll)
    matches = with_moved(find_packed(pack_lines(job.lines, roll), roll, job.beliefs), roll)
    shown = matches.records >= 0
    shown[:, 0] = True
    rows, ranks = np.nonzero(shown)
    there = matches.records[rows, ranks] >= 0
    return (
        ranked(job.lines, roll, matches)
        .with_columns(
            job.lines["at"][rows],
            pl.lit(job.region).alias("region"),
            pl.Series("on_roll", matches.on_roll[rows]),
            pl.Series("chance", matches.chances[rows, ranks]),
            pl.Series("likelihood", np.where(there, 2.0 ** matches.weights[rows, ranks], 0.0) / max(roll.size, 1)),
            pl.Series("sums", matches.sums[rows], pl.Array(pl.Float64, SUMS)),
            pl.Series("looked", matches.looked[rows], pl.Array(pl.Int32, KINDS)),
        )
        .match_to_schema(SCHEMA, integer_cast="upcast")
    )


def beliefs_told(beliefs: Beliefs) -> str:
    """Write beliefs as JSON, to the last bit of each number."""
    levels = [[(level.m, level.u) for level in ordered] for ordered in beliefs.levels]
    told = {"prior": astuple(beliefs.prior), "levels": levels, "source": beliefs.source}
    return json.dumps(told | {"moves": astuple(beliefs.moves)})


def beliefs_heard(told: str) -> Beliefs:
    """Read what `beliefs_told` wrote."""
    parts = json.loads(told)
    levels = tuple(
        tuple(replace(level, m=m, u=u) for level, (m, u) in zip(ordered, numbers, strict=True))
        for ordered, numbers in zip(LEVELS, parts["levels"], strict=True)
    )
    share, tenant, namesake, town = parts["moves"]
    return Beliefs(Prior(*parts["prior"]), levels, parts["source"], Moves(share, tenant, namesake, tuple(town)))


@lru_cache(maxsize=2)
def _opened(path: Path) -> Roll:
    """Open a snapshot, or give the one that the last jobs looked through: jobs come roll by roll."""
    return open_roll(path, whole=True)
