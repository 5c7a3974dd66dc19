"""The steps that `scale.py` runs as processes of their own, each to be timed and weighed from outside.

python benchmarks/scale_steps.py STEP ...     prints one line of JSON
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numba import njit

TYPED = 400
SECONDS = 30.0


def main() -> None:
    """Run the step that is named."""
    step, *paths = sys.argv[1:]
    steps = {"polars": copy, "clean": clean, "match": match, "splink": splink, "lookup": lookup, "floor": floor}
    print(json.dumps(steps[step](*map(Path, paths))))


def copy(source: Path, out: Path) -> dict[str, Any]:
    """Read a CSV with Polars and write it as Parquet: what `roll build` is held against."""
    pl.read_csv(source, infer_schema=False).write_parquet(out)
    return {}


def clean(source: Path, out: Path) -> dict[str, Any]:
    """Bring names and addresses to plain form for Splink, so that both sides compare the same cells. Not timed."""
    from accuracy import plainly

    table = pl.read_csv(source, infer_schema=False).drop("birth_date", strict=False)
    ids = table["voter_id"] if "voter_id" in table.columns else pl.Series(range(table.height)).cast(pl.String)
    plain = plainly(table).select(pl.when(pl.all() != "").then(pl.all()).name.keep())
    plain.drop("birth").with_columns(ids.alias("unique_id")).write_parquet(out)
    return {}


def match(lines: Path, snapshot: Path, out: Path) -> dict[str, Any]:
    """Match lines against a snapshot; write the best voter of each line. Then match again, warm, the best of three."""
    begin = time.perf_counter()
    from ballotworthy.match import find
    from ballotworthy.petition import read_lines
    from ballotworthy.petition.lines import LATEST
    from ballotworthy.roll import open_roll

    imported = time.perf_counter()
    petition = read_lines(lines, latest=LATEST)
    roll = open_roll(snapshot)
    opened = time.perf_counter()
    matches = find(petition.frame, roll)
    found = time.perf_counter()
    ids = roll.voter_ids
    records = matches.records[:, 0]
    voter = ids[roll.owners[np.maximum(records, 0)].astype(np.int64)]
    best = pl.DataFrame({"voter": voter, "score": matches.chances[:, 0]})
    best.with_columns(pl.when(pl.Series(records >= 0)).then("voter").alias("voter")).write_parquet(out)
    written = time.perf_counter()
    warm = []
    for _ in range(3):
        start = time.perf_counter()
        find(petition.frame, roll)
        warm.append(time.perf_counter() - start)
    return {
        "import": imported - begin,
        "read": opened - imported,
        "find": found - opened,
        "write": written - found,
        "all": written - begin,
        "warm": min(warm),
        "lines": petition.frame.height,
    }


def floor(lines: Path, snapshot: Path) -> dict[str, Any]:
    """Count the cache lines that matching reads, and time the reading of as many at random on all cores.

    Counted are the record of each voter looked at, and two lines of the index for each key with its list.
    """
    from ballotworthy.match.find import Beliefs, find_packed
    from ballotworthy.match.readings import pack_lines
    from ballotworthy.petition import read_lines
    from ballotworthy.petition.lines import LATEST
    from ballotworthy.roll import open_roll

    roll = open_roll(snapshot)
    packed = pack_lines(read_lines(lines, latest=LATEST).frame, roll)
    taken = []
    for _ in range(4):
        start = time.perf_counter()
        matches = find_packed(packed, roll, Beliefs())
        taken.append(time.perf_counter() - start)
    records, keys = np.maximum(matches.looked, 0).sum(), (matches.looked >= 0).sum()
    rng = np.random.default_rng(1)
    parts = np.array_split(rng.integers(0, len(roll.records), 8_000_000), os.cpu_count() or 1)
    bytes_of = roll.records.view(np.uint8).reshape(-1, 64)
    read(bytes_of, parts[0][:100])
    with ThreadPoolExecutor(len(parts)) as pool:
        start = time.perf_counter()
        list(pool.map(lambda part: read(bytes_of, part), parts))
        each = (time.perf_counter() - start) / sum(map(len, parts))
    fetched = int(records + 2 * keys)
    return {
        "lines": fetched / len(packed.main),
        "matching": min(taken) / len(packed.main) * 1e6,
        "floor": fetched / len(packed.main) * each * 1e6,
    }


@njit(nogil=True)
def read(records: np.ndarray, rows: np.ndarray) -> int:
    """Read a byte of each record."""
    total = 0
    for row in rows:
        total += records[row, 0]
    return total


def splink(lines: Path, voters: Path, out: Path) -> dict[str, Any]:
    """Link cleaned lines with cleaned voters by Splink, reading Parquet and writing Parquet."""
    begin = time.perf_counter()
    import duckdb
    from splink import DuckDBAPI

    import splink_peer

    base = duckdb.connect()
    for name, path in (("lines", lines), ("voters", voters)):
        base.read_parquet(str(path)).create(name)
    read = time.perf_counter()
    run = splink_peer.link("lines", "voters", splink_peer.petition_model("none", lean=True), base=DuckDBAPI(base))
    run.best.write_parquet(out)
    return {**run.seconds, "read": read - begin, "all": time.perf_counter() - begin}


def lookup(snapshot: Path) -> dict[str, Any]:
    """Look voters up as clerks type, warm; milliseconds.

    A third by house number and three letters of the last name, a third by last and first name, a third by
    street and house number.
    """
    from ballotworthy.roll import look_up, open_roll

    roll = open_roll(snapshot)
    rng = np.random.default_rng(1)
    facts = roll.voters.select(
        pl.col("house_number", "last_name", "first_name", "street_name").cast(pl.String).fill_null("")
    ).collect()
    ways = (
        lambda number, last, _first, _street: f"{number} {last[:3]}",
        lambda _number, last, first, _street: f"{last} {first}",
        lambda number, _last, _first, street: f"{street} {number}",
    )
    rows = facts[rng.integers(0, roll.size, TYPED)].iter_rows()
    typed = [way(*row) for row, way in zip(rows, cycle(ways), strict=False)]
    typed = [keys for keys in typed if keys.strip()]
    for keys in typed[:6]:
        look_up(roll, keys)
    taken: list[float] = []
    begin = time.perf_counter()
    for keys in typed[6:]:
        start = time.perf_counter()
        look_up(roll, keys)
        taken.append((time.perf_counter() - start) * 1e3)
        if time.perf_counter() - begin > SECONDS:
            break
    return {"p50": float(np.percentile(taken, 50)), "p99": float(np.percentile(taken, 99)), "typed": len(taken)}


if __name__ == "__main__":
    main()
