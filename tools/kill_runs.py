"""Kill every verb of a case at every write, move, deletion and flush, or let the disk fill there; see what is left.

    PYTHONPATH=src python tools/kill_runs.py            # every place, three ways: about a minute
    PYTHONPATH=src python tools/kill_runs.py --every 7  # every seventh place
    PYTHONPATH=src python tools/kill_runs.py --cuts 3   # a write that is broken off has written 1/4, 2/4 or 3/4

Each run is a process of its own on a copy of a small case. Afterwards another process enters the case, as the next verb
would. What it must find, whatever happened: the folder to the byte as it was before the verb, or as it is after it, and
that doing the verb again, where it had not happened, ends as if nothing had ever gone wrong.
"""

from __future__ import annotations

import argparse
import datetime as dt
import errno
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

from ballotworthy.casework.room import enter
from ballotworthy.casework.ruled import RuledLine
from ballotworthy.errors import BallotworthyError
from ballotworthy.risk_check.asked import Asked
from ballotworthy.verbs.case_certify import certify_case
from ballotworthy.verbs.case_count import count_case
from ballotworthy.verbs.case_decide import decide_lines
from ballotworthy.verbs.case_frame import fix_frame
from ballotworthy.verbs.case_intake import take_in
from ballotworthy.verbs.case_open import Opening, open_case
from ballotworthy.verbs.case_purge import purge_case
from ballotworthy.verbs.case_retype import retype_lines
from ballotworthy.verbs.case_risk_terms import fix_risk_terms
from ballotworthy.verbs.case_sample import choose_sample
from ballotworthy.verbs.case_seed import enter_seed

LINES = 12
KILLED, FULL, TOLD = "killed", "disk full", "told to stop"
WAYS = (KILLED, FULL, TOLD)
MOVED = ("fsync", "replace", "rename", "unlink", "mkdir", "rmdir", "truncate", "ftruncate", "chmod")
GROWING = ("fsync", "mkdir")
"""Of those, what fails on a full disk."""
Step = Callable[[Path, Path], object]
Half = Callable[[Fraction], object] | None
Watcher = Callable[[Half, Callable[[], Any], bool], Any]


def noon() -> dt.datetime:
    """Give a time that does not move, so that two runs of a verb write the same bytes."""
    return dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)


def _open(case: Path, _: Path) -> None:
    open_case(
        case,
        Opening(
            case="EX-1",
            office="Office",
            measure="A law on wells",
            place="zz-example",
            kind="initiative",
            on=dt.date(2026, 11, 2),
            disclosure="public",
        ),
        clock=noon,
        by="ann",
        required=(8, "the test"),
    )


def _decide(case: Path, _: Path) -> None:
    room = enter(case, noon)
    ids = [f"{at // 3 + 1}-{at % 3 + 1}" for at in range(LINES)]
    decide_lines(room, [RuledLine(line, "invalid", "illegible") for line in ids], by="ann")


def _retype(case: Path, _: Path) -> None:
    retype_lines(enter(case, noon), {"1-1": {"name": "Anne Kerr"}, "2-1": {"name": ""}}, by="ann", why="misread")


def _purge(case: Path, _: Path) -> None:
    purge_case(enter(case, noon), by="ann", ground="the end", lawful_from=noon().date(), alone="one clerk")


STEPS: Mapping[str, Step] = {
    "open": _open,
    "intake": lambda case, files: take_in(enter(case, noon), files / "lines.csv", by="ann", stratum="North"),
    "frame": lambda case, _: fix_frame(enter(case, noon), by="ann"),
    "risk terms": lambda case, files: fix_risk_terms(
        enter(case, noon), Asked(), by="ann", proposals=files / "machine.csv"
    ),
    "seed": lambda case, _: enter_seed(enter(case, noon), "4 1 5", by="ann", how="dice", source="dice", present=["x"]),
    "sample": lambda case, _: choose_sample(enter(case, noon), by="ann", every=True, why="a full check"),
    "retype": _retype,
    "decide": _decide,
    "count": lambda case, _: count_case(enter(case, noon), by="ann"),
    "certify": lambda case, _: certify_case(enter(case, noon), by="ann", alone="one clerk"),
    "purge": _purge,
}


@dataclass(frozen=True)
class Off:
    """Where and how a verb is broken off, and the share of a write that was written then."""

    place: int
    way: str
    cut: Fraction


@dataclass(frozen=True)
class Run:
    """One run: the verb, the place at which it was broken off, how, and what was wrong afterwards, "" for nothing."""

    verb: str
    place: int
    way: str
    wrong: str


def runs(folder: Path, every: int = 1, ways: tuple[str, ...] = WAYS, cuts: int = 1) -> Iterator[Run]:
    """Break every verb off at every `every`th place, in each way.

    Args:
        folder: an empty one to work in.
        every: take each place, or each second, third ...
        ways: how it is broken off.
        cuts: at how many points each write is broken off.
    """
    files, before = folder / "files", folder / "before"
    files.mkdir()
    before.mkdir()
    rows = [f"{at // 3 + 1},{at % 3 + 1}" for at in range(LINES)]
    (files / "lines.csv").write_text("sheet,line,name\n" + "".join(f"{row},Ann Kerr\n" for row in rows), "utf-8")
    (files / "machine.csv").write_text("sheet,line,weight,signer\n" + "".join(f"{row},1,\n" for row in rows), "utf-8")
    for number, (verb, step) in enumerate(STEPS.items()):
        after = folder / f"after-{number}"
        shutil.copytree(before, after)
        places = _in_a_process(lambda step=step, after=after: _counted(step, after / "case", files))
        wanted = {name: _contents(path) for name, path in (("before", before), ("after", after))}
        for way, cut in product(ways, (Fraction(at, cuts + 1) for at in range(1, cuts + 1))):
            for place in range(number % min(every, places), places, every):
                off = Off(place, way, cut)
                yield Run(verb, place, way, _wrong(folder / "run", before, files, step, off, wanted, verb))
        before = after


