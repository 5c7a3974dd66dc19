"""Let two processes act on one case at once, again and again; each end must be that of one after the other.

    PYTHONPATH=src python tools/race_runs.py              # 300 races: some minutes
    PYTHONPATH=src python tools/race_runs.py --count 30 --seed 7

Every verb of a case races with itself, with a note that somebody else enters, and with the verb that comes after it;
where the office is installed, an office that takes a case in or gives it out races with those who work in it. What
two processes leave, to the byte, and what each was told, must be what comes of the one and then the other, in one of
the two orders: so nothing acknowledged is lost, nothing is half done, and nothing is left behind.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from kill_runs import LINES, STEPS, noon

from ballotworthy.casework.room import enter
from ballotworthy.errors import BallotworthyError, RecordBusy
from ballotworthy.verbs.case_enter import enter_event

COUNT = 300
APART = 0.03
"""Seconds by which one of two may begin later, at most: about what a verb takes."""
DONE, BUSY = "done", RecordBusy.__name__
TABLES = "office.sqlite3"
RUN, SLUG = "run", "ex-1"
Act = Callable[[Path], object]
Left = Mapping[str, bytes]


@dataclass(frozen=True)
class Pair:
    """Two acts, and the folder in which they begin."""

    name: str
    before: Path
    first: Act
    second: Act


@dataclass(frozen=True)
class Ended:
    """What two acts left, and what each was told: `done`, or the name of the error."""

    left: Left
    first: str
    second: str


@dataclass(frozen=True)
class Race:
    """One race: which, how it ended, and what was wrong with that, "" for nothing."""

    pair: str
    ends: tuple[str, str]
    wrong: str


def races(folder: Path, count: int = COUNT, seed: int = 0, *, office: bool = True) -> Iterator[Race]:
    """Run races in an empty folder, each pair in turn, those of an office too where one is asked for and installed."""
    chance = random.Random(seed)
    made = list(islice(pairs(folder, office=office), count))
    serial: dict[str, list[Ended]] = {}
    for number in range(count):
        pair = made[number % len(made)]
        run = folder / RUN
        if pair.name not in serial:
            serial[pair.name] = [_after_each_other(pair, run, turned) for turned in (False, True)]
        shutil.copytree(pair.before, run)
        late = chance.uniform(-APART, APART)
        first, second = _at_once(lambda: pair.first(run), lambda: pair.second(run), late)  # noqa: B023 - ends here
        ends = first, second
        first = _told(lambda: pair.first(run)) if first == BUSY else first  # noqa: B023
        second = _told(lambda: pair.second(run)) if second == BUSY else second  # noqa: B023
        ended = Ended(_left(run), first, second)
        shutil.rmtree(run)
        yield Race(pair.name, ends, "" if ended in serial[pair.name] else _differs(ended, serial[pair.name]))


def pairs(folder: Path, *, office: bool) -> Iterator[Pair]:
    """Give the pairs, each with its case made ready below a folder."""
    files = folder / "files"
    files.mkdir()
    rows = [f"{at // 3 + 1},{at % 3 + 1}" for at in range(LINES)]
    (files / "lines.csv").write_text("sheet,line,name\n" + "".join(f"{row},Ann Kerr\n" for row in rows), "utf-8")
    (files / "machine.csv").write_text("sheet,line,weight,signer\n" + "".join(f"{row},1,\n" for row in rows), "utf-8")
    steps: dict[str, Act] = {
        name: lambda run, step=step: step(run / "case", files)
        for name, step in STEPS.items()  # type: ignore[misc]
    }
    names = list(steps)
    before = _after(folder, folder / "nothing", steps["open"])
    for name, next_one in zip(names[1:], [*names[2:], ""], strict=True):
        yield Pair(f"{name} and itself", before, steps[name], steps[name])
        yield Pair(f"{name} and a note", before, steps[name], _note)
        if next_one:
            yield Pair(f"{name} and {next_one}", before, steps[name], steps[next_one])
        if name == "decide" and office and find_spec("django"):
            yield from _office_pairs(folder, before, steps[name])
        before = _after(folder, before, steps[name])


def _office_pairs(folder: Path, before: Path, decide: Act) -> Iterator[Pair]:
    """Give the pairs of an office and the command line, and of an office and who works in it."""
    from ballotworthy.office.settings import Site
    from ballotworthy.office.started import join, start

    site = Site(folder / RUN / "office")
    ready = _after(folder, before, lambda _: start(site))
    shutil.copytree(ready, folder / RUN)
    join(site)  # here, so that the processes to come need not
    shutil.rmtree(folder / RUN)

    def bring_in(run: Path) -> None:
        from ballotworthy.office.handover import bring_in

        bring_in(run / "case")

    def take_out(run: Path) -> None:
        from ballotworthy.office.handover import take_out

        take_out(SLUG, run / "out")

    yield Pair("office import and decide", ready, bring_in, decide)
    yield Pair("office import and itself", ready, bring_in, bring_in)
    held = _after(folder, ready, bring_in)
    yield Pair("office export and a note in the office", held, take_out, _note_in_office)
    yield Pair("office export and itself", held, take_out, take_out)


def _after(folder: Path, before: Path, act: Act) -> Path:
    """Give a folder as an act leaves it; it is done where the races are run, since paths stand in files."""
    if before.exists():
        shutil.copytree(before, folder / RUN)
    else:
        (folder / RUN).mkdir()
    told = _told(lambda: act(folder / RUN))
    if told != DONE:
        raise RuntimeError(told)
    made = folder / f"before {len(list(folder.iterdir()))}"
    (folder / RUN).rename(made)
    return made


def _note(run: Path) -> None:
    enter_event(enter(run / "case", noon), "noted", {"what": "heard", "day": "2026-11-03"}, by="ann")


def _note_in_office(_run: Path) -> None:
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.rooms import enter_held

    room = enter_held(HeldCase.objects.get(slug=SLUG), noon)
    enter_event(room, "noted", {"what": "heard", "day": "2026-11-03"}, by="ann")


def _after_each_other(pair: Pair, run: Path, turned: bool) -> Ended:
    shutil.copytree(pair.before, run)
    if turned:
        second = _told(lambda: pair.second(run))
        first = _told(lambda: pair.first(run))
    else:
        first = _told(lambda: pair.first(run))
        second = _told(lambda: pair.second(run))
    ended = Ended(_left(run), first, second)
    shutil.rmtree(run)
    return ended


def _at_once(first: Callable[[], object], second: Callable[[], object], late: float) -> tuple[str, str]:
    begun = [_begun(first, max(0.0, -late)), _begun(second, max(0.0, late))]
    for _, gate, _ in begun:
        os.close(gate)
    one, other = (_ended(child, pipe) for child, _, pipe in begun)
    return one, other


def _told(act: Callable[[], object]) -> str:
    child, gate, pipe = _begun(act, 0.0)
    os.close(gate)
    return _ended(child, pipe)


def _begun(act: Callable[[], object], late: float) -> tuple[int, int, int]:
    """Have a process wait for its gate to be closed, and then a while, and act; give it, the gate, and its answer."""
    wait, gate = os.pipe()
    pipe, answer = os.pipe()
    child = os.fork()
    if child:
        os.close(wait)
        os.close(answer)
        return child, gate, pipe
    try:
        os.close(gate)
        os.read(wait, 1)
        time.sleep(late)
        act()
        said = DONE
    except BallotworthyError as error:
        said = type(error).__name__
    except BaseException:
        said = traceback.format_exc()[-3000:]
    os.write(answer, said.encode())
    os._exit(0)


def _ended(child: int, pipe: int) -> str:
    with os.fdopen(pipe, "rb") as answer:
        said = answer.read().decode()
    os.waitpid(child, 0)
    return said or "no answer"


def _left(run: Path) -> Left:
    files = {str(path.relative_to(run)): path for path in run.rglob("*") if path.is_file()}
    left = {name: path.read_bytes() for name, path in files.items() if TABLES not in name}
    if (run / "office" / TABLES).exists():
        with closing(sqlite3.connect(run / "office" / TABLES)) as tables:
            left[TABLES] = repr(sorted(tables.execute("select slug from office_heldcase"))).encode()
            left["record"] = repr(sorted(tables.execute("select number, line from office_recordline"))).encode()
    return left


def _differs(ended: Ended, serial: list[Ended]) -> str:
    """Say how an end differs from each of those of one after the other."""
    said = []
    for other in serial:
        names = sorted(name for name in {*ended.left, *other.left} if ended.left.get(name) != other.left.get(name))
        said.append(
            f"told {ended.first}, {ended.second}, not {other.first}, {other.second}; other: {names or 'nothing'}"
        )
    return " | ".join(said)


def main() -> None:
    """Run, and print how it went."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--count", type=int, default=COUNT, help="of races")
    options.add_argument("--seed", type=int, default=0, help="of how much later one begins")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = list(races(Path(folder), asked.count, asked.seed))
    wrong = [race for race in done if race.wrong]
    for race in wrong:
        print(f"{race.pair}: {race.wrong}")
    told = Counter(end for race in done for end in race.ends)
    print(f"{len(done):,} races of {len({race.pair for race in done})} pairs; told: {dict(told.most_common())}.")
    print(f"{len(wrong):,} ended otherwise than one after the other.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
