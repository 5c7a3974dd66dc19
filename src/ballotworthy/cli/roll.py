"""`ballotworthy roll`: build a snapshot from a voter file, and find voters in it."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from ballotworthy.cli.days import today
from ballotworthy.cli.held import complete_place
from ballotworthy.cli.options import DatesOption, JsonOption, LenientOption, MapOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.progress import compile_if_cold, shown
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.errors import InputError
from ballotworthy.files.columns import columns_told, parse_map
from ballotworthy.files.quantities import quantity, were

if TYPE_CHECKING:
    from ballotworthy.roll import Voters

StatusOption = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="CODE=STANDING",
        help="What a status code means: active, inactive, cancelled or pending (not registered on the day); "
        "repeatable. Example: --status P=cancelled.",
    ),
]
HeadingOption = Annotated[
    bool, typer.Option("--heading/--no-heading", help="Whether the file begins with a heading line.")
]
app = typer.Typer(no_args_is_help=True, help="The voter register: build a snapshot, find voters.")
SHOWN = ("voter_id", "name", "address", "born", "registered", "status")


RESIDENCE = (
    "house_number",
    "pre_direction",
    "street_name",
    "street_type",
    "post_direction",
    "unit",
    "city",
    "zip",
)


def builder(clock: Callable[[], dt.date]) -> Callable[..., None]:
    """Give the `build` verb with the clock it asks for the day when the user does not tell it."""

    def build(
        voters: Annotated[
            Path, typer.Argument(help="The voter file: CSV, Parquet, a spreadsheet.", show_default=False)
        ],
        out: Annotated[
            Path | None,
            typer.Option(
                "-o",
                "--out",
                help="The snapshot folder to write; named after the voter file, FILE.roll in this folder, if absent.",
                show_default=False,
            ),
        ] = None,
        place: Annotated[
            str | None,
            typer.Option(
                help="Whose voter file it is; its roll.toml names the columns.", autocompletion=complete_place
            ),
        ] = None,
        taken_on: Annotated[
            str | None,
            typer.Option(
                metavar="YYYY-MM-DD",
                help="Day it was taken from the register; if absent, what its name says, or today with a warning.",
            ),
        ] = None,
        mapping: MapOption = None,
        status: StatusOption = None,
        heading: HeadingOption = True,
        lenient: LenientOption = False,
        dates: DatesOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Turn a voter file into a snapshot with an index, whole or not at all."""
        from ballotworthy.roll.statuses import parse_statuses
        from ballotworthy.roll.taken_day import day_in_name
        from ballotworthy.verbs.roll import build_snapshot

        compile_if_cold()
        out = out or _beside(voters)
        if not (taken_on or as_json or day_in_name(voters.name, clock())):
            taken_on = _asked(clock)
        with shown() as progress:
            done = build_snapshot(
                voters,
                out,
                today=clock(),
                place=place,
                taken_on=taken_on,
                map=parse_map(mapping or ()),
                statuses=parse_statuses(status or ()),
                heading=heading,
                lenient=lenient,
                dates=dates,
                progress=progress,
            )
        if as_json:
            print_json(done.to_dict())
            return
        read = done.voters
        typer.echo(f"{out}: {quantity(read.frame.height, 'voter')}, taken on {read.taken_on.isoformat()}.")
        for words in (
            *columns_told(read.columns, read.unused, read.joined, read.kept),
            *_statuses_told(read),
            *done.remarks,
        ):
            typer.echo(words)
        if read.set_aside:
            typer.echo(f"{were(read.set_aside, 'cell')} no day of the calendar and treated as empty.")

    return build


def _asked(clock: Callable[[], dt.date]) -> str | None:
    """Ask for the day on a terminal; None elsewhere."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    asked = "On which day was the file taken from the register (YYYY-MM-DD)?"
    return str(typer.prompt(asked, default=clock().isoformat()))


def _beside(voters: Path) -> Path:
    """Give where a snapshot goes that nobody named: in this folder, named after the voter file.

    Raises:
        InputError: there is one already, which is not replaced unasked.
    """
    out = Path(f"{voters.stem}.roll")
    if out.exists():
        raise InputError(f"{out} is there already. Name the folder to write: -o {out} to replace it, or another.")
    return out


def _statuses_told(read: Voters) -> list[str]:
    """Tell the status codes, most first, with the number of voters of each."""
    if not read.statuses:
        return []
    return [f"Statuses: {', '.join(f'{code} ({count:,})' for code, count in read.statuses.items())}."]


def find(
    roll: Annotated[Path, typer.Argument(help="A snapshot made by `roll build`.", show_default=False)],
    keys: Annotated[list[str], typer.Argument(help='What you would type: 704 smi, or "smith john", or maple 12.')],
    most: Annotated[int, typer.Option("-n", min=1, max=1000, help="Voters shown at the most.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Find voters by the beginnings of names and streets, house numbers and zip codes."""
    import polars as pl

    from ballotworthy.roll import look_up, open_roll

    compile_if_cold()
    snapshot = open_roll(roll)
    found = look_up(snapshot, " ".join(keys), most=most)
    people = pl.concat([snapshot.voters.slice(one.row, 1) for one in found]).collect().to_dicts() if found else []
    if as_json:
        answer = [{"score": one.score, **person} for one, person in zip(found, people, strict=True)]
        print_json(answer)
        return
    if not people:
        typer.echo("No voter fits. Type fewer letters, or only the house number and the street.")
        return
    table = Table()
    for heading in SHOWN:
        table.add_column(heading, no_wrap=heading in ("voter_id", "born"))
    for person in people:
        table.add_row(*_cells(person))
    SafeConsole().print(table)


def _cells(person: dict[str, Any]) -> list[str]:
    def joined(*names: str) -> str:
        return " ".join(str(person[name]) for name in names if person.get(name))

    return [
        joined("voter_id"),
        joined("name", "first_name", "middle_name", "last_name", "suffix"),
        joined(*RESIDENCE) if person.get("street_name") else joined("address", "unit", "city", "zip"),
        joined("birth_date") or joined("birth_year"),
        joined("registration_date"),
        joined("status"),
    ]


app.command("build")(builder(today))
app.command("find")(find)
