"""Options that several verbs share, spelled and explained once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.held import complete_day, complete_kind, complete_place
from ballotworthy.files.day_order import Order

LinesArgument = Annotated[
    Path,
    typer.Argument(
        help="The petition's lines: CSV, Parquet, a spreadsheet, or a folder that sheets read wrote.",
        show_default=False,
    ),
]
RollOption = Annotated[Path, typer.Option("--roll", help="A snapshot made by `roll build`.", show_default=False)]
PlaceOption = Annotated[
    str, typer.Option("--place", help="The place, such as us-ca.", show_default=False, autocompletion=complete_place)
]
KindOption = Annotated[
    str,
    typer.Option(
        "--kind", help="The kind of petition, such as amendment.", show_default=False, autocompletion=complete_kind
    ),
]
OnOption = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="YYYY-MM-DD",
        help="The governing day, such as the day of filing.",
        show_default=False,
        autocompletion=complete_day,
    ),
]
PlaceArgument = Annotated[
    str, typer.Argument(help="The place, such as us-ca.", show_default=False, autocompletion=complete_place)
]
AnyKindOption = Annotated[
    str | None,
    typer.Option(
        "--kind", help="The kind of petition; all kinds if absent.", show_default=False, autocompletion=complete_kind
    ),
]
GoverningOption = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="YYYY-MM-DD",
        help="The governing day; if absent that of filing, else the last day given, else today.",
        show_default=False,
        autocompletion=complete_day,
    ),
]
RequiredOption = Annotated[
    int | None, typer.Option("--required", min=1, help="Signatures required, in place of the law's number.")
]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=HEADING",
        help="Which column holds a field; repeatable. Example: --map zip=ZIP5.",
    ),
]
LenientOption = Annotated[
    bool,
    typer.Option(
        "--lenient", help="Treat cells that are no day of the calendar as empty instead of refusing the file."
    ),
]
DatesOption = Annotated[
    Order | None,
    typer.Option(
        "--dates",
        help="Whether 3/5/2026 is 5 March (month-first) or 3 May (day-first); the file's own days decide if absent.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
ChartsOption = Annotated[
    Path | None,
    typer.Option(
        "--charts",
        metavar="FOLDER",
        help="Write charts: each as SVG and as Vega-Lite for Altair, and all on charts.html.",
        show_default=False,
    ),
]
CsvOption = Annotated[Path | None, typer.Option("--csv", help="Write each day as a row of CSV.", show_default=False)]
IcsOption = Annotated[Path | None, typer.Option("--ics", help="Write each day as an iCalendar.", show_default=False)]
RuleOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar="NAME=VALUE",
        help="A rule that decides and that the data does not hold, such as insufficient_below=0.95; repeatable.",
    ),
]