def _wrong(work: Path, before: Path, files: Path, step: Step, off: Off, wanted: Mapping[str, Any], verb: str) -> str:
    shutil.copytree(before, work)
    try:
        _in_a_process(lambda: _broken_off(step, work / "case", files, off))
        _in_a_process(lambda: _entered(work / "case"))
        found = _contents(work)
        if verb == "open":  # its keys are drawn anew each time
            found = {name for name in found if not name.startswith(".")}  # the verb itself sweeps, when done again
            known = {name: set(each) for name, each in wanted.items()}
        else:
            known = dict(wanted)
        if found not in known.values():
            return f"left behind, or lacking: {sorted(set(found) ^ set(known['before'])) or 'other bytes'}"
        if found == known["before"]:
            _in_a_process(lambda: _counted(step, work / "case", files))
            again = _contents(work)
            if (set(again) if verb == "open" else again) != known["after"]:
                return "doing it again ended otherwise"
        return ""
    except RuntimeError as error:
        return str(error)
    finally:
        shutil.rmtree(work)


def _contents(folder: Path) -> dict[str, bytes]:
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for name in [name for name in files if name.endswith(".record")]:  # a torn event is none, and the next writer's
        files[name] = files[name][: files[name].rfind(b"\n") + 1]
    return files


def _entered(case: Path) -> int:
    if case.exists():
        enter(case, noon).case()
    return 0


def _counted(step: Step, case: Path, files: Path) -> int:
    places = [0]

    def watch(_: Half, go: Callable[[], Any], __: bool) -> Any:
        places[0] += 1
        return go()

    _watch(watch)
    step(case, files)
    return places[0]


def _broken_off(step: Step, case: Path, files: Path, off: Off) -> int:
    places, at, way = [0], off.place, off.way
    if way == TOLD:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

    def watch(half: Half, go: Callable[[], Any], grows: bool) -> Any:
        here = places[0] == at or (way == FULL and places[0] > at)
        places[0] += 1
        if not here:
            return go()
        if way == FULL:
            if not grows:
                return go()
            if half:
                half(off.cut)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if half:
            half(off.cut)
        os.kill(os.getpid(), signal.SIGKILL if way == KILLED else signal.SIGTERM)
        return go()

    _watch(watch)
    try:
        step(case, files)
    except BallotworthyError:
        if way != FULL:
            raise
    return 0


def _watch(told: Watcher) -> None:
    """Let `told` be asked before each change of the disk: what does half of it, what does it, whether it needs room."""
    write, write_bytes = os.write, Path.write_bytes

    def bytes_written(path: Path, data: Any) -> Any:
        return told(
            lambda cut: write_bytes(path, bytes(data)[: int(len(data) * cut)]), lambda: write_bytes(path, data), True
        )

    def written(handle: int, data: Any) -> Any:
        return told(lambda cut: write(handle, bytes(data)[: int(len(data) * cut)]), lambda: write(handle, data), True)

    def text_written(path: Path, data: str, encoding: str | None = None) -> Any:
        return bytes_written(path, data.encode(encoding or "utf-8"))

    os.write = written  # type: ignore[assignment]
    Path.write_bytes = bytes_written  # type: ignore[method-assign, assignment]
    Path.write_text = text_written  # type: ignore[method-assign, assignment]
    for name in MOVED:
        real = getattr(os, name)
        setattr(os, name, _asking(told, real, name in GROWING))


def _asking(told: Watcher, real: Callable[..., Any], grows: bool) -> Callable[..., Any]:
    return lambda *arguments, **named: told(None, lambda: real(*arguments, **named), grows)


def _in_a_process(work: Callable[[], int]) -> int:
    """Do something in a process of its own; give its number.

    Raises:
        RuntimeError: it ended with an error that no user should see.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        send = os.write
        try:
            send(writer, str(work()).encode())
            os._exit(0)
        except SystemExit:
            os._exit(0)
        except BaseException:
            send(writer, ("!" + traceback.format_exc()).encode()[:4000])
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    if said.startswith("!"):
        raise RuntimeError(said[1:].strip())
    return int(said or 0)


def main() -> None:
    """Run, and print how it went."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--every", type=int, default=1, help="take every n-th place")
    options.add_argument("--cuts", type=int, default=1, help="break each write off at so many points")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = list(runs(Path(folder), asked.every, cuts=asked.cuts))
    wrong = [run for run in done if run.wrong]
    for run in wrong:
        print(f"{run.verb}, {run.way} at place {run.place}: {run.wrong}")
    print(f"{len(done):,} runs of {len(STEPS)} verbs, {len(WAYS)} ways; {len(wrong):,} left the case otherwise.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
