"""`ballotworthy simulate`: an invented roll and petition, with the truth about every line."""

from __future__ import annotations

import datetime
import json
import secrets
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console

from ballotworthy.cli.options import JsonOption
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.cells import write_table
from ballotworthy.files.whole import whole_folder
from ballotworthy.law import read_law
from ballotworthy.simulate import RATE_NAMES, Birth, Rates, Simulation, rates_from
from ballotworthy.simulate import simulate as invent

MARKER = "simulation.json"


def simulate(
    voters: Annotated[int, typer.Option(help="Voters on the roll.")],
    lines: Annotated[int, typer.Option(help="Lines of the petition, blank ones included.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write, whole or not at all.")],
    seed: Annotated[
        str, typer.Option(help="Any text; the same gives the same files. Made and printed if absent.")
    ] = "",
    place: Annotated[str, typer.Option(help="Place whose counties hold the voters.")] = "us-ca",
    on: Annotated[str, typer.Option(help="Filing day.", metavar="YYYY-MM-DD")] = "2018-04-20",
    rate: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE",
            help=f"How often something happens, 0 to 1; repeatable. Names: {', '.join(RATE_NAMES)}.",
        ),
    ] = None,
    birth: Annotated[Birth, typer.Option(help="What the sheet asks of the signer's birth.")] = "none",
    dates_required: Annotated[
        bool, typer.Option("--dates-required", help="A line without a date inside the window is lost.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Invent a roll and a petition: roll.csv, lines.csv, truth.csv, and simulation.json that says how."""
    rates = rates_from(rate or ())
    filed = parse_day(on, "--on")
    seed = seed or secrets.token_hex(8)
    with Console(stderr=True).status("Inventing a roll and a petition"):
        about = invent_into(out, voters, lines, seed, place, filed, rates, dates_required=dates_required, birth=birth)
    typer.echo(json.dumps(about, indent=2) if as_json else _in_words(about, out))


def invent_into(
    out: Path,
    voters: int,
    lines: int,
    seed: str,
    place: str,
    on: datetime.date,
    rates: Rates | None = None,
    *,
    dates_required: bool = False,
    birth: Birth = "none",
) -> dict[str, Any]:
    """Write an invented roll and petition into a folder, whole or not at all; give what simulation.json says."""
    law = read_law(place)
    strata = [(stratum.name, stratum.weight) for stratum in law.strata] or [(law.name, None)]
    chosen = rates or Rates()
    with whole_folder(out, marker=MARKER) as folder:
        made = invent(place, voters, lines, seed, on, chosen, strata=strata, dates_required=dates_required, birth=birth)
        about = _about(made, place, on, chosen, dates_required=dates_required, birth=birth)
        for name, frame in (("roll", made.roll), ("lines", made.lines), ("truth", made.truth)):
            write_table(frame, folder / f"{name}.csv")
        (folder / MARKER).write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    return about


def _about(
    made: Simulation, place: str, on: datetime.date, rates: Rates, *, dates_required: bool, birth: Birth
) -> dict[str, Any]:
    """Give the arguments and what came of them."""
    reasons = (
        made.truth.filter(pl.col("reason").is_not_null())
        .group_by("reason")
        .len()
        .sort("len", "reason", descending=True)
    )
    valid = int((made.truth["outcome"] == "valid").sum())
    return {
        "place": place,
        "on": on.isoformat(),
        "roll_taken_on": made.taken_on.isoformat(),
        "seed": made.seed,
        "voters": made.roll.height,
        "lines": made.lines.height,
        "valid": valid,
        "invalid": made.lines.height - valid,
        "reasons": dict(reasons.iter_rows()),
        "dates_required": dates_required,
        "birth": birth,
        "rates": asdict(rates),
    }


def _in_words(about: dict[str, Any], out: Path) -> str:
    """Give what a person wants to know of the new files."""
    lines, invalid = about["lines"], about["invalid"]
    share = f" ({invalid / lines:.1%})" if lines else ""
    rows = [
        f"Seed {about['seed']}: {about['voters']:,} voters, {lines:,} lines, {invalid:,} invalid{share}.",
        *(f"  {count:>9,}  {reason}" for reason, count in about["reasons"].items()),
        f"Written to {out}: roll.csv (taken on {about['roll_taken_on']}), lines.csv, truth.csv, {MARKER}.",
    ]
    return "\n".join(rows)
