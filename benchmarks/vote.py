"""How long it takes to count a million cast-vote records and to plan their audit, and how much memory; with peers.

The file is invented, of Dominion's form: ten measures, five other contests, 5,000 batches, 1,200 precincts. The count
is whole: every measure by precinct, batch and mode, every card known once, compared with a manifest, tables written.
The peers read the same file in the same run and do less: pandas gives yes and no of each measure by precinct, Python's
own csv the yes of one measure. `--json` also counts the same kind of records in NIST's JSON, read as a stream.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

MEASURES, OTHERS, SIZE = 10, 5, 200
PANDAS = """
import sys, pandas
heads = pandas.read_csv(sys.argv[1], skiprows=1, nrows=2, header=None)
frame = pandas.read_csv(sys.argv[1], skiprows=4, header=None)
votes = [at for at in range(8, frame.shape[1]) if str(heads[at][1]) in ("Yes", "No")]
print(frame.groupby(6)[votes].sum().sum().sum())
"""
PLAIN = """
import csv, sys
rows = csv.reader(open(sys.argv[1], newline=""))
for _ in range(4): next(rows)
print(sum(row[18] == "1" and row[19] == "0" for row in rows))
"""


def main() -> None:
    """Run once and print a line a program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=1_000_000)
    parser.add_argument("--json", type=int, default=0, metavar="CARDS", help="also count so many in NIST's JSON")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cvr, manifest = _invented(Path(folder), asked.cards)
        print(f"{asked.cards:,} cards, {cvr.stat().st_size / 2**20:,.0f} MiB of CSV")
        ours = [sys.executable, "-m", "ballotworthy", "vote", "count", str(cvr), "--manifest", str(manifest)]
        counted = _run("ballotworthy vote count", [*ours, "-o", str(Path(folder) / "out")])
        told = json.loads((Path(folder) / "out" / "count.json").read_text())["measures"][0]
        numbers = [f"--{name}={told[name]}" for name in ("yes", "no")]
        rule = ["--rule", "yes_of_valid:>=1/2", f"--cards={asked.cards}"]
        plan = _run("ballotworthy vote plan", [*ours[:4], "plan", *rule, *numbers])
        pandas = _run("pandas, sums by precinct", [sys.executable, "-c", PANDAS, str(cvr)])
        plain = _run("Python's csv, one measure", [sys.executable, "-c", PLAIN, str(cvr)])
        both = counted + plan
        print(f"count and plan {both:.1f} s; {pandas / both:.2f} times as fast as pandas, {plain / both:.2f} as csv")
        if asked.json:
            path = _nist(Path(folder), asked.json)
            print(f"{asked.json:,} records, {path.stat().st_size / 2**20:,.0f} MiB of NIST's JSON")
            _run("ballotworthy vote count", [*ours[:5], str(path)])
            _run("Python's json, read whole", [sys.executable, "-c", f"import json; json.load(open({str(path)!r}))"])


