"""How fast a record is written and read: a petition of a million lines with a decision on each.

    python benchmarks/record.py [--lines 1000000] [--commit 500] [--folder DIR]

Appending is measured through the desk, so that each event is judged by the legal order, chained, and on the disk
(fsync) before the next commit begins; `--commit` is how many events share one commit. Replaying reads the file from
its first byte: every hash, every canonical form, every rule of the order, the whole state. Opening from a checkpoint
reads the state as it was folded, after the record's bytes have given the digest it belongs to; it is done once more
with the record in the database of an office (SQLite). Figures stand in the README.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ballotworthy.casework import Act, Case, Desk, all_body, counts_body, replay, rules_body, verdict_body
from ballotworthy.casework.checkpoint import FILE, begun_with, keep, made_by
from ballotworthy.files.places import place_file
from ballotworthy.record import FileStorage, OfficeKey, VoterKey

if TYPE_CHECKING:
    from ballotworthy.office.record_table import TableStorage

TABLED = 10_000
"""Lines that are put into a table at once."""
PLACE, KIND, DAY = "zz-example", "initiative", "2026-11-02"
ROLL = sha256(b"roll").hexdigest()


def open_case(desk: Desk, lines: int, voters: VoterKey) -> None:
    """Bring a case to the point where every line is to be decided."""
    key = OfficeKey(Ed25519PrivateKey.from_private_bytes(b"key of the benchmark: 32 bytes .")).public
    people = [{"id": "clerk", "may": ["manage", "decide", "resolve", "certify"]}]
    body = {
        "record": "ballotworthy-record/2", "case": "benchmark", "office": "office", "measure": "measure",
        "place": PLACE, "kind": KIND, "on": DAY, "filed": DAY, "key": key, "voters": voters.commitment,
        "disclosure": "closed", "people": people,
    }  # fmt: skip
    text = place_file(PLACE, "law.toml").read_text("utf-8")
    numbers = {"batch": "1", "sheets": -(-lines // 10), "lines": lines}
    image = sha256(b"sheet").hexdigest()
    cells = [[str(at // 10 + 1), str(at % 10 + 1), "North", "", "", image] for at in range(lines)]
    desk.act(
        Act("clerk", "opened", body),
        Act("clerk", "rules", rules_body(text, PLACE, KIND, DAY, required=(lines // 2, "benchmark"))),
        Act("clerk", "received", {**numbers, "day": DAY}),
        Act("clerk", "counted", numbers),
        *(Act("clerk", "lines", {"lines": cells[at : at + 1000]}) for at in range(0, lines, 1000)),
    )
    desk.do(lambda case: [Act("clerk", "frame", case.frame.body())])
    desk.act(Act("clerk", "roll", {"roll": ROLL, "day": DAY, "voters": 2 * lines}))
    desk.do(lambda case: [Act("clerk", "sample", all_body(case, "every line"))])


class Stopwatch:
    """Seconds since it was made: on the wall, and of the processor, which a busy machine does not inflate as much."""

    def __init__(self) -> None:
        self._wall, self._own = time.perf_counter(), time.process_time()
        self.seconds = self.own = 0.0

    def stop(self) -> Stopwatch:
        """Hold the seconds."""
        self.seconds, self.own = time.perf_counter() - self._wall, time.process_time() - self._own
        return self

    def __str__(self) -> str:
        """Give "12.3 s (10.1 s of the processor)"."""
        return f"{self.seconds:.1f} s ({self.own:.1f} s of the processor)"


def decide(desk: Desk, lines: int, commit: int, voters: VoterKey) -> Stopwatch:
    """Decide every line, so many in a commit; give the time it took, without the hashing of voters."""
    acts = [
        Act("clerk", "decision", {
            "line": f"{at // 10 + 1}-{at % 10 + 1}", "look": 1, "outcome": "valid", "voter": voters.hashed(str(at)),
            "roll": ROLL, "searches": ["name", "address"],
        })
        for at in range(lines)
    ]  # fmt: skip
    began = Stopwatch()
    for at in range(0, lines, commit):
        desk.act(*acts[at : at + commit])
    return began.stop()


def run(lines: int, commit: int, folder: Path) -> None:
    """Measure and print."""
    path, voters = folder / "benchmark.record", VoterKey(b"voters of the benchmark, 32 byte")
    desk = Desk(FileStorage(path), lambda: dt.datetime.now(dt.UTC))
    open_case(desk, lines, voters)
    took = decide(desk, lines, commit, voters)
    print(f"append: {lines:,} decisions in {took}, {lines / took.seconds:,.0f} a second, {commit} to a commit")
    alone = decide_alone(path.with_name("alone.record"), voters)
    print(f"append one by one, each with its own fsync: {alone:,.0f} a second")
    began = Stopwatch()
    desk.do(lambda case: [Act("clerk", "counts", counts_body(case))])
    desk.do(lambda case: [Act("clerk", "verdict", verdict_body(case))])
    print(f"count and judge: {began.stop()}")
    del desk
    began = Stopwatch()
    case = Case()
    replay(case, FileStorage(path).read())
    size = path.stat().st_size / 2**20
    print(f"replay: {case.link.seq:,} events, {size:,.0f} MiB, in {began.stop()}")
    storage = FileStorage(path)
    whole = Desk(storage, lambda: dt.datetime.now(dt.UTC)).case()
    began = Stopwatch()
    keep(whole, storage, folder)
    print(f"write its checkpoint: {(folder / FILE).stat().st_size / 2**20:,.0f} MiB, in {began.stop()}")
    again = begun_with(FileStorage(path), folder)()
    same = "the same state" if again.looks == case.looks else "ANOTHER"
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as anew:
        print(f"open from the checkpoint, in a process of its own: {anew.submit(opened, path).result()}, {same}")
    for work, told in ((put_in_office, "put the record in an office's database"), (opened_in_office, "open there")):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as anew:
            print(f"{told}: {anew.submit(work, path).result()}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak memory of all this: {peak:.1f} GiB")


def opened(path: Path) -> Stopwatch:
    """Open a case from its checkpoint; give the time it took, once the program's own digest is known."""
    made_by()
    began = Stopwatch()
    begun_with(FileStorage(path), path.parent)()
    return began.stop()


