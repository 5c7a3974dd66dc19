"""`ballotworthy project`: the estimate and the verdict from counts alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ballotworthy.cli.days import CertifiedOption, FiledOption, RegisteredOption, SignedOption, days_of, read_events
from ballotworthy.cli.options import JsonOption, KindOption, OnOption, PlaceOption, RequiredOption, RuleOption
from ballotworthy.law import read_law, rules_on
from ballotworthy.law.elsewhere import elsewhere_data, elsewhere_words
from ballotworthy.law.given import read_given, with_given
from ballotworthy.law.second_sources import resting_on_one, resting_words
from ballotworthy.sufficiency import (
    BY_USER,
    Assessment,
    Counts,
    assess,
    assessment_data,
    beside,
    beside_data,
    beside_words,
    cure_words,
    on_its_day,
    read_counts,
    read_struck,
    strike,
)

CountsArgument = Annotated[
    Path, typer.Argument(help="A table of stratum,raw,sample,valid,duplicates.", show_default=False)
]
StrikeOption = Annotated[
    Path | None,
    typer.Option(
        "--strike",
        help="Lines a challenge removes, each taken off once: a table of stratum,line,was "
        "(valid, duplicate, invalid or unsampled) or of stratum,valid,duplicates,invalid,raw.",
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
    place: PlaceOption,
    kind: KindOption,
    on: OnOption,
    registered: RegisteredOption = None,
    signed: SignedOption = None,
    filed: FiledOption = None,
    certified: CertifiedOption = None,
    required: RequiredOption = None,
    struck: StrikeOption = None,
    districts_met: DistrictsOption = None,
    rule: RuleOption = None,
    after: AfterOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give the estimate and the verdict that the law draws from the counts of a checked petition.

    With --strike, give what they are once a challenge has removed lines. Where a rule that decides is not held, the
    verdict is `undecided`, with what is missing and what would decide.
    """
    rules = rules_on(read_law(place), kind, days_of(on, registered, signed, filed, certified))
    rules = with_given(rules, [read_given(each, BY_USER.cite) for each in rule or ()])
    rows = read_counts(counts)
    before = assess(rules, rows, required, districts_met=districts_met)
    left = strike(rows, read_struck(struck), str(struck)) if struck else rows
    assessment = assess(rules, left, required, districts_met=districts_met) if struck else before
    assessment = replace(assessment, cure=on_its_day(assessment.cure, place, read_events(after or ())))
    statistics = beside(rules, left, assessment)
    if as_json:
        without = {"before": {"estimate": before.estimate, "verdict": before.verdict}} if struck else {}
        told = {
            **assessment_data(assessment),
            **beside_data(statistics),
            "looked_up_elsewhere": elsewhere_data(rules),
            "one_source": list(resting_on_one(rules, required_given=required is not None)),
            **without,
        }
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    if struck:
        typer.echo(f"Before the challenge: {before.verdict}, {before.estimate:,}. After it:")
    show(assessment, left, Console(), statistics.condition)
    one_source = resting_words(rules, required_given=required is not None)
    for words in (*beside_words(statistics), *elsewhere_words(rules), *one_source):
        typer.echo(f"  {words}")


def show(assessment: Assessment, rows: tuple[Counts, ...], console: Console, condition: str = "") -> None:
    """Print an assessment for people: the verdict, the strata, the steps, the statistic."""
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
    console.print(
        f"  Beside the law, deciding nothing: pair estimate {assessment.pair_estimate:,.1f}{error}{unbiased}.",
        markup=False,
        highlight=False,
    )
    for warning in assessment.warnings:
        console.print(f"  Warning: {warning}.", style="yellow", markup=False, highlight=False)


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
