"""`ballotworthy vote count`: files of results counted, reconciled, and judged by the measure's own rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.vote_words import judged_words
from ballotworthy.errors import InputError
from ballotworthy.files.json_text import json_text
from ballotworthy.files.quantities import quantity
from ballotworthy.files.whole_numbers import read_whole

if TYPE_CHECKING:
    from ballotworthy.verbs.vote_count import CountedVote
    from ballotworthy.vote import Judgement
    from ballotworthy.vote.canvass import Count

MARKER = "count.json"
SHOWN = 20


def count(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files of results; of Dominion's JSON and Hart's XML a folder or zip.", show_default=False),
    ],
    measure: Annotated[
        str | None, typer.Option(help="Count only this measure: its name, or a part that only it has.")
    ] = None,
    rule: Annotated[str | None, typer.Option(help="Judge it by this rule, as `vote judge` reads it.")] = None,
    registered: Annotated[
        str | None, typer.Option(help="People on the register: a number, or a table with precinct and registered.")
    ] = None,
    cast: Annotated[
        int | None, typer.Option(min=0, help="Ballots cast in its area, where the files do not tell.")
    ] = None,
    manifest: Annotated[Path | None, typer.Option(help="Cards by batch, to compare records with.")] = None,
    yes: Annotated[str | None, typer.Option(help="A further word for yes, such as Leave.")] = None,
    no: Annotated[str | None, typer.Option(help="A further word for no, such as Remain.")] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="A folder for tables by precinct, batch and mode.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Count files of results: votes, blanks, overvotes, turnout, and every number that does not fit."""
    from ballotworthy.verbs.vote_count import count_vote

    counted = count_vote(
        files, measure=measure, rule=rule, registered=_registered(registered), cast=cast, manifest=manifest, yes=yes,
        no=no,
    )  # fmt: skip
    if out is not None:
        write_count(counted, out)
    if as_json:
        print_json(counted.to_dict())
        return
    for line in sentences(counted):
        typer.echo(line)
    if out is not None:
        typer.echo(f"Wrote {out}.", err=True)


def write_count(counted: CountedVote, out: Path) -> None:
    """Write count.json and the tables into a folder, whole or not at all."""
    import polars as pl

    from ballotworthy.files.cells import write_table
    from ballotworthy.files.whole import whole_folder
    from ballotworthy.vote.canvass import KEYS

    with whole_folder(out, marker=MARKER, holds=[*(f"{name}.csv" for name in KEYS), "mismatches.csv"]) as folder:
        data = counted.to_dict(tables=False)
        (folder / MARKER).write_text(json_text(data) + "\n", "utf-8")
        for name in KEYS:
            write_table(getattr(counted.canvass, name), folder / f"{name}.csv")
        rows = [(each.where, each.what, each.remedy) for each in counted.mismatches]
        schema = dict.fromkeys(("where", "what", "remedy"), pl.String())
        write_table(pl.DataFrame(rows, schema=schema, orient="row"), folder / "mismatches.csv")


def sentences(counted: CountedVote) -> list[str]:
    """Give a count for people: a line a measure, the manifest, what does not fit, the outcome."""
    counts = counted.canvass
    said = []
    if counts.cards is not None:
        said.append(f"{quantity(counts.cards, 'card')} of {quantity(counts.ballots or 0, 'ballot')}.")
    for name, count in counts.totals.items():
        said += [f"{name}: {_votes(count)}", f"  {_ballots(count)}"]
    if counted.phantoms is not None:
        each = counted.phantoms
        said.append(
            f"Manifest: {quantity(each.manifest, 'card')}, {quantity(each.records, 'record')}. "
            "Phantoms: cards without a record "
            f"{each.without_record:,}, records without a card {each.without_card:,}."
        )
    if counts.others:
        said.append(f"Contests not counted, since they are no yes/no questions: {len(counts.others):,}.")
    if counted.mismatches:
        said.append(f"To look at ({len(counted.mismatches):,}):")
        said += [f"  {each}" for each in counted.mismatches[:SHOWN]]
        if len(counted.mismatches) > SHOWN:
            said.append(f"  ... and {len(counted.mismatches) - SHOWN:,} more, all of them with --json or -o.")
    if counted.judgement is not None:
        said += _outcome(counted.judgement)
    return said


def _votes(count: Count) -> str:
    if count.yes is None or count.no is None:
        return f"{_number(count.yes)} yes, {_number(count.no)} no"
    valid = count.yes + count.no
    share = f" ({100 * count.yes / valid:.2f}% yes of {valid:,} valid votes)" if valid else ""
    return f"{count.yes:,} yes, {count.no:,} no{share}"


def _ballots(count: Count) -> str:
    turnout = "" if count.turnout is None else f", turnout {100 * count.turnout:.2f}%"
    return (
        f"{_number(count.blank)} blank, {_number(count.invalid)} overvoted or invalid; {_number(count.cast)} ballots "
        f"cast, {_number(count.registered)} registered{turnout}"
    )


def _number(number: int | None) -> str:
    return "unknown" if number is None else f"{number:,}"


def _outcome(judgement: Judgement) -> list[str]:
    return judged_words(judgement)


def _registered(text: str | None) -> int | Path | None:
    if text is None:
        return None
    number = read_whole(text.replace(",", ""))
    if number is not None:
        return number
    if not Path(text).exists():
        raise InputError(f"--registered {text} is neither a number nor a file. Write 12345, or name a table.")
    return Path(text)
