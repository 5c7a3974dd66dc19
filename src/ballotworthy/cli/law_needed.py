"""`ballotworthy law needed`: how many signatures to file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ballotworthy.cli.days import CertifiedOption, FiledOption, RegisteredOption, SignedOption, days_of
from ballotworthy.cli.options import AnyKindOption, GoverningOption, JsonOption, PlaceArgument, RequiredOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.errors import InputError
from ballotworthy.files.quantities import quantity
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.law import Rules, read_law

if TYPE_CHECKING:
    from ballotworthy.sufficiency.goal import Curve, Goal, Row

ENDINGS = (".html", ".png")

ValidityOption = Annotated[float, typer.Option(help="Share of the lines that are valid, repeats included.")]
DuplicatesOption = Annotated[float, typer.Option(help="Share of the lines that repeat a signer.")]
ChanceOption = Annotated[float, typer.Option(help="The chance of passing that is wanted.")]
SampleOption = Annotated[float | None, typer.Option(help="Share that is sampled, where the law does not fix it.")]
DistrictOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=NUMBER", help="Signatures required in a district; repeatable."),
]
CheckedOption = Annotated[
    int | None,
    typer.Option(
        min=10,
        help="How many lines, drawn at random, the committee checked to learn that validity; the chance then counts "
        "how far such a check may be off.",
    ),
]
PlotOption = Annotated[Path | None, typer.Option(help="Draw the chances into a file ending in .html or .png.")]


def needed(
    place: PlaceArgument,
    kind: AnyKindOption = None,
    on: GoverningOption = None,
    registered: RegisteredOption = None,
    signed: SignedOption = None,
    filed: FiledOption = None,
    certified: CertifiedOption = None,
    validity: ValidityOption = 0.74,
    duplicates: DuplicatesOption = 0.03,
    chance: ChanceOption = 0.95,
    required: RequiredOption = None,
    sample: SampleOption = None,
    district: DistrictOption = None,
    checked: CheckedOption = None,
    plot: PlotOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print how many signatures to file to pass, with the chance that is wanted."""
    # Polars and Numba, behind the counts and the chances, need not be waited for by the other verbs of the law.
    from ballotworthy.verbs.law_needed import Wanted, plan_filing

    if plot and not kind:
        raise InputError(f"--plot draws one kind of petition; say which: --kind {', '.join(read_law(place).kinds)}.")
    if plot and plot.suffix.lower() not in ENDINGS:
        raise InputError(f"--plot {plot} ends neither in .html nor in .png; choose one of them.")
    wanted = Wanted(validity, duplicates, chance, required, sample, districts_of(district or ()), checked)
    found = plan_filing(place, days_of(on, registered, signed, filed, certified), wanted, kind)
    if plot:
        write_plot(*found.goals[0], found.curve(), plot)
    if as_json:
        print_json(found.to_dict())
        return
    for rules, answer in found.goals:
        show_needed(rules, answer, SafeConsole())
    for name, why in found.silent.items():
        typer.echo(f"{name}: {why}")


def districts_of(given: Sequence[str]) -> Mapping[str, int]:
    """Read the districts from the command line.

    Raises:
        InputError: one is not NAME=NUMBER, or stands twice.
    """
    numbers: dict[str, int] = {}
    for each in given:
        name, _, number = each.rpartition("=")
        count = read_whole(number)
        if not name.strip() or count is None:
            raise InputError(f"--district {each[:60]} is not NAME=NUMBER; write it as --district 'Ward 1=1200'.")
        if name.strip() in numbers:
            raise InputError(f"--district {name.strip()} is given twice; give it once.")
        numbers[name.strip()] = count
    return numbers


def show_needed(rules: Rules, answer: Goal, console: SafeConsole) -> None:
    """Print the answer for people."""
    law = f"{answer.required.value:,} required ({answer.required.source})"
    console.print(
        f"{rules.place_name}: {rules.title} ({rules.kind}) on {rules.on}, {law}", style="bold", highlight=False
    )
    console.print(*sentences(answer), sep="\n", markup=False, highlight=False)
    console.print(_by_validity(answer))
    if answer.districts:
        console.print(_districts(answer))
    for note in answer.notes:
        console.print(f"Note: {note}.", style="yellow", markup=False, highlight=False)


def sentences(answer: Goal) -> list[str]:
    """Say the answer in sentences."""
    valid, repeats, chance = (
        f"{each * 100:g}" for each in (answer.quality.validity, answer.quality.duplicates, answer.chance)
    )
    found = [f"File {quantity(answer.asked.end, 'signature')} to pass in the end with a chance of {chance}%."]
    if answer.asked.sample is not None:
        found.append(
            f"File {answer.asked.sample:,} to pass on the sample alone with that chance, so that no full check follows."
        )
        found.append(
            f"With {answer.asked.end:,} filed, {answer.drawn:,} are drawn: the sample passes the petition with a "
            f"chance of {answer.chances.sample * 100:.1f}% and fails it with {(1 - answer.chances.open) * 100:.1f}%."
        )
    shares = f"Of 100 lines {valid} are valid, {repeats} of them repeats."
    if answer.checked is None:
        shares += " The chance is that of the lot alone: it takes these two shares as true. If they come from a check "
        shares += "of your own, say of how many lines: --checked N."
    else:
        shares += (
            f" {answer.checked:,} lines were checked, drawn at random: the chance counts how far such a check may "
        )
        shares += "be off in the first share. The second it takes as true, and the table below takes both so."
    found.append(shares)
    return found


def _by_validity(answer: Goal) -> Table:
    table = Table("valid, repeats included", title="If the lines are better or worse", title_justify="left")
    table.add_column("file, to pass in the end", justify="right")
    sampled = answer.asked.sample is not None
    if sampled:
        table.add_column("to pass on the sample alone", justify="right")
    for row in answer.rows:
        table.add_row(f"{row.validity:.0%}", *_numbers(row))
    return table


def _numbers(row: Row) -> list[str]:
    return [f"{number:,}" for number in (row.end, row.sample) if number is not None]


def _districts(answer: Goal) -> Table:
    where = "each" if answer.districts_needed == len(answer.districts) else f"{answer.districts_needed}"
    table = Table("district", title=f"By district: {where} must be reached", title_justify="left")
    table.add_column("required", justify="right")
    table.add_column("file", justify="right")
    for each in answer.districts:
        table.add_row(each.name, f"{each.required:,}", f"{each.raw:,}")
    return table


def write_plot(rules: Rules, answer: Goal, curve: Curve, path: Path) -> None:
    """Draw the chance by the number filed, as a page or a picture by the ending of the name.

    Raises:
        OutputError: the file could not be written.
    """
    # Altair takes most of a second to load, which the verb need not wait for without a plot.
    from ballotworthy.files.whole import whole_file
    from ballotworthy.report.needed_plot import needed_page, needed_picture

    title = f"{rules.place_name}: {rules.title}, {quantity(answer.required.value, 'signature')} required"
    with whole_file(path) as file:
        if path.suffix.lower() == ".png":
            file.write_bytes(needed_picture(title, curve, answer))
        else:
            file.write_text(needed_page(title, sentences(answer), curve, answer), "utf-8")
