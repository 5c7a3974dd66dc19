"""Accuracy on invented petitions: this project, Splink 4 and, on small rolls, RapidFuzz over everything.

    python benchmarks/accuracy.py                     100,000 voters, 10,000 lines, twelve cells; a quarter of an hour
    python benchmarks/accuracy.py --voters 20000 --lines 2000 --noise middle

Three noise levels, with and without birth dates, in two worlds (see `two_worlds.py`). All programs answer the same
question: the one voter who most likely signed each line, and how sure that is.

Splink gets the columns cleaned by this project, and stands in three rows: as it is; "shared", its weights made one
probability that a line's candidates share, which its user would have to do; and "taught", with its `m` taken from
500 lines whose voter it is told, since without labels and birth dates its training takes the household for the person.

What is taken automatically is judged as `check` judges it: by the probability that this voter signed, times that of the
address being that voter's own.

RapidFuzz compares each line with every voter, so nobody is lost for want of a shared key: a ceiling for searching,
though not for weighing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

import splink_peer
from ballotworthy.check.outcomes import same_address
from ballotworthy.match import weigh_pairs
from ballotworthy.roll.people import plain_people
from curves import PRECISIONS, recalls
from identifiable import identifiable
from ours import Ours, match_files
from two_worlds import NOISE, World, other, simulated

AUTOMATIC = (0.8, 0.95, 0.99)
MOST_WRONG = 0.001
LABELS = 500
"""Lines whose true voter Splink is told in the variant that is taught; a clerk's day of work."""
SAMPLED = 2e6
"""Random pairs on which Splink estimates `u`: twice its default; a hundred of them agree in a whole address."""
BIRTHS = ("none", "date")
HEAD = f"| roll | noise | birth | program | {' | '.join(f'{each:.1%}' for each in PRECISIONS)} |"
RULE = f"|{'---|' * (4 + len(PRECISIONS))}"


def main() -> None:
    """Print recall at each precision, a row a program, and what is found and wrong at automatic thresholds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=100_000)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--small", type=int, default=8_000, help="voters of the small rolls; an eighth as many lines")
    parser.add_argument("--noise", choices=NOISE, action="append", help="only this level; repeatable")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="leave Splink out")
    asked = parser.parse_args()
    begin = time.perf_counter()
    found: list[str] = []
    print(f"Recall of signers on the roll, at a precision of ({asked.voters:,} voters, {asked.lines:,} lines)\n")
    print(f"{HEAD}\n{RULE}")
    for noise in asked.noise or NOISE:
        for birth in BIRTHS:
            for world in both(asked.voters, asked.lines, noise, birth, asked.seed):
                found += _cell(world, noise, birth, full_scan=False, alone=asked.alone)
    if asked.small:
        print(f"\nThe same on small rolls ({asked.small:,} voters, {asked.small // 8:,} lines), beside the full scan\n")
        print(f"{HEAD}\n{RULE}")
        for birth in BIRTHS:
            for world in both(asked.small, asked.small // 8, "middle", birth, asked.seed + 100):
                _cell(world, "middle", birth, full_scan=True, alone=asked.alone)
    print("\nIdentifiable signers found by this project as the right voter, and wrong voters among those taken\n")
    heads = " | ".join(f"found at {each} | wrong" for each in AUTOMATIC)
    print(f"| roll | noise | birth | identifiable | {heads} | found with at most {MOST_WRONG:.1%} wrong |")
    print(f"|{'---|' * (5 + 2 * len(AUTOMATIC))}")
    print("\n".join(found))
    print(f"\n{time.perf_counter() - begin:,.0f} s")


def both(voters: int, lines: int, noise: str, birth: str, seed: int) -> tuple[World, World]:
    """Give the two worlds of a cell."""
    kind = "none" if birth == "none" else "date"
    one = simulated(voters, lines, noise, kind, f"accuracy {seed} {noise} {birth}")
    return one, other(voters, lines, noise, kind, seed)


def run(world: World) -> tuple[Ours, pl.DataFrame, pl.DataFrame, pl.Series]:
    """Match a world with this project; give that, lines and voters in plain form, and the lines' own numbers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world.roll.write_csv(folder / "roll.csv")
        world.lines.write_csv(folder / "lines.csv")
        done = match_files(folder / "roll.csv", folder / "lines.csv", folder / "x.roll", world.taken_on, lenient=True)
        voters = done.roll.voters.collect()
    return (
        done,
        plainly(done.lines),
        plainly(voters),
        pl.Series(range(len(world.lines)), dtype=pl.Int64).cast(pl.String),
    )


def plainly(frame: pl.DataFrame) -> pl.DataFrame:
    """Give people in plain form as texts, "" where nothing stands; `birth` as YYYY-MM-DD."""
    plain = plain_people(frame)
    day = frame["birth_date"].cast(pl.String).fill_null("") if "birth_date" in frame.columns else ""
    return plain.select(
        "first", "middle", "last", "suffix", "unit", "city", "street",
        *(pl.when(pl.col(name) > 0).then(pl.col(name).cast(pl.String)).otherwise(pl.lit("")).alias(name)
          for name in ("number", "zip")),
        pl.lit(day).alias("birth"),
    )  # fmt: skip


