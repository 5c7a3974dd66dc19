"""Forms that nobody here drew: rows found and names read, by kind of form and by noise.

Each form is learned from one blank copy, then read filled. Forms, hands and noise are those of tests/foreign.py, which
does not know the reader; of its hands those are used whose fonts are installed (`pip install fontpkg-caveat ...`).

    python benchmarks/foreign_forms.py --level middle --pages 1 --seed 100
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import foreign
from ballotworthy.sheets.labels import UNKNOWN
from ballotworthy.verbs.sheets_learn import learn_form
from ballotworthy.verbs.sheets_read import read_scans


def alike(one: str | None, other: str) -> bool:
    """Tell whether a text is as written, but for case, spaces and what stands between words."""
    plain = ["".join(each for each in (text or "").casefold() if each.isalnum()) for text in (one, other)]
    return plain[0] == plain[1]


def main() -> None:
    """Print a row a kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--level", choices=[*foreign.NOISE], default="middle")
    parser.add_argument("--pages", type=int, default=1)
    parser.add_argument("--seed", type=int, default=100)
    parser.add_argument("--kind", choices=[*foreign.KINDS], action="append")
    given = parser.parse_args()
    print(f"level {given.level}, seed {given.seed}, {given.pages} pages a kind, {len(foreign.hands())} hands")
    print("kind         learned  states   rows  names  addresses  seconds a row")
    total = [0, 0, 0, 0, 0]
    for number, name in enumerate(given.kind or foreign.KINDS):
        counts, seconds, learned = measured(name, given.level, given.pages, given.seed + 1000 * number)
        states, rows, names, addresses, signed = counts
        total = [a + b for a, b in zip(total, counts, strict=True)]
        print(
            f"{name:<12} {learned:<8} {states:>6}/{rows:<5} {names:>5}/{signed:<4} {addresses:>5}/{signed:<4} "
            f"{seconds / max(1, rows):6.2f}",
            flush=True,
        )
    states, rows, names, addresses, signed = total
    shares = f"{names / signed:.1%} of names, {addresses / signed:.1%} of addresses"
    print(f"all: {states / rows:.1%} of rows in their state, {shares}")


def measured(name: str, level: str, pages: int, seed: int) -> tuple[list[int], float, str]:
    """Give rows in their state, rows, names and addresses as written and signers; seconds; how much was learned."""
    kind = foreign.KINDS[name]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        foreign.spoiled(foreign.blank(kind), "easy", seed, quarter=seed % 4).save(folder / "blank.png")
        found = learn_form(folder / "blank.png", folder / "form.toml")
        wanted = [
            {"last-first": "name", "address-city-zip": "address"}.get(each.field, each.field) for each in kind.boxes
        ]
        right = sum(one == other for (_, one), other in zip(found.columns, wanted, strict=False))
        unsure = sum(field == UNKNOWN for _, field in found.columns)
        learned = f"{right}/{len(wanted)}" + (f" {unsure}?" if unsure else "")
        if unsure or right < len(wanted) or found.rows != kind.rows:
            (folder / "form.toml").write_text(foreign.described(kind))  # as a person would correct it
        signed, scans = [], []
        for page in range(pages):
            people = foreign.people(kind.rows - 2, seed + page)
            written = [*people[:2], {}, *people[2:], {}]
            scan = foreign.spoiled(
                foreign.filled(kind, written, seed + page, level), level, seed + page + 1, quarter=(seed + page) % 4
            )
            scans.append(folder / f"{page}.png")
            scan.save(scans[-1])
            signed += written
        start = time.perf_counter()
        read_scans(scans, folder / "out", form=folder / "form.toml")
        seconds = time.perf_counter() - start
        lines = pl.read_csv(folder / "out" / "lines.csv", infer_schema=False).to_dicts()
    lines += [{"row_state": "lost"}] * (len(signed) - len(lines))
    states = sum((line["row_state"] == "written") == bool(person) for line, person in zip(lines, signed, strict=True))
    pairs = [(line, person) for line, person in zip(lines, signed, strict=True) if person]
    names = sum(alike(line.get("name"), person["name"]) for line, person in pairs)
    addresses = sum(alike(line.get("address"), person["address"]) for line, person in pairs)
    return [states, len(signed), names, addresses, len(pairs)], seconds, learned


if __name__ == "__main__":
    main()
