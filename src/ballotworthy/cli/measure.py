"""`ballotworthy measure`: the whole road of one question on one page, and an index of several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ballotworthy.cli.held import complete_toml
from ballotworthy.cli.options import CsvOption, IcsOption, JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.dated_rows import write_csv, write_ics


def measure(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...",
            help="A measure.toml; several with --all.",
            show_default=False,
            autocompletion=complete_toml,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The page to write; with --all a folder.", show_default=False)
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Where it stood on that day; today if absent.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="A page each and an index; the shipped Calexit measures if no file is named.")
    ] = False,
    csv: CsvOption = None,
    ics: IcsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the road of a question: what it asks, what happened, deadlines, support, the vote, what was said."""
    from ballotworthy.verbs.measure import MARKER, measure_days, shipped_measures, show_measure, write_page, write_pages

    today = dt.datetime.now(dt.UTC).date()
    day = parse_day(on, "--on") if on else today
    asked = paths or (shipped_measures() if every else [])
    if not asked:
        raise InputError("name a measure.toml, or --all for the shipped measures.")
    if len(asked) > 1 and not every:
        raise InputError("several measures are shown with --all, and a folder behind -o.")
    found = [show_measure(path, day, today) for path in asked]
    if every and out:
        write_pages(found, out)
    elif out:
        write_page(found[0], out)
    write_csv(measure_days(found), csv)
    write_ics(measure_days(found), ics, found[0].measure.name if len(found) == 1 else "Measures")
    if as_json:
        answer = [each.data for each in found]
        print_json(answer if every else answer[0])
        return
    for each in found:
        data = each.data
        typer.echo(f"{data['name']}, on {day}: {data['stands']}.")
        if data["next"]:
            typer.echo(f"  Next: {data['next']['what']}, {data['next']['day']} ({data['next']['source']}).")
        for vote in data["votes"]:
            if vote["judged"]:
                typer.echo(f"  {vote['what']}: {vote['judged']['outcome']} by its own rule ({vote['rule']}).")
        if data["convention"]:
            typer.echo(f"  Convention: {_convention(data['convention'])}")
    if out:
        typer.echo(f"Page: {out / MARKER if every else out}")


def _convention(told: Mapping[str, Any]) -> str:
    """Give how far the convention is: on its subject, or, where no state has asked for that, on any."""
    row = told["rows"][0 if told["subject"] else -2]
    many = f"{row['count']}" if row["count"] == row["count_high"] else f"{row['count']} to {row['count_high']}"
    said = f"{many} states ask, and {row['needed']} are needed, for {row['words']}."
    if told["subject"]:
        return said
    return f"no application on its subject is held; {said} The table is not known to be complete for all subjects."