def as_splink(plain: pl.DataFrame, ids: pl.Series) -> object:
    """Give a table for Splink: null where nothing stands."""
    named = plain.rename({"birth": "birth_date"}).with_columns(unique_id=ids)
    return named.with_columns(pl.when(pl.col(pl.String) != "").then(pl.col(pl.String)).name.keep()).to_pandas()


def _cell(world: World, noise: str, birth: str, *, full_scan: bool, alone: bool) -> list[str]:
    done, lines, voters, numbers = run(world)
    programs = {"Ballotworthy": done.best}
    if not alone:
        programs |= _by_splink(lines, voters, numbers, done.ids, world.voters, birth)
    if full_scan:
        programs |= everything(lines, voters, done.ids)
    for program, best in programs.items():
        figures = " | ".join(f"{recall:.2%}" for recall in recalls(best, world.voters))
        print(f"| {world.name} | {noise} | {birth} | {program} | {figures} |", flush=True)
    rows = {voter: row for row, voter in enumerate(done.ids)}
    signer = np.array([rows.get(voter, -1) for voter in world.voters])
    told = identifiable(lines, voters, signer) & world.settled.to_numpy()
    right = (done.best["voter"] == world.voters).fill_null(value=False).to_numpy()
    levels = weigh_pairs(done.matches, done.roll, 0)[0]
    chance = done.best["score"].to_numpy() * same_address(done.matches, done.roll, levels)[:, 0]
    figures = []
    for threshold in AUTOMATIC:
        taken = chance >= threshold
        figures.append(f"{(told & taken & right).sum() / told.sum():.2%} | {(taken & ~right).sum() / taken.sum():.2%}")
    least = _threshold(chance, right)
    at_most = (told & (chance >= least) & right).sum() / told.sum()
    last = f"{at_most:.2%} (from {least:.4f})"
    return [f"| {world.name} | {noise} | {birth} | {told.sum():,} | {' | '.join(figures)} | {last} |"]


def _by_splink(
    lines: pl.DataFrame, voters: pl.DataFrame, numbers: pl.Series, ids: pl.Series, truth: pl.Series, birth: str
) -> dict[str, pl.DataFrame]:
    model = splink_peer.petition_model(birth)
    tables = as_splink(lines, numbers), as_splink(voters, ids)
    known = pl.DataFrame({"line": numbers, "voter": truth}).drop_nulls()
    linked = splink_peer.link(*tables, model, most_pairs=SAMPLED)
    taught = splink_peer.link(*tables, model, most_pairs=SAMPLED, labels=known.sample(min(LABELS, len(known)), seed=1))
    return {
        "Splink": splink_peer.in_order(linked, numbers),
        "Splink, shared": splink_peer.in_order(linked, numbers, "shared"),
        "Splink, taught, shared": splink_peer.in_order(taught, numbers, "shared"),
    }


def _threshold(chance: np.ndarray, right: np.ndarray) -> float:
    """Give the lowest probability from which at most `MOST_WRONG` of the lines taken are wrong."""
    order = np.argsort(-chance, kind="stable")
    last = np.r_[np.diff(chance[order]) != 0, True]
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(last & (wrong <= MOST_WRONG))
    return float(chance[order][good[-1]]) if len(good) else float("inf")


def everything(lines: pl.DataFrame, voters: pl.DataFrame, ids: pl.Series) -> dict[str, pl.DataFrame]:
    """Compare every line with every voter by RapidFuzz: name, address and town, and the birth date where asked.

    What is missing on either side does not count. The threshold is on the score, or on its lead over the second.
    """
    parts = {
        "name": (0.5, pl.concat_str("first", "last", separator=" ")),
        "address": (0.3, pl.concat_str("number", "street", "unit", separator=" ")),
        "town": (0.1, pl.concat_str("zip", "city", separator=" ")),
        "birth": (0.3, pl.col("birth")),
    }
    total = np.zeros((lines.height, voters.height), np.float32)
    weight = np.zeros_like(total)
    for share, text in parts.values():
        mine, theirs = (
            frame.select(text.str.strip_chars()).to_series().to_list() for frame in (lines, voters)
        )  # fmt: skip
        alike = process.cdist(mine, theirs, scorer=fuzz.token_sort_ratio, dtype=np.float32, workers=-1)
        there = np.outer([bool(one) for one in mine], [bool(one) for one in theirs])
        total += share * alike * there
        weight += share * there
    score = total / np.maximum(weight, 0.1)
    top = score.argmax(axis=1)
    best = score[np.arange(len(score)), top]
    second = np.partition(score, -2, axis=1)[:, -2]
    voter = ids[top]
    return {
        "RapidFuzz over everything": pl.DataFrame({"voter": voter, "score": best}),
        "RapidFuzz over everything, by lead": pl.DataFrame({"voter": voter, "score": best + 3 * (best - second)}),
    }


if __name__ == "__main__":
    main()
