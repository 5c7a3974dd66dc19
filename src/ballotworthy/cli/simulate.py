"""`ballotworthy simulate`: an invented roll and petition, with the truth about every line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from ballotworthy.cli.days import today
from ballotworthy.cli.held import complete_place
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.files.choices import Birth, Level
from ballotworthy.files.json_text import json_text
from ballotworthy.files.quantities import quantity
from ballotworthy.simulate.rates import RATE_NAMES


def simulate(
    voters: Annotated[int, typer.Option(help="Voters on the roll.")],
    lines: Annotated[int, typer.Option(help="Lines of the petition, blank ones included.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write, whole or not at all.")],
    seed: Annotated[
        str, typer.Option(help="Any text; the same gives the same files. Made and printed if absent.")
    ] = "",
    place: Annotated[
        str, typer.Option(help="Place whose counties hold the voters.", autocompletion=complete_place)
    ] = "us-ca",
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
        bool,
        typer.Option(
            "--dates-required", help="A line without a date inside the window is lost, whatever the law says."
        ),
    ] = False,
    sheets: Annotated[
        int, typer.Option(min=0, help="Draw scans of so many sheets, filled by invented hands, into the folder scans.")
    ] = 0,
    level: Annotated[Level, typer.Option(help="How badly these sheets are written and scanned.")] = "middle",
    fonts: Annotated[
        Path | None, typer.Option(help="Folder of handwriting fonts; those of installed packages if absent.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Invent a roll and a petition: roll.csv, lines.csv, truth.csv, and simulation.json that says how."""
    from ballotworthy.simulate.rates import rates_from
    from ballotworthy.verbs.simulate import simulate_petition

    rates = rates_from(rate or ())
    with SafeConsole(stderr=True).status("Inventing a roll and a petition"):
        about = simulate_petition(
            out, voters=voters, lines=lines, seed=seed, place=place, on=on, rates=rates,
            dates_required=dates_required, birth=birth, sheets=sheets, level=level, fonts=fonts,
        ).to_dict()  # fmt: skip
    typer.echo(json_text(about) if as_json else _in_words(about, out, today()))


def _in_words(about: dict[str, Any], out: Path, now: dt.date) -> str:
    """Give what a person wants to know of the new files."""
    from ballotworthy.verbs.simulate import MARKER

    lines, invalid, taken_on = about["lines"], about["invalid"], dt.date.fromisoformat(about["roll_taken_on"])
    filed = dt.date.fromisoformat(about["on"])
    share = f" ({invalid / lines:.1%})" if lines else ""
    rows = [
        f"Seed {about['seed']}: {quantity(about['voters'], 'voter')}, {quantity(lines, 'line')}, "
        f"{invalid:,} invalid{share}.",
        *(f"  {count:>9,}  {reason}" for reason, count in about["reasons"].items()),
        f"Written to {out}: roll.csv (taken on {about['roll_taken_on']}), lines.csv, truth.csv, {MARKER}.",
        *(
            [f"That day is to come. For a case of today give --on {now - (taken_on - filed)}."]
            if taken_on > now
            else []
        ),
        *(
            [f"Scans of {quantity(about['sheets'], 'sheet')} ({about['level']}) in {out / 'scans'}."]
            if "sheets" in about
            else []
        ),
    ]
    return "\n".join(rows)
