"""`ballotworthy demo`: the main job on an invented petition shaped after Calexit.

The initiative of 2018 needed 585,407 signatures (8% of the votes for governor in 2014). The demo keeps the
shape and shrinks the size: 200,000 invented voters in place of California's 19 million, and the requirement
in the same proportion.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ballotworthy.cli.check import GRACE, check_into, show
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.progress import say_if_cold
from ballotworthy.cli.simulate import invent_into
from ballotworthy.law import read_law, rules_on
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, open_roll, read_voters

PLACE, KIND, FILED = "us-ca", "amendment", "2018-04-20"
VOTERS, LINES = 200_000, 8_700
SCALE = 95
REQUIRED = -(-585_407 // SCALE)


def demo(
    folder: Annotated[Path, typer.Argument(help="Folder to write into.")] = Path("demo-out"),
    seed: Annotated[str, typer.Option(help="Seed of the invention.")] = "calexit",
    as_json: JsonOption = False,
) -> None:
    """Invent a roll and a petition, check it, and say where the report is."""
    say_if_cold()
    day = dt.date.fromisoformat(FILED)
    console = Console(stderr=True, highlight=False)
    console.print(f"1 of 3: inventing {VOTERS:,} voters and {LINES:,} lines, seed {seed} ...")
    invented = folder / "invented"
    about = invent_into(invented, VOTERS, LINES, seed, PLACE, day)
    console.print("2 of 3: building the roll ...")
    roll = folder / "voters.roll"
    build_roll(read_voters(invented / "roll.csv", taken_on=dt.date.fromisoformat(about["roll_taken_on"])), roll)
    console.print(f"3 of 3: checking against the law of {PLACE}, {KIND}, on {FILED} ...")
    rules = rules_on(read_law(PLACE), KIND, day)
    petition = read_lines(invented / "lines.csv", latest=day + GRACE)
    answer = check_into(folder / "check", petition, open_roll(roll), rules, required=REQUIRED, seed=seed)
    if as_json:
        typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
        return
    show(answer, folder / "check", Console())
    typer.echo(f"Truth of this invention: {about['valid']:,} valid lines. Requirement: 585,407 / {SCALE}, rounded up.")
