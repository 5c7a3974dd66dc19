"""How fast a published record is recounted: a petition of a million lines with a decision on each.

    python benchmarks/verify.py [--lines 1000000] [--record FILE]

The record is made first, unless FILE is there already; it is then recounted by `ballotworthy verify` and, where node is
there, by the verifier of docs/verify.html. Figures stand in docs/how-to/recount.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ballotworthy.casework import Act, Desk, certified_body, counts_body, verdict_body
from ballotworthy.record import FileStorage, OfficeKey, VoterKey
from ballotworthy.verify import verify
from record import decide, open_case

PAGE = Path(__file__).resolve().parent.parent / "docs/verify.html"
OFFICE = OfficeKey(Ed25519PrivateKey.from_private_bytes(b"key of the benchmark: 32 bytes ."))
DRIVER = """
const fs = require("fs"), run = new Recount(), lines = new Lines(run), part = Buffer.alloc(4 << 20);
const file = fs.openSync(process.argv[2]), began = Date.now();
for (let read; (read = fs.readSync(file, part)) > 0;) lines.push(new Uint8Array(part.subarray(0, read)));
lines.end();
console.log(`the page's verifier, in node: ${run.finish().holds}, ${((Date.now() - began) / 1000).toFixed(1)} s, `
  + `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
"""


def make(path: Path, lines: int) -> None:
    """Write a whole case: every line decided, counted, judged, certified."""
    voters = VoterKey(b"voters of the benchmark, 32 byte")
    desk = Desk(FileStorage(path), lambda: dt.datetime.now(dt.UTC))
    open_case(desk, lines, voters)
    decide(desk, lines, 5000, voters)
    desk.do(lambda case: [Act("clerk", "counts", counts_body(case))])
    desk.do(lambda case: [Act("clerk", "verdict", verdict_body(case))])
    desk.do(lambda case: [Act("clerk", "certified", certified_body(case, "plain", OFFICE, alone="a benchmark"))])


def recount(path: Path) -> None:
    """Recount it and print how long that took."""
    began, working = time.perf_counter(), time.process_time()
    with path.open("rb") as lines:
        answer = verify(lines, key=OFFICE.public)
    seconds, worked = time.perf_counter() - began, time.process_time() - working
    size = path.stat().st_size / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"verify: {answer.holds}, {answer.events:,} events, {size:,.0f} MiB, in {seconds:.1f} s, {worked:.1f} s of work"
    )
    print(f"peak memory {peak:,.0f} MiB (with the making, where the record was made in the same run)")


def recount_by_the_page(path: Path, folder: Path) -> None:
    """Recount it with the verifier of the page."""
    node, found = (
        shutil.which("node"),
        re.search(r'<script id="verifier">(.*?)</script>', PAGE.read_text("utf-8"), re.DOTALL),
    )
    if node and found:
        script = folder / "verifier.cjs"
        script.write_text(found[1] + DRIVER, "utf-8")
        subprocess.run([node, str(script), str(path)], check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--record", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        record = given.record or Path(made) / "benchmark.record"
        if not record.exists():
            make(record, given.lines)
        recount(record)
        recount_by_the_page(record, Path(made))
