"""Wards and circulators' declarations on scans of sheets: how many are read right, read wrong and left open.

    python benchmarks/wards_declared.py --level middle --sheets 10 --seed SEED --fonts FOLDER

Sheets are the District of Columbia's draft, 20 lines of signers on the front, the declaration on the back, filled by
invented hands as `simulate --sheets` fills our plain form. Voters of a street have a ward, so a sheet shows several,
and a share of signers writes another ward than the roll's (`OTHER`). What counts is the ward that was written: "right"
is that one taken, "wrong" another one, "open" none. Of the declaration a share is not signed (`UNSIGNED`); its days are
"right" where the text as read means the day that was written and no other, "wrong" where it means another alone, "open"
where it means none or several.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import secrets
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
import polars as pl
import pypdfium2
from PIL import Image

from ballotworthy.check.seen_days import with_seen_days
from ballotworthy.check.seen_declared import declared_days
from ballotworthy.check.seen_wards import with_seen_wards
from ballotworthy.files.written_days import Near, readings
from ballotworthy.law import Days, read_law, rules_on
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.petition.strata import stratum_column
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.scan.declared import DATED, SIGNED, UNTIL, declaration_of
from ballotworthy.sheets import Form, form_of, print_sheets
from ballotworthy.sheets.measure_text import MeasureText
from ballotworthy.simulate.draws import stream
from ballotworthy.simulate.hands import fonts_in, invent_hand, sign, write
from ballotworthy.simulate.scans import CAPTION, DPI, HANDWRITING, LEVELS, Level, Spoiled, scanned
from ballotworthy.verbs.sheets_read import read_scans
from ballotworthy.verbs.simulate import simulate_petition
from ways import share

FILED, OPENED = dt.date(2018, 4, 20), dt.date(2017, 10, 22)
NEAR = Near(FILED, FILED)
WARDS = 8
OTHER = 0.05
"""Share of signers who write another ward than the roll's; a guess."""
UNSIGNED = 0.2
MEASURE = MeasureText(
    "An invented measure.",
    "Nobody proposes it; its signers are invented.",
    text="A text.",
    identifier="1",
    more=(("paid_for_by", "Nobody, 1 Oak St"),),
)


@dataclass(frozen=True)
class Sheet:
    """What stands on a sheet: per line the ward, and of the declaration whether it is signed and its days."""

    wards: Sequence[str]
    signed: bool
    begun: dt.date
    until: dt.date
    dated: dt.date


def short(day: dt.date) -> str:
    """Give a day as people of the District write it."""
    return f"{day.month}/{day.day}/{day.year % 100:02}"


def put(paper: np.ndarray, drawn: np.ndarray, x: float, y: float, spoiled: Spoiled, rng: np.random.Generator) -> None:
    """Lay what a hand wrote on the paper, its top left in points, as faint as its pen is."""
    ink = (255 - (255 - drawn.astype(np.float32)) * rng.uniform(spoiled.faint, 1.0)).astype(np.uint8)
    top, left = round(y * DPI / 72), round(x * DPI / 72 + abs(rng.normal(0, 6)))
    part = paper[max(0, top) : top + ink.shape[0], left : left + ink.shape[1]]
    np.minimum(part, ink[: part.shape[0], : part.shape[1]], out=part)


