"""`ballotworthy risk plan`: how many lines people would have to check, beside what the place's own rule costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ballotworthy.cli.days import today
from ballotworthy.cli.held import complete_day, complete_kind, complete_place
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day

if TYPE_CHECKING:
    from ballotworthy.risk_check.plan import Distribution, Plan

ENDINGS = (".html", ".png")


def plan(
    lines: Annotated[int, typer.Option(min=1, help="Lines filed.", show_default=False)],
    valid: Annotated[int, typer.Option(min=0, help="Distinct valid signers expected.", show_default=False)],
    required: Annotated[
        int | None, typer.Option(min=1, help="Signatures required, in place of the law's number.")
    ] = None,
    duplicates: Annotated[float, typer.Option(help="Lines that repeat a signer, as a share of the lines.")] = 0.025,
    machine_accuracy: Annotated[
        float | None, typer.Option(help="Share of the lines that the machine judges rightly; 0.99 if nothing is said.")
    ] = None,
    machine_refuses: Annotated[float | None, typer.Option(help="Share of the valid lines that it refuses.")] = None,
    machine_accepts: Annotated[float | None, typer.Option(help="Share of the invalid lines that it accepts.")] = None,
    machine_confusion: Annotated[
        tuple[int, int, int, int] | None,
        typer.Option(
            metavar="VALID REFUSED INVALID ACCEPTED",
            help="Lines that people ruled valid, those of them it refused; ruled invalid, those of them it accepted.",
        ),
    ] = None,
    risk: Annotated[float, typer.Option(help="The risk limit of either side.")] = 0.05,
    place: Annotated[
        str, typer.Option(help="The place whose own rule stands beside it.", autocompletion=complete_place)
    ] = "us-ca",
    kind: Annotated[
        str | None,
        typer.Option(
            help="The kind of petition; the place's first that is sampled if absent.", autocompletion=complete_kind
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="The governing day; today if absent.", autocompletion=complete_day),
    ] = None,
    unlinked: Annotated[int, typer.Option(min=0, help="Lines allowed for duplicates that were not linked.")] = 0,
    unlinked_risk: Annotated[float | None, typer.Option(help="Its part of the risk limit; a fifth if absent.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the simulated checks.")] = 1,
    plot: Annotated[
        Path | None, typer.Option(help="Draw how soon the checks end into a file ending in .html or .png.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Simulate risk-limiting checks of an expected petition: lines that people check, and the place's own rule."""
    if plot and plot.suffix.lower() not in ENDINGS:
        raise InputError(f"--plot {plot} ends neither in .html nor in .png; choose one of them.")
    # Numba and Polars, behind the simulation, take a moment to load.
    from ballotworthy.risk_check.plan import plan_data
    from ballotworthy.verbs.risk_plan import PlannedPetition, plan_risk_check

    petition = PlannedPetition(
        lines, valid, required, duplicates, machine_accuracy, machine_refuses, machine_accepts, machine_confusion,
        risk, unlinked, unlinked_risk,
    )  # fmt: skip
    day = parse_day(on, "--on") if on else today()
    found = plan_risk_check(petition, place, kind, day, seed=seed)
    if plot:
        _draw(found, plot)
    if as_json:
        print_json(plan_data(found))
    else:
        show_plan(found, SafeConsole())


def show_plan(plan: Plan, console: SafeConsole) -> None:
    """Print the plan for people."""
    from ballotworthy.risk_check.plan_words import machine_words, sentences

    console.print(*sentences(plan)[:-1], sep="\n", markup=False, highlight=False)
    table = Table("lines that people check", title_justify="left")
    for heading in ("mean", "median", "9 in 10 at most", "settled"):
        table.add_column(heading, justify="right")
    table.add_row(f"risk-limiting, {machine_words(plan.expected.machine)}", *_cells(plan.with_machine))
    table.add_row("no machine, validity known beforehand", *_cells(plan.without))
    table.add_row("no machine, nothing known", *_cells(plan.unknown))
    table.add_row(f"the rule of {plan.rules.place_name}", f"{plan.statutory.mean:,.0f}", "", "", "")
    console.print(table)
    console.print(
        f"Of {plan.runs:,} simulated checks each, seed {plan.seed}. A check not settled after {plan.cap:,} lines is "
        "counted as an examination of all.",
        sentences(plan)[-1],
        sep="\n",
        markup=False,
        highlight=False,
    )


def _cells(found: Distribution) -> list[str]:
    return [f"{found.mean:,.0f}", f"{found.median:,.0f}", f"{found.p90:,.0f}", f"{found.settled:.1%}"]


def _draw(plan: Plan, path: Path) -> None:
    from ballotworthy.files.whole import whole_file
    from ballotworthy.report.risk_plot import plan_page, plan_picture
    from ballotworthy.risk_check.plan_words import curves_of, sentences

    title = f"Lines to check: {plan.expected.valid:,} valid of {plan.expected.lines:,}, {plan.required:,} required"
    curves = curves_of(plan)
    statutory = {"lines": plan.statutory.mean, "place": plan.rules.place_name}
    with whole_file(path) as file:
        if path.suffix.lower() == ".png":
            file.write_bytes(plan_picture(title, curves, statutory))
        else:
            file.write_text(plan_page(title, sentences(plan), curves, statutory), "utf-8")
