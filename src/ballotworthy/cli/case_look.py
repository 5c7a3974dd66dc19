"""`ballotworthy case show` and `sheets`: what the record holds of a line, and which sheets to fetch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.case_options import CaseArgument, room_in, say
from ballotworthy.cli.options import JsonOption
from ballotworthy.files.quantities import quantity
from ballotworthy.safe_text import safe_line

if TYPE_CHECKING:
    from ballotworthy.verbs.case_show import LineShown

STEPS = {"first": "First look", "second": "Second look", "resolved": "Resolved", "corrected": "Corrected"}


def show(
    folder: CaseArgument,
    line: Annotated[str, typer.Option(help="The line, such as 12-3.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Show all that the record holds of a line: where it stands, who ruled what, and what counts."""
    from ballotworthy.verbs.case_show import show_line

    found = show_line(room_in(folder), line)
    say(found, "\n".join(map(safe_line, _told(found))), as_json=as_json)


def _told(found: LineShown) -> list[str]:
    at = found.line
    district = f", district {at.district}" if at.district else ""
    told = [f"Line {at.id}: sheet {at.sheet}, line {at.line}, stratum {at.stratum}{district}"]
    if at.mark:
        told.append(f"Marked at intake: {at.mark}")
    told.append("To be examined." if found.sampled else "Not in the sample.")
    if found.assigned:
        told.append(f"Given to {', '.join(found.assigned)}")
    told += [f"Typed anew: {', '.join(each.fields)}, by {each.by}" for each in found.retyped]
    for name, words in STEPS.items():
        ruling = getattr(found.looks, name)
        if ruling:
            reason = f" ({ruling.reason})" if ruling.reason else ""
            told.append(f"{words}: {ruling.outcome}{reason}, by {ruling.by}")
    if found.further is not None:
        told.append(f"Weighed: {found.further:,} further valid lines of its signer")
    if found.disputes:
        told.append(f"Challenged or cured in event {', '.join(map(str, found.disputes))}")
    if found.struck:
        told.append(f"Struck: {found.struck}")
    if found.sampled:
        held = found.ruling
        reason = f" ({held.reason})" if held and held.reason else ""
        told.append(f"What holds: {held.outcome}{reason}" if held else "No ruling holds yet.")
    return told


def sheets(
    folder: CaseArgument,
    undecided: Annotated[bool, typer.Option("--undecided", help="Only lines that have no ruling yet.")] = False,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="A CSV to write: sheet, lines, number.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the sheets to fetch, in the order in which they lie, and the lines to be examined on each."""
    from ballotworthy.verbs.case_sheets import list_sheets

    found = list_sheets(room_in(folder), undecided=undecided, out=out)
    told = [f"sheet {each.sheet}: {', '.join(each.lines)}" for each in found.sheets]
    say(
        found,
        "\n".join([*told, f"{quantity(len(found.sheets), 'sheet')}, {quantity(found.lines, 'line')}"]),
        as_json=as_json,
    )