def filled_front(
    paper: np.ndarray, form: Form, people: Sequence[dict[str, str]], spoiled: Spoiled, fonts: Sequence[Path],
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Fill the lines of a sheet."""
    for number, person in enumerate(people):
        hand = invent_hand(fonts, spoiled.loose, rng)
        for cell in form.cells:
            text = person["name"] if cell.field == "signature" else person.get(cell.field, "")
            if not text:
                continue
            width = int((cell.width - 8) * DPI / 72)
            drawn = (sign if cell.field == "signature" else write)(text, hand, width, HANDWRITING, rng)
            y = form.top + number * form.row + cell.y + CAPTION
            put(paper, drawn, cell.x + 4, y + rng.normal(0, 0.7 * spoiled.loose), spoiled, rng)


def filled_back(
    paper: np.ndarray, form: Form, sheet: Sheet, spoiled: Spoiled, fonts: Sequence[Path], rng: np.random.Generator
) -> None:
    """Fill the declaration of a sheet, in one hand."""
    hand, declaration = invent_hand(fonts, spoiled.loose, rng), declaration_of(form)
    texts = {SIGNED: "Ann Gray" if sheet.signed else "", DATED: short(sheet.dated), UNTIL: short(sheet.until)}
    for blank in declaration.blanks if declaration else ():
        rest = {"printed name": "Ann Gray", "were obtained between": short(sheet.begun)}
        text = texts.get(blank.kind, rest.get(blank.words, "12 Oak St"))
        if text:
            width = int((blank.right - blank.left - 8) * DPI / 72)
            drawn = (sign if blank.kind == SIGNED else write)(text, hand, width, HANDWRITING, rng)
            put(paper, drawn, blank.left + 4, blank.line - drawn.shape[0] * 72 / DPI, spoiled, rng)


def drawn(
    folder: Path, level: Level, seed: str, sheets: int, voters: int, fonts: Sequence[Path]
) -> tuple[Form, list[Sheet]]:
    """Draw sheets and a roll into a folder, and give what stands on them."""
    form, spoiled, rng = form_of("us-dc", "initiative"), LEVELS[level], stream(seed, "wards")
    simulate_petition(folder / "drawn", voters=voters, lines=2 * form.rows * sheets, seed=seed)
    table = pl.read_csv(folder / "drawn" / "roll.csv", infer_schema=False)
    ward = (pl.col("street_name").rank("dense") * 7 % WARDS + 1).cast(pl.Int64).cast(pl.String)
    table = table.with_columns(ward=ward)
    table.write_csv(folder / "roll.csv")
    build_roll(read_voters(folder / "roll.csv", taken_on=dt.date(2018, 5, 18)), folder / "voters.roll")
    of = dict(table.select("voter_id", "ward").iter_rows())
    truth = pl.read_csv(folder / "drawn" / "truth.csv", infer_schema=False).select("sheet", "line", "voter_id")
    lines = pl.read_csv(folder / "drawn" / "lines.csv", infer_schema=False).join(truth, on=["sheet", "line"])
    people = [row for row in lines.fill_null("").to_dicts() if row["name"] and row["address"] and not row["struck"]]
    document = pypdfium2.PdfDocument(print_sheets(form, MEASURE, 1, sheets))
    found: list[Sheet] = []
    (folder / "scans").mkdir()
    for number in range(sheets):
        mine = people[number * form.rows : (number + 1) * form.rows]
        days = sorted(OPENED + dt.timedelta(int(each)) for each in rng.integers(0, 180, 1) + rng.integers(0, 6, 20))
        written = []
        for person, day in zip(mine, days, strict=True):
            own = of.get(person["voter_id"], str(rng.integers(1, WARDS + 1)))
            person["ward"] = str(rng.integers(1, WARDS + 1)) if rng.random() < OTHER else own
            person["signed_on"] = short(day)
            written.append(person["ward"])
        made = days[-1] + dt.timedelta(int(rng.integers(0, 5)))
        found.append(Sheet(written, bool(rng.random() >= UNSIGNED), days[0], days[-1], made))
        for side in (0, 1):
            page = document[2 * number + side].render(scale=DPI / 72, grayscale=True).to_numpy()
            paper = np.ascontiguousarray(page.reshape(page.shape[:2]))
            if side:
                filled_back(paper, form, found[-1], spoiled, fonts, rng)
            else:
                filled_front(paper, form, mine, spoiled, fonts, rng)
            scan = Image.fromarray(scanned(paper, spoiled, rng))
            scan.save(folder / "scans" / f"{number + 1:03}-{side}.jpg", quality=spoiled.jpeg)
    return form, found


def ward_counts(folder: Path, sheets: Sequence[Sheet]) -> Counter[str]:
    """Give how many wards were taken right, taken wrong and left open, and rows that were lost."""
    roll = open_roll(folder / "voters.roll")
    petition = with_seen_wards(lines_of(folder / "read").read(dt.date(2019, 4, 20), FILED, "us-dc"), roll)
    heading = stratum_column(petition.given.columns, "ward", petition.columns)
    ids = petition.frame.select("sheet", "line").iter_rows()
    taken = dict(zip(ids, petition.given[heading or "ward"].cast(pl.String).to_list(), strict=True))
    counts: Counter[str] = Counter()
    for number, sheet in enumerate(sheets, 1):
        for line, ward in enumerate(sheet.wards, 1):
            if (key := (str(number), str(line))) in taken:
                counts["open" if not taken[key] else "right" if taken[key] == ward else "wrong"] += 1
            else:
                counts["lost"] += 1
    return counts


def declared_counts(
    pages: Iterable[dict[str, object]], sheets: Sequence[Sheet], shown: Mapping[tuple[str, str], Sequence[dt.date]]
) -> dict[str, Counter[str]]:
    """Give how many declarations were told signed or not, rightly and wrongly, and how their days were read."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seen = {page["sheet"]: page["declaration"] for page in pages if isinstance(page.get("declaration"), dict)}
    for number, sheet in enumerate(sheets, 1):
        told = seen.get(number)
        if not isinstance(told, dict):
            for each in ("signed" if sheet.signed else "unsigned", "date", "last day"):
                counts[each]["lost"] += 1
            continue
        counts["signed" if sheet.signed else "unsigned"]["right" if told["signed"] == sheet.signed else "wrong"] += 1
        for name, key, day in (("date", "dated", sheet.dated), ("last day", "until", sheet.until)):
            read = readings(told.get(key) or "", NEAR).month_first
            counts[name]["open" if read is None else "right" if read == day else "wrong"] += 1
            days = shown.get((str(number), key), ())
            by_list = f"{name}, by the lawful days"
            counts[by_list]["open" if len(days) != 1 else "right" if days[0] == day else "wrong"] += 1
            counts[f"{name}, among those left"]["right" if day in days else "none left" if not days else "wrong"] += 1
    return counts


def days_shown(folder: Path) -> Mapping[tuple[str, str], Sequence[dt.date]]:
    """Give the days that the declarations may show, where signers may sign from `OPENED` to `FILED`."""
    rules = rules_on(read_law("us-dc"), "initiative", Days(FILED))
    petition = lines_of(folder / "read").read(dt.date(2019, 4, 20), FILED, "us-dc")
    return declared_days(with_seen_days(petition, rules), rules)


def told(counts: Counter[str]) -> str:
    """Give counts with their shares."""
    return ", ".join(f"{name} {share(counts[name], counts.total())}" for name in counts)


def main() -> None:
    """Draw, read and count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sheets", type=int, default=5, help="of twenty lines, a level")
    parser.add_argument("--voters", type=int, default=20_000)
    parser.add_argument("--seed", default=f"drawn-{secrets.token_hex(3)}")
    parser.add_argument("--fonts", type=Path, default=None)
    parser.add_argument("--work", type=Path, default=Path("bench-out/wards"))
    parser.add_argument("--level", choices=get_args(Level), action="append")
    args = parser.parse_args()
    fonts = fonts_in(args.fonts)
    print(f"seed {args.seed}, {args.sheets} sheets a level, roll of {args.voters:,} voters, {len(fonts)} hands")
    for level in args.level or get_args(Level):
        folder = args.work / f"{level}-{args.seed}-{args.sheets}"
        form, sheets = drawn(folder, level, args.seed, args.sheets, args.voters, fonts)
        read_scans(sorted((folder / "scans").iterdir()), folder / "read", place="us-dc", kind="initiative")
        print(f"{level}: {len(sheets) * form.rows} wards: {told(ward_counts(folder, sheets))}")
        pages = json.loads((folder / "read" / "sheets.json").read_text())["pages"]
        for name, counts in declared_counts(pages, sheets, days_shown(folder)).items():
            print(f"  declaration, {name}: {told(counts)}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
