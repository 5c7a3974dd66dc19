"""A roll kept as one snapshot a region: lines looked for at home first, then everywhere else if nobody is there.

A line's home is the region that its `county` names; a line without one has no home and is looked for everywhere.
Beliefs are estimated a region at a time on the lines at home in it, by the rule of `find`, so that a region alone
gives what `find` gives for its lines and its snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.files.distinct import each_distinct
from ballotworthy.files.progress import Progress, silent
from ballotworthy.match.batch import SCHEMA, Engine, Job, Work, beliefs_heard, estimate_batch, match_batch
from ballotworthy.match.elsewhere import Region, everywhere
from ballotworthy.match.estimate import sample_of
from ballotworthy.match.weigh import Beliefs
from ballotworthy.roll.plain import plain

ENDING = ".roll"
AT_HOME = 0.5
"""A line whose signer is on the home roll with less than this probability is looked for in all other regions."""
LISTED = 0.01
"""A voter of another region is listed if the chance were this, were that region the line's home."""
COLUMNS = ("sheet", "line", "rank", "voter_id", "weight", "probability", "evidence", "searches")
RESULT = ("sheet", "line", "rank", "region", *COLUMNS[3:])


def regions_in(folder: Path) -> dict[str, Path]:
    """Give the snapshots of a folder by the names of their regions: `Kern.roll` holds the region Kern.

    Raises:
        InputError: there are none, or two names are the same but for accents and capitals.
    """
    found = {path.name.removesuffix(ENDING): path for path in sorted(folder.glob(f"*{ENDING}")) if path.is_dir()}
    if not found:
        raise InputError(
            f"{folder} holds no roll snapshot. Put one a region into it, named after the region: "
            f"ballotworthy roll build KERN.csv -o {folder / 'Kern.roll'}"
        )
    plain_names: dict[str, str] = {}
    for name in found:
        other = plain_names.setdefault(_plain_region(name), name)
        if other != name:
            raise InputError(f"{folder} holds {other}{ENDING} and {name}{ENDING}, which name one region. Remove one.")
    return found


def homes(lines: pl.DataFrame, regions: Mapping[str, Path]) -> pl.Series:
    """Give the region that each line's `county` names, null where it names none; "Kern County" is Kern."""
    if "county" not in lines.columns:
        return pl.Series("home", [None] * lines.height, pl.String)
    names = {_plain_region(name): name for name in regions}
    named = each_distinct(lines["county"], _plain_region)
    return named.replace_strict(names, default=None, return_dtype=pl.String).alias("home")


def match_roll(lines: pl.DataFrame, roll: Path, engine: Engine, *, progress: Progress = silent) -> pl.DataFrame:
    """Give what `ranked` gives for one whole roll, and the `chance` of each voter before it is rounded."""
    whole, numbered = {"": roll}, {"": lines.with_row_index("at")}
    found = _each(match_batch, "match", whole, numbered, _estimated(whole, numbered, engine), engine, progress)
    return found.select(*COLUMNS, "chance")


def match_regions(
    lines: pl.DataFrame, regions: Mapping[str, Path], engine: Engine, *, progress: Progress = silent
) -> pl.DataFrame:
    """Give what `ranked` gives, with the `region` of each voter, and the `chance` before it is rounded.

    Args:
        lines: the columns of `petition.lines.FIELDS` that there are.
        regions: snapshots by region.
        engine: what runs the jobs.
        progress: called as lines are done.
    """
    numbered = lines.with_row_index("at").with_columns(homes(lines, regions))
    at_home = {name: numbered.filter(pl.col("home") == name) for name in regions}
    known = _estimated(regions, at_home, engine)
    first = _each(match_batch, "match at home", regions, at_home, known, engine, progress)
    missed = pl.col("at").is_in(first.filter(pl.col("on_roll") < AT_HOME)["at"].unique().implode())
    away = numbered.filter(pl.col("home").is_null() | missed)
    others = {name: away.filter(pl.col("home").ne_missing(name)) for name in regions}
    second = _batches(_listed, "match elsewhere", regions, others, known, engine, progress)
    again = everywhere(
        away.select(pl.col("at").cast(pl.Int64), "sheet", "line", "home"), first.filter(missed), second, known
    )
    settled = first.filter(~missed).with_columns(
        pl.when(pl.col("voter_id").is_not_null()).then("region").alias("region")
    )
    columns = ("at", *RESULT, "chance")
    return pl.concat([settled.select(columns), again.select(columns)]).sort("at", "rank").drop("at")


def _listed(job: Job) -> pl.DataFrame:
    """Match, and keep of each line the row of its best voter and the voters who are worth a look elsewhere."""
    few = pl.col("chance") >= LISTED
    kept = match_batch(job).filter(few | (pl.col("rank") == 1))
    return kept.with_columns(pl.when(few).then("voter_id").alias("voter_id"))


def _estimated(rolls: Mapping[str, Path], lines: Mapping[str, pl.DataFrame], engine: Engine) -> dict[str, Region]:
    jobs = (Job(path, lines[name][sample_of(lines[name].height)], Beliefs()) for name, path in rolls.items())
    answers = engine.run(estimate_batch, jobs)
    return {
        name: Region(beliefs_heard(answer["beliefs"].item()), int(answer["size"].item()))
        for name, answer in zip(rolls, answers, strict=True)
    }


def _each(
    work: Work,
    stage: str,
    rolls: Mapping[str, Path],
    lines: Mapping[str, pl.DataFrame],
    known: Mapping[str, Region],
    engine: Engine,
    progress: Progress,
) -> pl.DataFrame:
    """Give the results of all lines in one frame."""
    return pl.concat([pl.DataFrame(schema=SCHEMA), *_batches(work, stage, rolls, lines, known, engine, progress)])


def _batches(
    work: Work,
    stage: str,
    rolls: Mapping[str, Path],
    lines: Mapping[str, pl.DataFrame],
    known: Mapping[str, Region],
    engine: Engine,
    progress: Progress,
) -> Iterator[pl.DataFrame]:
    """Give the results of each roll's lines, roll by roll, and tell how far it is."""
    done, total = 0, sum(some.height for some in lines.values())
    progress(stage, 0, total)
    jobs = (
        Job(path, some, known[name].beliefs, name)
        for name, path in rolls.items()
        for some in lines[name].iter_slices(engine.lines_per_job)
        if some.height
    )
    for found in engine.run(work, jobs):
        done += found["at"].n_unique()
        progress(stage, done, total)
        yield found


def _plain_region(name: str) -> str:
    return plain(name).removesuffix(" COUNTY").replace(" ", "")