def put_in_office(path: Path) -> Stopwatch:
    """Put a record that has a checkpoint into the tables of an office beside it, and its checkpoint."""
    began = Stopwatch()
    storage, room = in_office(path)
    with path.open("rb") as file:
        at = 0
        while lines := [line.rstrip(b"\n") for line in islice(file, TABLED)]:
            storage.add(lines, at)
            at += len(lines)
    keep(begun_with(FileStorage(path), path.parent)(), storage, room)
    return began.stop()


def opened_in_office(path: Path) -> Stopwatch:
    """As `opened`, of the record in an office's tables."""
    storage, room = in_office(path)
    made_by()
    began = Stopwatch()
    if not begun_with(storage, room)().link.seq:
        raise SystemExit("the checkpoint did not fit")
    return began.stop()


def in_office(path: Path) -> tuple[TableStorage, Path]:
    """Give the record in the tables of an office, and the folder of its case; both are made where there are none."""
    from ballotworthy.office import started
    from ballotworthy.office.settings import Site

    started.start(Site(path.parent / "office", hosts=("127.0.0.1",)))
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.record_table import TableStorage

    room = path.parent / "office" / "cases" / "benchmark"
    room.mkdir(parents=True, exist_ok=True)
    return TableStorage(HeldCase.objects.get_or_create(slug="benchmark")[0].pk, room), room


def decide_alone(path: Path, voters: VoterKey, lines: int = 2_000) -> float:
    """Give how many events a second are written when each is its own commit."""
    desk = Desk(FileStorage(path), lambda: dt.datetime.now(dt.UTC))
    open_case(desk, lines, voters)
    return lines / decide(desk, lines, 1, voters).seconds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--commit", type=int, default=500)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as made:
        run(given.lines, given.commit, Path(made))
