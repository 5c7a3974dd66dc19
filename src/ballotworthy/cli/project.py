"""`ballotworthy project`: the estimate and the verdict from counts alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ballotworthy.cli.days import (
    DAY,
    CertifiedOption,
    FiledOption,
    RegisteredOption,
    SignedOption,
    days_of,
    read_events,
)
from ballotworthy.cli.held import complete_day, complete_kind, complete_place
from ballotworthy.cli.options import JsonOption, RequiredOption, RuleOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.safe_console import SafeConsole

if TYPE_CHECKING:
    from ballotworthy.sufficiency import Assessment, Counts

CountsArgument = Annotated[
    Path, typer.Argument(help="A table of stratum,raw,sample,valid,duplicates.", show_default=False)
]
LawOption = Annotated[
    str | None,
    typer.Option(
        "--place",
        help="The place, such as us-ca; that of the check where its folder is given.",
        show_default=False,
        autocompletion=complete_place,
    ),
]
LawKindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        help="The kind of petition, such as amendment; likewise.",
        show_default=False,
        autocompletion=complete_kind,
    ),
]
LawDayOption = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar=DAY,
        help="The governing day, such as the day of filing; likewise.",
        show_default=False,
        autocompletion=complete_day,
    ),
]
StrikeOption = Annotated[
    Path | None,
    typer.Option(
        "--strike",
        help="Lines a challenge removes, each taken off once: a table of stratum,line,was "
        "(valid, duplicate, invalid or unsampled) or of stratum,valid,duplicates,invalid,raw.",
    ),
]
StrikeLinesOption = Annotated[
    int | None,
    typer.Option(
        "--strike-lines",
        min=0,
        help="Say what a challenge of so many lines makes of it: by lot, at worst, and how many it takes to fail.",
    ),
]
DistrictsOption = Annotated[
    int | None,
    typer.Option(min=0, help="Districts that have their number, where the office has published only how many."),
]
AfterOption = Annotated[
    list[str] | None,
    typer.Option(
        "--after",
        metavar="EVENT=YYYY-MM-DD",
        help="The day of an event from which the time to cure is counted, such as insufficiency-notice; repeatable.",
    ),
]

HEADLINE = {
    "sufficient": "bold green",
    "insufficient": "bold red",
    "full-check": "bold yellow",
    "undecided": "bold yellow",
}
STRATA_IN_FULL = 3


def project(
    counts: CountsArgument,
    place: LawOption = None,
    kind: LawKindOption = None,
    on: LawDayOption = None,
    registered: RegisteredOption = None,
    signed: SignedOption = None,
    filed: FiledOption = None,
    certified: CertifiedOption = None,
    required: RequiredOption = None,
    struck: StrikeOption = None,
    strike_lines: StrikeLinesOption = None,
    districts_met: DistrictsOption = None,
    rule: RuleOption = None,
    after: AfterOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give the estimate and the verdict that the law draws from the counts of a checked petition.

    With --strike, give what they are once a challenge has removed lines. Where a rule that decides is not held, the
    verdict is `undecided`, with what is missing and what would decide. The folder of a check says whose law was asked:
    without --place, --kind and --on it is asked again.
    """
    from ballotworthy.verbs.project import project_counts

    acts = (registered, signed, filed, certified)
    done = project_counts(
        counts,
        place=place,
        kind=kind,
        on=days_of(on, *acts) if on or any(acts) else None,
        required=required,
        struck=struck,
        districts_met=districts_met,
        given=rule or (),
        events=read_events(after or ()),
        strike_lines=strike_lines,
    )
    if as_json:
        print_json(done.to_dict())
        return
    if struck:
        typer.echo(f"Before the challenge: {done.before.verdict}, {done.before.estimate:,}. After it:")
    console = SafeConsole()
    show(done.assessment, tuple(done.rows), console, done.beside.condition)
    for words in done.notes:
        console.print(_indented(words), markup=False, highlight=False)


def show(assessment: Assessment, rows: tuple[Counts, ...], console: SafeConsole, condition: str = "") -> None:
    """Print an assessment for people: the verdict, the strata, the steps, the statistic."""
    from ballotworthy.sufficiency import cure_words

    verdict = assessment.verdict
    console.print(f"{verdict}: {assessment.verdict_rule}", style=HEADLINE[verdict], markup=False)
    console.print(f"  {assessment.verdict_source}", markup=False, highlight=False)
    if assessment.cure:
        console.print(f"  {cure_words(assessment.cure)}", markup=False, highlight=False)
        if assessment.cure.day is None:
            event = assessment.cure.deadline.event
            console.print(f"  Its last day: give --after {event}=YYYY-MM-DD.", markup=False, highlight=False)
    for point in assessment.undecided:
        console.print(f"  Missing: {point.missing}.", markup=False, highlight=False)
        console.print(f"  Would decide: {point.would_decide}.", markup=False, highlight=False)
    if len(rows) > STRATA_IN_FULL:
        console.print(_strata(assessment, rows))
    console.print(_steps(assessment, len(rows)))
    error = "" if assessment.standard_error is None else f", standard error {assessment.standard_error:,.1f}"
    unbiased = f", unbiased {condition}" if condition else ""
    raw = sum(row.raw for row in rows)
    absurd = "" if 0 <= assessment.pair_estimate <= raw else "; no such number can be: the sample is too small to tell"
    pairs = f"pair estimate {assessment.pair_estimate:,.1f}{error}{unbiased}{absurd}"
    console.print(_indented(f"Beside the law, deciding nothing: {pairs}."), markup=False, highlight=False)
    for warning in assessment.warnings:
        console.print(_indented(f"Warning: {warning}."), style="yellow", markup=False, highlight=False)


def _indented(words: str) -> Padding:
    return Padding(Text(words), (0, 0, 0, 2), expand=False)


def _strata(assessment: Assessment, rows: tuple[Counts, ...]) -> Table:
    last = {step.stratum: step.value for step in assessment.steps if step.stratum}
    table = Table("stratum", title="By stratum", title_justify="left")
    for heading in ("raw", "sample", "valid", "duplicates", "projected"):
        table.add_column(heading, justify="right")
    for row in rows:
        numbers = (row.raw, row.sample, row.valid, row.duplicates)
        table.add_row(row.name, *(f"{number:,}" for number in numbers), last.get(row.name, ""))
    return table


def _steps(assessment: Assessment, strata: int) -> Table:
    table = Table("step", title="Step by step", title_justify="left")
    table.add_column("value", justify="right")
    table.add_column("source", overflow="fold")
    for step in assessment.steps:
        if not step.stratum or strata <= STRATA_IN_FULL:
            name = f"{step.stratum}: {step.name}" if step.stratum and strata > 1 else step.name
            table.add_row(name, step.value, step.source)
    return table
