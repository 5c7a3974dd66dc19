"""`ballotworthy case retype`: cells of lines typed anew, before anybody rules on them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.case_options import ByOption, CaseArgument, room_in, say
from ballotworthy.cli.options import JsonOption
from ballotworthy.files.quantities import quantity


def retype(
    folder: CaseArgument,
    cells: Annotated[
        Path,
        typer.Argument(
            help="A table of line (or sheet and line), field (such as last_name) and text: what stands in that cell; "
            "empty where nothing does, a day as YYYY-MM-DD.",
            show_default=False,
        ),
    ],
    by: ByOption,
    why: Annotated[str, typer.Option("--why", help="What was wrong, with no name in it.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Type cells of lines anew that were misread, before anybody rules on them; the text stays private."""
    from ballotworthy.casework.retyped import read_cells
    from ballotworthy.verbs.case_retype import retype_lines

    done = retype_lines(room_in(folder), read_cells(cells), by=by, why=why)
    say(done, f"{quantity(done.cells, 'cell')} of {quantity(done.lines, 'line')} typed anew.", as_json=as_json)