def _run(name: str, command: list[str]) -> float:
    """Run a program by itself, print its time and peak memory, and give the time."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = _waited(process.pid)
    taken = time.perf_counter() - start
    if status:
        raise SystemExit(f"{name} failed")
    print(f"  {name}: {taken:.1f} s, peak {used.ru_maxrss / 2**20:.2f} GiB")
    return taken


def _waited(process: int) -> tuple[int, int, resource.struct_rusage]:
    import os

    return os.wait4(process, 0)


def _invented(folder: Path, cards: int) -> tuple[Path, Path]:
    chance = np.random.default_rng(13)
    at = np.arange(cards)
    batch = at // SIZE
    tabulator, position, precinct = 100 + batch % 40, at % SIZE + 1, chance.integers(0, 1200, cards)
    columns: dict[str, pl.Series | pl.Expr] = {
        "cvr": pl.Series(at + 1), "tabulator": pl.Series(tabulator), "batch": pl.Series(batch // 40 + 1),
        "record": pl.Series(position), "imprinted": pl.concat_str("tabulator", "batch", "record", separator="-"),
        "group": pl.Series(np.where(batch % 5 < 4, "Mail", "In Person")),
        "precinct": pl.Series([f"12603031{each:04d}" for each in range(1200)])[precinct],
        "style": pl.Series(precinct % 60),
    }  # fmt: skip
    contests, choices = [""] * 8, [""] * 8
    frame = pl.DataFrame({name: each for name, each in columns.items() if isinstance(each, pl.Series)})
    frame = frame.with_columns(columns["imprinted"].alias("imprinted")).select(list(columns))  # type: ignore[union-attr]
    votes = []
    for number in range(OTHERS + MEASURES):
        names = ["Ann Lee", "Bo Day"] if number < OTHERS else ["Yes", "No"]
        contests += [f"Measure {number} (Vote For=1)"] * 2
        choices += names
        drawn = chance.choice(4, cards, p=[0.5, 0.42, 0.075, 0.005])
        votes += [pl.Series(f"y{number}", np.isin(drawn, (0, 3)).astype(np.int8)),
                  pl.Series(f"n{number}", np.isin(drawn, (1, 3)).astype(np.int8))]  # fmt: skip
    width = len(contests)
    head = ["CvrNumber", "TabulatorNum", "BatchId", "RecordId", "ImprintedId", "CountingGroup", "PrecinctPortion",
            "BallotType"]  # fmt: skip
    lines = [["Invented", "5.17.17.1"], contests, choices, head]
    cvr, manifest = folder / "cvr.csv", folder / "manifest.csv"
    with cvr.open("wb") as stream:
        for line in lines:
            stream.write((",".join([*line, *[""] * (width - len(line))]) + "\n").encode())
        frame.with_columns(votes).write_csv(stream, include_header=False)
    piles = frame.group_by("tabulator", "batch", maintain_order=True).len()
    piles.rename({"tabulator": "Tabulator", "batch": "Batch Name", "len": "Number of Ballots"}).write_csv(manifest)
    return cvr, manifest


def _nist(folder: Path, cards: int) -> Path:
    path = folder / "cvr.json"
    marks = (["Yes"], ["No"], [])
    with path.open("w") as stream:
        stream.write('{"@type": "CVR.CastVoteRecordReport", "Version": "1.0.0", "CVR": [\n')
        for at in range(cards):
            contests = [
                {"@type": "CVR.CVRContest", "ContestId": f"_M{number}", "CVRContestSelection": [
                    {"@type": "CVR.CVRContestSelection", "ContestSelectionId": f"_M{number}{side}",
                     "SelectionPosition": [{"@type": "CVR.SelectionPosition", "HasIndication": "yes",
                                            "NumberVotes": 1}]}
                    for side in marks[(at + number) % 3]]}
                for number in range(MEASURES)
            ]  # fmt: skip
            snapshot = {"@id": "s", "@type": "CVR.CVRSnapshot", "Type": "original", "CVRContest": contests}
            record = {"@type": "CVR.CVR", "UniqueId": str(at), "BatchId": str(at // SIZE), "BatchSequenceId": at % SIZE,
                      "CurrentSnapshotId": "s", "CVRSnapshot": [snapshot], "ElectionId": "_E"}  # fmt: skip
            stream.write(json.dumps(record) + (",\n" if at + 1 < cards else "\n"))
        contests = [
            {"@id": f"_M{number}", "Name": f"Measure {number}", "ContestSelection": [
                {"@id": f"_M{number}{side}", "Selection": side} for side in ("Yes", "No")]}
            for number in range(MEASURES)
        ]  # fmt: skip
        stream.write('], "Election": ' + json.dumps([{"@id": "_E", "Contest": contests}]) + ', "GpUnit": []}\n')
    return path


if __name__ == "__main__":
    main()
