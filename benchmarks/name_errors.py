"""Error rates by kind of name: a roll and a petition rich in such names, and what `check` makes of them.

    python benchmarks/name_errors.py                        400 households and lines of each kind among 20,000 voters

A line of each household (see `name_kinds.py`) stands among the lines of a simulated petition. Four in five are signed
by a voter, the others by a relative of the same kind of name and the same address who is not registered. Printed, a
row a kind: lines valid for the right voter, of those whose signer is one; lines valid for anybody else and lines left
to a person, of all; lines of a registered signer refused.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.check import check
from ballotworthy.law import Days, read_law, rules_on
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.simulate import simulate
from name_kinds import KINDS, Draw

ON = dt.date(2026, 6, 30)
SLIPS = 0.03
"""Share of names with a letter left out."""


@dataclass(frozen=True)
class Row:
    """What became of the lines of one kind, each a number of lines."""

    kind: str
    lines: int
    registered: int
    right: int
    wrong: int
    unresolved: int
    refused: int
    strangers_refused: int


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=20_000)
    parser.add_argument("--lines", type=int, default=3_000, help="lines of the simulated petition around them")
    parser.add_argument("--homes", type=int, default=400, help="households of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", help="print the lines of this kind that are wrong or refused (invented names)")
    asked = parser.parse_args()
    judged = run(asked.voters, asked.lines, asked.homes, asked.seed)
    print("| kind of name | lines | right voter | wrong voter accepted | left to a person | valid refused |")
    print("|---|---|---|---|---|---|")
    for row in rows(judged):
        print(
            f"| {row.kind} | {row.lines:,} | {row.right / max(row.registered, 1):.1%} of {row.registered:,} "
            f"| {row.wrong / row.lines:.1%} | {row.unresolved / row.lines:.1%} "
            f"| {row.refused / max(row.registered, 1):.1%} |"
        )
    if asked.show:
        with pl.Config(tbl_rows=200, fmt_str_lengths=90, tbl_width_chars=250):
            print(judged.filter((pl.col("kind") == asked.show) & (pl.col("outcome") != "unresolved")
                                & (pl.col("voter_id").is_null() | (pl.col("voter_id") != pl.col("true"))
                                   | pl.col("true").is_null()))
                  .filter((pl.col("outcome") == "valid") | pl.col("true").is_not_null())
                  .select("written", "household", "true", "outcome", "voter_id", "probability"))  # fmt: skip


def run(voters: int, lines: int, homes: int, seed: int) -> pl.DataFrame:
    """Give the lines of all kinds with `kind`, `true` (the signer's id, or null) and what `check` says of each."""
    strata = [("Oakshire", None), ("Elmshire", None)]
    made = simulate("us-ca", voters, lines, f"names {seed}", ON, strata=strata)
    roll, told = _households(made.roll, homes, np.random.default_rng(seed))
    whole = pl.concat([_as_lines(made.lines), told.select("name", "address", "city", "zip", "signed_on")])
    whole = whole.with_row_index("line", 1).with_columns(pl.lit("1").alias("sheet"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        roll.write_csv(folder / "roll.csv")
        whole.write_csv(folder / "lines.csv")
        build_roll(read_voters(folder / "roll.csv", taken_on=made.taken_on), folder / "x.roll")
        petition = read_lines(folder / "lines.csv", latest=ON)
        rules = rules_on(read_law("zz-example"), "initiative", Days(ON))
        done = check(petition, open_roll(folder / "x.roll"), rules, required=lines)
    return told.hstack(done.lines.tail(told.height).select("outcome", "reason", "voter_id", "probability", "evidence"))


def rows(judged: pl.DataFrame) -> list[Row]:
    """Count what became of the lines of each kind, in the order of `KINDS`."""
    found = []
    for kind in KINDS:
        some = judged.filter(pl.col("kind") == kind)
        true, valid = some["true"].is_not_null(), some["outcome"] == "valid"
        right = (valid & true & (some["voter_id"] == some["true"])).fill_null(value=False)
        refused = some["outcome"] == "invalid"
        found.append(
            Row(kind, some.height, int(true.sum()), int(right.sum()), int((valid & ~right).sum()),
                int((some["outcome"] == "unresolved").sum()), int((refused & true).sum()), int((refused & ~true).sum()))
        )  # fmt: skip
    return found


def _as_lines(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.select("name", "address", "city", pl.col("zip").cast(pl.String), pl.col("signed_on").cast(pl.String))


def _households(base: pl.DataFrame, homes: int, rng: np.random.Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the roll with the households added, each at a number of its own in a street of the roll, and their lines."""
    draw = Draw(rng)
    streets = base.filter(pl.col("status") == "active").to_dicts()
    voters, lines = [], []
    for number_of, (kind, make) in enumerate(KINDS.items()):
        for at in range(homes):
            home, where = make(draw), streets[int(rng.integers(len(streets)))]
            number = str(4_000 + int(rng.integers(5_000)))
            ids = [f"K{number_of}-{at}-{each}" for each in range(len(home.registered))]
            for voter, who in zip(ids, home.registered, strict=True):
                named = {
                    "voter_id": voter, "first_name": who.first, "middle_name": who.middle, "last_name": who.last,
                    "suffix": who.suffix, "former_last_name": who.former, "house_number": number, "unit": None,
                    "registration_date": "2010-03-01", "birth_date": "1970-01-15",
                }  # fmt: skip
                voters.append(where | named)
            street = (where[name] for name in ("pre_direction", "street_name", "street_type"))
            lines.append({
                "kind": kind, "true": None if home.signer is None else ids[home.signer],
                "household": " / ".join(
                    f"{who.last}, {who.first} {who.middle} {who.suffix}".strip() for who in home.registered
                ),
                "written": home.written, "name": home.written if home.signer is None else _slipped(draw, home.written),
                "address": " ".join(str(part) for part in (number, *street) if part),
                "city": where["city"], "zip": None if draw.chance(0.1) else str(where["zip"]),
                "signed_on": "2026-05-01",
            })  # fmt: skip
    texts = base.with_columns(pl.all().cast(pl.String)).with_columns(pl.lit(None, pl.String).alias("former_last_name"))
    added = pl.DataFrame(voters, infer_schema_length=None).select(pl.all().cast(pl.String)).select(texts.columns)
    return pl.concat([texts, added]), pl.DataFrame(lines, infer_schema_length=None)


def _slipped(draw: Draw, name: str) -> str:
    at = int(draw.rng.integers(1, len(name)))
    return name[:at] + name[at + 1 :] if draw.chance(SLIPS) and name[at].isalpha() else name


if __name__ == "__main__":
    main()
