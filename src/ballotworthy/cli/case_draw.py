"""`ballotworthy case propose`, `beacon`, `seed`, `sample`: what is fixed and drawn before anybody decides."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.case_options import ByOption, CaseArgument, room_in, say
from ballotworthy.cli.options import JsonOption
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.safe_text import safe_line

if TYPE_CHECKING:
    from ballotworthy.casework.case import Case


def propose(
    folder: CaseArgument,
    proposals: Annotated[Path, typer.Argument(help="What the machine says of the lines, CSV or Parquet.")],
    by: ByOption,
    made_with: Annotated[str, typer.Option(help="The program that made it.")] = "ballotworthy check",
    as_json: JsonOption = False,
) -> None:
    """Commit the machine's proposals by their digest, before the seed, without showing them."""
    from ballotworthy.verbs.case_propose import commit_proposals

    done = commit_proposals(room_in(folder), proposals, by=by, made_with=made_with)
    say(done, f"Committed: {done.sha256}", as_json=as_json)


def seed(
    folder: CaseArgument,
    digits: Annotated[
        str,
        typer.Argument(metavar="SEED", help="The numbers as they fell, with blanks between, or the digits published."),
    ],
    by: ByOption,
    how: Annotated[str, typer.Option(help="dice or beacon.", show_default=False)],
    source: Annotated[str, typer.Option(help="Which dice, or which output of which beacon.", show_default=False)],
    present: Annotated[
        list[str] | None,
        typer.Option(metavar="WHO", help="Who was there; repeatable, and needed for dice.", show_default=False),
    ] = None,
    compared: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHO",
            help="Who compared fingerprint, lines and strata with what was announced, before; given twice.",
            show_default=False,
        ),
    ] = None,
    fingerprint: Annotated[
        str, typer.Option(help="With --compared: the fingerprint as it was announced, 16 of its digits at least.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Enter the public seed; the frame is fixed, and nothing has been decided.

    Two people compare what is fixed with what was announced before the first die; the record names them, --compared.
    At a terminal whoever names nobody is asked.
    """
    from ballotworthy.verbs.case_seed import enter_seed

    room = room_in(folder)
    if "compared before" in source.casefold():
        raise InputError("--source says which dice or which beacon. Who compared the frame before goes by --compared.")
    if how == "dice" and not compared and not fingerprint and sys.stdin.isatty():
        _ask_compared(room.case())
    done = enter_seed(
        room,
        digits,
        by=by,
        how=how,
        source=source,
        present=present or [],
        compared=compared or [],
        fingerprint=fingerprint,
    )
    say(done, f"The seed is {done.seed}", as_json=as_json)


def _ask_compared(case: Case) -> None:
    """Ask whoever names nobody whether two people compared the frame: a seed can never be changed.

    Raises:
        InputError: it was not.
    """
    fixed = case.frame.fixed
    if fixed is None or case.seed is not None:
        return  # the record refuses it
    strata = ", ".join(f"{safe_line(name)} {len(ids):,}" for name, ids in sorted(case.frame.drawable.items()))
    typer.echo(f"Fingerprint {fixed['fingerprint']}, {fixed['lines']:,} lines; to be drawn: {strata}.", err=True)
    if not typer.confirm("Have two people compared this with what was announced, before the first throw?", err=True):
        raise InputError("no seed is entered. Let two compare it, then name them: --compared WHO --compared WHO.")


def beacon(
    folder: CaseArgument,
    by: ByOption,
    chain: Annotated[str, typer.Option(help="The chain, such as the hash of a chain of drand.")] = "",
    round_number: Annotated[int | None, typer.Option("--round", min=1, help="Which of its rounds.")] = None,
    lottery: Annotated[str, typer.Option(help="Or a lottery, with which of its draws.")] = "",
    day: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of the draw, by UTC.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Name the beacon whose value will be the seed, before that value exists; best before the frame is fixed."""
    from ballotworthy.verbs.case_beacon import name_beacon

    drawn = parse_day(day, "--day") if day else None
    done = name_beacon(room_in(folder), by=by, chain=chain, round_number=round_number, lottery=lottery, day=drawn)
    due = f"; its value comes at {done.value_at}{' (UTC)' if lottery else ''}" if done.value_at else ""
    say(done, f"The beacon is named{due}. Publish the head now: case export.", as_json=as_json)


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
    from ballotworthy.verbs.case_sample import choose_sample

    if every and not why:
        raise InputError("say with --why what orders that every line is examined.")
    chosen = choose_sample(room_in(folder), by=by, every=every, sizes=_sizes(sizes or []), why=why)
    drawn = f"; SHA-256 of their list {chosen.sha256}" if chosen.ids else ""
    say(chosen, f"{chosen.lines:,} of {chosen.of:,} lines are to be examined{drawn}", as_json=as_json)


def _sizes(given: list[str]) -> dict[str, int]:
    sizes = {}
    for each in given:
        name, equals, number = each.rpartition("=")
        lines = read_whole(number)
        if not (name and equals) or lines is None:
            raise InputError(f"-n {each[:60]} is not of the form STRATUM=LINES. Example: -n Alpine=500.")
        sizes[name] = lines
    return sizes
