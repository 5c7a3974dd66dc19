"""How long `vote count` takes for a million cast-vote records of each vendor's format, and how much memory.

The vote is that of the tests, of two measures: twenty thousand cards as `tests/vote_files.py` writes them, and the same
again under other numbers until there are enough. Time is told by the clock and by the processor, since others may be at
work on the machine. `--only hart` takes one format.
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
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import vote_files
from vote_files import MEASURES, Card, Mark

SMALL = 20_000
TURN = (Mark.YES, Mark.YES, Mark.NO, Mark.BLANK, Mark.YES, Mark.INVALID, Mark.NO)


def main() -> None:
    """Print a line a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=1_000_000)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    times = max(asked.cards // SMALL, 1)
    for name, write in WRITERS.items():
        if not name.startswith(asked.only):
            continue
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), times)
            inside = sorted(Path(folder).iterdir())
            size = sum(each.stat().st_size for each in Path(folder).rglob("*") if each.is_file())
            _count(name, inside, times * SMALL, size)


def _count(name: str, files: list[Path], cards: int, size: int) -> None:
    start = time.perf_counter()
    command = [sys.executable, "-m", "ballotworthy", "vote", "count", *map(str, files)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{name} failed")
    taken, busy = time.perf_counter() - start, used.ru_utime + used.ru_stime
    print(
        f"{name}: {cards:,} records, {size / 2**20:,.0f} MiB: {taken:.1f} s, processor {busy:.1f} s, "
        f"peak {used.ru_maxrss / 2**20:.2f} GiB",
        flush=True,
    )


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
    "clear-ballot-csv": _clear, "ess-csv": _ess, "dominion-json": _dominion_json, "nist-cvr-json": _nist_json,
    "nist-cvr-xml": _nist_xml, "hart-xml": _hart,
}  # fmt: skip
"""Dominion's CSV is that of `vote.py`."""

if __name__ == "__main__":
    main()
