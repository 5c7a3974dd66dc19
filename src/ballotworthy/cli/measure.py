"""`ballotworthy measure`: the whole road of one question on one page, and an index of several."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer

from ballotworthy.cli.options import JsonOption
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.whole import whole_file, whole_folder
from ballotworthy.measure import index_page, measure_data, measure_page, read_measure, standing_of

MARKER = "index.html"
EXAMPLES = "calexit"


def measure(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="A measure.toml; several with --all.", show_default=False),
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
    as_json: JsonOption = False,
) -> None:
    """Show the road of a question: what it asks, what happened, deadlines, support, the vote, what was said."""
    day = parse_day(on, "--on") if on else dt.datetime.now(dt.UTC).date()
    asked = paths or (shipped() if every else [])
    if not asked:
        raise InputError("name a measure.toml, or --all for the shipped measures.")
    if len(asked) > 1 and not every:
        raise InputError("several measures are shown with --all, and a folder behind -o.")
    found = [(f"{path.stem}.html", told(path, day)) for path in asked]
    if every and out:
        write_pages(found, out)
    elif out:
        with whole_file(out) as page:
            page.write_text(measure_page(found[0][1]), "utf-8")
    if as_json:
        answer = [data for _, data in found]
        typer.echo(json.dumps(answer if every else answer[0], indent=2, ensure_ascii=False))
        return
    for _, data in found:
        typer.echo(f"{data['name']}: {data['stands']} on {day}.")
        if data["next"]:
            typer.echo(f"  Next: {data['next']['what']}, {data['next']['day']} ({data['next']['source']}).")
    if out:
        typer.echo(f"Page: {out / MARKER if every else out}")


def write_pages(found: Sequence[tuple[str, dict[str, Any]]], out: Path) -> None:
    """Write a page for each measure and an index into a folder, whole or not at all."""
    with whole_folder(out, marker=MARKER) as folder:
        for name, data in found:
            (folder / name).write_text(measure_page(data), "utf-8")
        (folder / MARKER).write_text(index_page(found), "utf-8")


def told(path: Path, on: dt.date) -> dict[str, Any]:
    """Give what a page shows of a measure on a day."""
    found = read_measure(path)
    return measure_data(found, standing_of(found, on), path.parent)


def shipped() -> list[Path]:
    """Give the files of the shipped example: the Calexit measures, by their names."""
    return sorted(Path(str(files("ballotworthy") / "measures" / EXAMPLES)).glob("*.toml"))
