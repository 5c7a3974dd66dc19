"""How long it takes to invent a roll and a petition and write them, and how much memory: seconds and GiB."""

from __future__ import annotations

import argparse
import datetime
import resource
import tempfile
import time
from pathlib import Path

from ballotworthy.files.cells import write_table
from ballotworthy.law import read_law
from ballotworthy.simulate import simulate


def main() -> None:
    """Run once and print one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voters", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=100_000)
    asked = parser.parse_args()
    counties = [(county.name, county.weight) for county in read_law("us-ca").strata]
    start = time.perf_counter()
    made = simulate("us-ca", asked.voters, asked.lines, "benchmark", datetime.date(2018, 4, 20), strata=counties)
    invented = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for name, frame in (("roll", made.roll), ("lines", made.lines), ("truth", made.truth)):
            write_table(frame, Path(folder) / f"{name}.csv")
    written = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"simulate: {asked.voters:,} voters, {asked.lines:,} lines: "
        f"{written - start:.1f} s ({invented - start:.1f} s inventing, {written - invented:.1f} s writing), "
        f"peak {peak:.2f} GiB"
    )


if __name__ == "__main__":
    main()
