"""Strips of handwriting, each where it is known to lie: every way of finding their signers on the very same pictures.

    python benchmarks/strips.py --signers 200 --voters 100000 --fonts FOLDER --work FOLDER

Name and address of each signer are written by an invented hand onto white paper without a form, one signer a row, and
the paper is scanned as `simulate --sheets` scans. So nothing has to be found, no rule is crossed, and neither zip code,
household of the sheet nor signature helps: what is compared is reading and searching alone. Our ways and the best text
get the strips cut out where they were written; whole-page RapidOCR gets the page, and its texts belong to the row and
side in which their middle lies. The plain way weighs every voter's whole name and whole address under the pictures and
adds the two. "Safe" and "taken" are told in `sheets.py`. Pools and seeds are as there: fonts and seeds of a report must
be others than those of any trial before.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import numpy as np
import polars as pl

import page_ocr
from ballotworthy.files.choices import Level
from ballotworthy.match import find
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.petition.pictures import LINES, MARKER, READ, READINGS
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.scan.own_print import COARSE_DPI
from ballotworthy.scan.posteriors import Reader
from ballotworthy.simulate.draws import stream
from ballotworthy.simulate.hands import fonts_in, invent_hand, write
from ballotworthy.simulate.scans import DPI, HANDWRITING, LEVELS, SMALLER, scanned
from ballotworthy.verbs.simulate import simulate_petition
from ways import Way, by_fuzzy, by_us, by_weighing, together, voters_of

FIELDS = ("name", "address")
PAPER, ROW, ROWS, SIDE, LEFT = (3300, 2550), 300, 10, 1240, 40
"""Pixels of the paper at 300 dpi, high and wide; of a row; rows; from one side to the other; and before a strip."""
AROUND = 3
"""Pixels of a scan around the ink of a strip."""


@dataclass(frozen=True)
class Page:
    """Rows of strips as scanned: the picture, its dots an inch, and where each strip lies, (rows, FIELDS, 4)."""

    picture: np.ndarray
    dpi: float
    boxes: np.ndarray

    def strips(self, row: int) -> list[np.ndarray]:
        """Give the strips of a row, cut out of the scan."""
        return [self.picture[top:bottom, left:right] for left, top, right, bottom in self.boxes[row]]

    def texts(self) -> list[tuple[str, str]]:
        """Give name and address of each row as RapidOCR reads the whole page."""
        found = page_ocr.engine()(np.repeat(self.picture[:, :, None], 3, axis=2))
        rows: list[tuple[list[tuple[float, str]], ...]] = [([], []) for _ in self.boxes]
        for box, text in zip(found.boxes if found.boxes is not None else (), found.txts or (), strict=True):
            x, y = np.asarray(box).mean(axis=0) * DPI / self.dpi
            if 0 <= (row := int(y // ROW)) < len(rows):
                rows[row][int(x >= SIDE)].append((x, text))
        return [(_in_order(name), _in_order(address)) for name, address in rows]


def _in_order(texts: list[tuple[float, str]]) -> str:
    return " ".join(text for _, text in sorted(texts))


def page_of(texts: Sequence[tuple[str, str]], level: Level, fonts: Sequence[Path], rng: np.random.Generator) -> Page:
    """Write and scan a page of names and addresses, a hand a row."""
    paper, spoiled = np.full(PAPER, 255, np.uint8), replace(LEVELS[level], turn=0.0, through=0.0)
    boxes = np.zeros((len(texts), len(FIELDS), 4))
    for row, pair in enumerate(texts):
        hand = invent_hand(fonts, spoiled.loose, rng)
        for side, text in enumerate(pair):
            drawn = write(text, hand, SIDE - 2 * LEFT, HANDWRITING, rng).astype(np.float32)
            drawn = (255 - (255 - drawn) * rng.uniform(spoiled.faint, 1.0)).astype(np.uint8)
            x, y = LEFT + side * SIDE, row * ROW + (ROW - drawn.shape[0]) // 2
            paper[y : y + drawn.shape[0], x : x + drawn.shape[1]] = drawn
            boxes[row, side] = x, y, x + drawn.shape[1], y + drawn.shape[0]
    picture = scanned(paper, spoiled, rng)
    high, wide = PAPER
    middle = np.array([wide, high, wide, high]) / 2
    scale = picture.shape[1] / wide
    boxes = ((boxes - middle) * SMALLER + middle) * scale + np.array([-1, -1, 1, 1]) * AROUND
    return Page(picture, scale * DPI, np.maximum(boxes.round(), 0).astype(int))


@dataclass(frozen=True)
class Draw:
    """One draw: per line the row of its signer on the roll (-1 for none), and what each way finds."""

    truth: np.ndarray
    ways: Sequence[Way]


def drawn(level: Level, seed: str, args: argparse.Namespace) -> Draw:
    """Draw, read and match the strips of one petition; what an earlier run drew and read is taken as it is."""
    work = args.work / f"strips-{level}-{seed}-{args.signers}-{args.voters}"
    made, read, folder = work / "drawn", work / "read", work / "voters.roll"
    if not (made / "simulation.json").is_file():
        simulate_petition(made, voters=args.voters, lines=args.signers * 2, seed=seed)
        build_roll(read_voters(made / "roll.csv", taken_on=dt.date(2018, 5, 18)), folder)
    lines = pl.read_csv(made / "lines.csv", infer_schema=False).filter(pl.col("name") != "", pl.col("address") != "")
    lines = lines.join(pl.read_csv(made / "truth.csv", infer_schema=False), on=("sheet", "line"), how="left")
    lines = lines.head(args.signers)
    if not (read / "page.json").is_file():
        read_strips(lines, read, level, fonts_in(args.fonts), seed)
    roll, petition = open_roll(folder), lines_of(read).read(dt.date(2019, 4, 20), dt.date(2018, 4, 20))
    row_of = {str(voter): at for at, voter in enumerate(roll.voter_ids)}
    truth = np.array([row_of.get(voter, -1) for voter in lines["voter_id"]])
    texts = [(name or "", home or "") for name, home in petition.frame.select(FIELDS).iter_rows()]
    voters = voters_of(roll)
    ways = [
        by_us("the roll reads the pictures", find(petition.frame, roll, pictures=petition.pictures), roll, petition),
        by_weighing("every voter weighed plainly", petition, roll),
        by_us("best text, our matcher", find(petition.frame, roll), roll),
        by_fuzzy("best text, RapidFuzz", texts, voters),
        by_fuzzy("whole-page RapidOCR, RapidFuzz", json.loads((read / "page.json").read_text("utf-8")), voters),
    ]
    return Draw(truth, ways)


def read_strips(lines: pl.DataFrame, folder: Path, level: Level, fonts: Sequence[Path], seed: str) -> None:
    """Write and read the strips of lines, into a folder as `sheets read` writes it, with what the whole page reads."""
    reader, rng = Reader(), stream(seed, "strips")
    (folder / READINGS).mkdir(parents=True, exist_ok=True)
    rows, whole = [], []
    pairs = list(lines.select(FIELDS).iter_rows())
    for begin in range(0, len(pairs), ROWS):
        page = page_of(pairs[begin : begin + ROWS], level, fonts, rng)
        whole += page.texts()
        for row in range(len(page.boxes)):
            read = reader.read(page.strips(row), coarse=page.dpi < COARSE_DPI)
            line = str(begin + row + 1)
            for field, each in zip(FIELDS, read, strict=True):
                np.save(folder / READINGS / f"1-{line}-{field}.npy", each.posteriors)
            rows.append({"sheet": "1", "line": line, **dict(zip(FIELDS, (each.text for each in read), strict=True))})
    table = pl.DataFrame(rows)
    table.with_columns(row_state=pl.lit("written"), page=pl.lit("1")).write_csv(folder / LINES)
    table.write_csv(folder / READ)
    (folder / MARKER).write_text("{}", "utf-8")
    (folder / "page.json").write_text(json.dumps(whole), "utf-8")


def tell(level: Level, draws: Sequence[Draw]) -> None:
    """Print one table of what each way finds over the pool of draws."""
    truth = np.concatenate([each.truth for each in draws])
    print(f"\n{level} noise: {len(truth)} strips of name and address, {int((truth >= 0).sum())} signers on the roll\n")
    print("| way | right voter first | safely found | taken by `check`, wrongly |\n|---|---|---|---|")
    for ways in zip(*(each.ways for each in draws), strict=True):
        said = together(ways).told(truth)
        taken = f"{said['taken']}, {said['taken wrongly']}" if "taken" in said else ""
        print(f"| {said['way']} | {said['first']} | {said['safe']} | {taken} |", flush=True)


def main() -> None:
    """Measure every level asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--signers", type=int, default=100, help="strips a draw")
    parser.add_argument("--voters", type=int, default=50_000)
    parser.add_argument("--draws", type=int, default=2)
    parser.add_argument("--seed", action="append", help="of a draw; drawn anew if none is given")
    parser.add_argument("--fonts", type=Path, default=None)
    parser.add_argument("--work", type=Path, default=Path("bench-out/strips"))
    parser.add_argument("--level", choices=get_args(Level), action="append")
    args = parser.parse_args()
    seeds = args.seed or [f"drawn-{secrets.token_hex(3)}" for _ in range(args.draws)]
    print(f"seeds {', '.join(seeds)}; {args.signers} signers a draw, roll of {args.voters:,} voters", flush=True)
    for level in args.level or get_args(Level):
        tell(level, [drawn(level, seed, args) for seed in seeds])


if __name__ == "__main__":
    main()
