"""A process of its own that reads one Parquet file: what a stranger's file does to the library ends this process alone.

The file comes by standard input; the table goes out by standard output, as Arrow's stream. It is run as a file and
imports nothing of ours, so that it is ready soon.
"""

from __future__ import annotations

import io
import sys
from contextlib import suppress

import polars as pl

DAMAGED, GROWN = 3, 4
"""The codes with which it ends where there is no table; where it has grown, its bytes stand in the output."""


def main() -> int:
    """Read, and give the exit code; the one argument is how many bytes the texts of the table may have."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # if it crashes, no picture of its memory, names and all
    try:
        frame = pl.read_parquet(io.BytesIO(sys.stdin.buffer.read()))
        texts = [name for name in frame.columns if frame[name].dtype in (pl.String, pl.Binary, pl.Categorical)]
        sizes = frame.select(pl.col(name).cast(pl.String).str.len_bytes().cast(pl.UInt64).sum() for name in texts)
        grown = sum(int(each or 0) for each in sizes.row(0)) if texts else 0
        if grown > int(sys.argv[1]):
            print(grown)  # noqa: T201 # the answer
            return GROWN
        frame.write_ipc_stream(sys.stdout.buffer, compat_level=pl.CompatLevel.newest())
        sys.stdout.flush()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError):
        return DAMAGED
    return 0


if __name__ == "__main__":
    sys.exit(main())
