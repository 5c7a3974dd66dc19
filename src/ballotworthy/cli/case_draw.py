"""`ballotworthy case propose`, `seed`, `sample`: what is fixed and drawn before anybody decides."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.casework import Act, all_body, sample_body
from ballotworthy.cli.case_folder import ByOption, CaseArgument, desk_in, say, standing_data
from ballotworthy.cli.options import JsonOption
from ballotworthy.errors import InputError
from ballotworthy.files.tables import read_table


def propose(
    folder: CaseArgument,
    proposals: Annotated[Path, typer.Argument(help="What the machine says of the lines, CSV or Parquet.")],
    by: ByOption,
    made_with: Annotated[str, typer.Option(help="The program that made it.")] = "ballotworthy check",
    as_json: JsonOption = False,
) -> None:
    """Commit the machine's proposals by their digest, before the seed, without showing them."""
    table = read_table(proposals)
    body = {"sha256": table.sha256, "lines": table.frame.height, "made_with": made_with}
    desk = desk_in(folder)
    desk.act(Act(by, "proposals", body))
    say({**standing_data(desk.case()), **body}, f"Committed: {table.sha256}", as_json=as_json)


def seed(
    folder: CaseArgument,
    digits: Annotated[str, typer.Argument(metavar="SEED", help="The seed, as it was thrown or published.")],
    by: ByOption,
    how: Annotated[str, typer.Option(help="dice or beacon.", show_default=False)],
    source: Annotated[str, typer.Option(help="Which dice, or which output of which beacon.", show_default=False)],
    present: Annotated[
        list[str] | None,
        typer.Option(metavar="WHO", help="Who was there; repeatable, and needed for dice.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Enter the public seed; the frame is fixed, and nothing has been decided."""
    desk = desk_in(folder)
    desk.act(Act(by, "seed", {"seed": digits, "how": how, "source": source, "present": present or []}))
    say({**standing_data(desk.case()), "seed": digits}, f"The seed is {digits}", as_json=as_json)


def sample(
    folder: CaseArgument,
    by: ByOption,
    every: Annotated[bool, typer.Option("--all", help="Examine every line.")] = False,
    sizes: Annotated[
        list[str] | None,
        typer.Option(
            "-n",
            metavar="STRATUM=LINES",
            help="Lines to draw from a stratum, where the law gives no number or more are wanted; repeatable.",
        ),
    ] = None,
    why: Annotated[str, typer.Option(help="The rule that orders it, in words; needed with --all.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Draw the sample that the law orders, or examine every line."""
    if every and not why:
        raise InputError("say with --why what orders that every line is examined.")
    given = _sizes(sizes or [])
    desk = desk_in(folder)
    (event,) = desk.do(
        lambda case: [Act(by, "sample", all_body(case, why) if every else sample_body(case, given or None, why))]
    )
    strata = event.body["strata"]
    total = sum(stratum["size"] for stratum in strata)
    of = sum(stratum["of"] for stratum in strata)
    ids = [line for stratum in strata for line in stratum.get("ids", ())]
    answer = {**standing_data(desk.case()), "scope": event.body["scope"], "lines": total, "of": of, "sample": ids}
    digest = sha256("".join(f"{line}\n" for line in ids).encode()).hexdigest()
    drawn = f"; SHA-256 of their list {digest}" if ids else ""
    say(answer, f"{total:,} of {of:,} lines are to be examined{drawn}", as_json=as_json)


def _sizes(given: list[str]) -> dict[str, int]:
    sizes = {}
    for each in given:
        name, equals, number = each.rpartition("=")
        if not (name and equals and number.isdigit()):
            raise InputError(f"-n {each} is not of the form STRATUM=LINES. Example: -n Alpine=500.")
        sizes[name] = int(number)
    return sizes
