"""How long `vote count` takes for a million cast-vote records of each vendor's format, and how much memory.

The vote is that of the tests, of two measures: twenty thousand cards as `tests/vote_files.py` writes them, and the same
again under other numbers until there are enough. Two processes write all files first; then each format is counted by
itself, and an audit of the first is planned. Time is told by the clock and by the processor, since others may be at
work on the machine. `--only hart` takes one format; `--folder DIR` keeps the files there for another run.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import vote_files
from vote_files import MEASURES, Card, Mark

SMALL = 20_000
TURN = (Mark.YES, Mark.YES, Mark.NO, Mark.BLANK, Mark.YES, Mark.INVALID, Mark.NO)


def main() -> None:
    """Print a table, a row a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=1_000_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    times = max(asked.cards // SMALL, 1)
    names = [name for name in WRITERS if name.startswith(asked.only)]
    with tempfile.TemporaryDirectory() as made:
        base = asked.folder or Path(made)
        with ProcessPoolExecutor(2) as pool:
            list(pool.map(_write, [base / f"{name}-{times}" for name in names], names, [times] * len(names)))
        print(f"{times * SMALL:,} records; load {os.getloadavg()[0]:.1f}")
        print(f"{'format':<18}{'MiB':>8}{'clock':>9}{'processor':>11}{'of it sys':>11}{'GiB':>7}")
        for name in names:
            folder = base / f"{name}-{times}"
            size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
            _run(name, ["count", *map(str, sorted(folder.iterdir()))], size)
        numbers = [f"--{side}={times * SMALL * share // 100}" for side, share in (("yes", 43), ("no", 29))]
        _run("audit planned", ["plan", "--rule", "yes_of_valid:>1/2", f"--cards={times * SMALL}", *numbers], 0)


def _write(folder: Path, name: str, times: int) -> None:
    """Write the files of one format, where they are not there."""
    if not folder.exists():
        folder.mkdir(parents=True)
        WRITERS[name](folder, times)


def _run(name: str, given: list[str], size: int) -> None:
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "ballotworthy", "vote", *given], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{name} failed")
    taken, busy = time.perf_counter() - start, used.ru_utime + used.ru_stime
    spent = f"{taken:>9.1f}{busy:>11.1f}{used.ru_stime:>11.1f}{used.ru_maxrss / 2**20:>7.2f}"
    print(f"{name:<18}{size / 2**20:>8,.0f}{spent}", flush=True)


def _cards() -> list[Card]:
    found = []
    for at in range(SMALL):
        batch, style = at // 200, "S2" if at % 3 == 0 else "S1"
        marks = {MEASURES[0]: TURN[at % 7]} | ({MEASURES[1]: TURN[(at + 3) % 7]} if style == "S2" else {})
        mode = "Mail" if at % 2 else "Election Day"
        pile = str(101 + batch % 40), str(batch // 40 + 1), at % 200 + 1
        found.append(Card(*pile, f"P{at % 3 + 1}", style, mode, marks))
    return found


def _repeated(path: Path, begin: str, end: str, times: int, pattern: str, step: int, between: str) -> None:
    """Repeat what stands between two texts, with the numbers of a pattern moved each time; the ends stay."""
    text = path.read_text("utf-8")
    first = text.index(begin) + len(begin)
    last = text.rindex(end) if end else len(text)
    parts = re.split(pattern, text[first:last])
    with path.open("w") as file:
        file.write(text[:first])
        for turn in range(times):
            moved = parts[:]
            moved[1::2] = [str(int(each) + turn * step) for each in parts[1::2]]
            file.write(between * (turn > 0) + "".join(moved))
        file.write(text[last:])


def _dominion_csv(folder: Path, times: int) -> None:
    (path,) = vote_files.dominion_csv(folder, _cards())
    head, _, rows = path.read_text().rpartition("BallotType,,,,,,\n")
    with path.open("w") as file:
        file.write(head + "BallotType,,,,,,\n")
        for turn in range(times):
            file.write(re.sub(
                r"(?m)^(\d+),(\d+),(\d+),(\d+),[\d-]+",
                lambda each, by=turn: f"{int(each[1]) + SMALL * by},{each[2]},{int(each[3]) + 10 * by},{each[4]},"
                                      f"{each[2]}-{int(each[3]) + 10 * by}-{each[4]}", rows))  # fmt: skip


def _clear(folder: Path, times: int) -> None:
    (path,) = vote_files.clear_ballot(folder, _cards())
    _repeated(path, "\n", "", times, r"(?m)(?<=,)(\d+)(?=-\d+-\d+,P)", 1000, "")


def _ess(folder: Path, times: int) -> None:
    records, ballots = vote_files.ess(folder, _cards())
    _repeated(records, "\n", "", times, r"(?m)^(\d+)(?=,)", SMALL, "")
    _repeated(ballots, "Machine\n", "Total : ", times, r"(?m)^(\d+)(?=,)", SMALL, "")
    lines = re.sub(r"(?m)^(\d+)(,\d+)(.*,)\d{10}(?=,)", lambda each: f"{each[1]}{each[2]}{each[3]}{int(each[1]):010d}",
                   ballots.read_text())  # fmt: skip
    ballots.write_text(lines.replace(f"Total : {SMALL}", f"Total : {times * SMALL}"))


def _dominion_json(folder: Path, times: int) -> None:
    (export,) = vote_files.dominion_json(folder, _cards())
    for half in (0, 1):
        text = (export / f"CvrExport_{half}.json").read_text()
        for turn in range(times):
            moved = re.sub(r'(?<="BatchId": )\d+', lambda each, by=10 * turn: str(int(each[0]) + by), text)
            (export / f"CvrExport_{half + 2 * turn}.json").write_text(moved)


def _nist_json(folder: Path, times: int) -> None:
    (path,) = vote_files.nist_json(folder, _cards())
    _repeated(path, '"CVR": [', '],\n "GeneratedDate"', times, r'(?<="UniqueId": ")(\d+)', SMALL, ",")


def _nist_xml(folder: Path, times: int) -> None:
    (path,) = vote_files.nist_xml(folder, _cards())
    _repeated(path, "</Version>", "<GeneratedDate>", times, r"(?<=<UniqueId>)(\d+)", SMALL, "\n")


def _hart(folder: Path, times: int) -> None:
    texts = [vote_files._hart(card, at) for at, card in enumerate(_cards())]
    with zipfile.ZipFile(folder / "hart.zip", "w") as outer:
        for turn in range(times):
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as inner:
                for at, text in enumerate(texts):
                    inner.writestr(f"{at:06d}.xml", text.replace("guid-", f"guid-{turn}-"))
            outer.writestr(f"{turn + 101}.zip", buffer.getvalue())


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "hart-xml": _hart, "dominion-json": _dominion_json, "nist-cvr-json": _nist_json, "nist-cvr-xml": _nist_xml,
    "dominion-csv": _dominion_csv, "clear-ballot-csv": _clear, "ess-csv": _ess,
}  # fmt: skip
"""The one that takes longest to write stands first."""

if __name__ == "__main__":
    main()
