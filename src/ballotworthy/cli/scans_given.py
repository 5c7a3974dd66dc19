"""Scans in the place of lines: they are read into a folder beside the output, which stands for them from then on."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.progress import shown
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.errors import InputError
from ballotworthy.files.quantities import quantity
from ballotworthy.files.scan_files import scans_given

PLAIN = "plain"
LINES_OR_SCANS = (
    "The petition's lines: CSV, Parquet, a spreadsheet, a folder that sheets read wrote, or scans: a PDF, TIFF, JPEG, "
    "PNG, or a folder of them."
)

LinesOrScansArgument = Annotated[Path, typer.Argument(help=LINES_OR_SCANS, show_default=False)]
FormOption = Annotated[
    Path | None,
    typer.Option(
        "--form",
        help='Of scans: form.toml of a form that is not ours, or "plain" for our plain form; the place\'s if absent.',
    ),
]
MeasureOption = Annotated[
    Path | None,
    typer.Option("--measure", help="Of scans: the TOML that our sheets were printed from, as `sheets read` takes it."),
]
ReadIntoOption = Annotated[
    Path | None,
    typer.Option("--read-into", help="Of scans: the folder for what is read of them, kept beside the output."),
]


def lines_read(
    given: Path,
    beside: tuple[Path, str],
    *,
    of: Callable[[], tuple[str, str]],
    form: Path | None,
    measure: Path | None,
    into: Path | None,
    as_json: bool,
) -> Path:
    """Give the lines as they are; of scans the folder into which they were read, by an earlier run or now.

    Args:
        given: the lines, or scans.
        beside: the output, and what is added to its name for the folder of what is read, where `into` names none.
        of: gives place and kind whose form it is, where `form` names none.
        form: form.toml, or "plain".
        measure: the TOML that our sheets were printed from.
        into: the folder for what is read.
        as_json: tell on standard error, so that the output stays data.

    Raises:
        InputError: scans lie among other files, no row of a sheet was read, or what `read_scans` refuses; an option
            for scans was given with lines.
    """
    scans = scans_given(given)
    if not scans:
        if given.is_dir() and not any(given.iterdir()):
            raise InputError(f"the folder {given} is empty. Name the one that holds the scans, or the lines.")
        for option, said in (("--form", form), ("--measure", measure), ("--read-into", into)):
            if said:
                raise InputError(f"{option} is for scans, and {given} is none. Leave it out, or name scans.")
        return given
    from ballotworthy.verbs.sheets_read import read_scans  # here, since lines need none of it

    output, behind = beside
    folder = into or _named(output, behind)
    if folder.resolve().is_relative_to(output.resolve()):
        raise InputError(f"{folder} lies in {output}, which holds the output alone. Name a folder elsewhere.")
    place, kind = (None, None) if form else of()
    with shown() as progress:
        form = None if form == Path(PLAIN) else form
        done = read_scans(
            scans, folder, place=place, kind=kind, form=form, measure=measure, anew=False, progress=progress
        )
    rows, pages = done.about["rows"], done.about["pages"]
    if not rows:
        raise InputError(_nothing(pages, folder))
    SafeConsole(stderr=as_json).tell(
        f"Scans: {quantity(len(pages), 'page')}, {quantity(rows, 'row')}, "
        + (f"read before; what was typed since counts: {folder}" if done.kept else f"read into {folder}")
    )
    return folder


def _named(output: Path, behind: str) -> Path:
    """Give the folder beside an output, which may be `.` too."""
    whole = output if output.name not in ("", "..") else output.resolve()
    return whole.with_name(whole.name + re.sub(r"[^\w.-]+", "-", behind))


def _nothing(pages: list[dict[str, object]], folder: Path) -> str:
    from ballotworthy.petition.told_pages import by_remark

    why = by_remark([(page, str(page["not_read"])) for page in pages if page.get("not_read")])
    told = f" {why[0]}." if why else ""
    return (
        f"no row of a sheet was read.{told} Why stands with each page in {folder}/sheets.json. If they are sheets of "
        "another form, name it with --form; if it is a list of signers, give it as a table (CSV)."
    )
