"""`ballotworthy risk plan`: how many lines people would have to check, beside what the place's own rule costs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.errors import InputError

if TYPE_CHECKING:
    from ballotworthy.law import Rules
    from ballotworthy.risk_check.expected import Confusion
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
    place: Annotated[str, typer.Option(help="The place whose own rule stands beside it.")] = "us-ca",
    kind: Annotated[
        str | None, typer.Option(help="The kind of petition; the place's first that is sampled if absent.")
    ] = None,
    on: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The governing day; today if absent.")] = None,
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
    from ballotworthy.risk_check.expected import Expected
    from ballotworthy.risk_check.plan import plan as planned
    from ballotworthy.risk_check.plan import plan_data

    machine = _machine(machine_accuracy, machine_refuses, machine_accepts, machine_confusion)
    rules = _rules(place, kind, on)
    law = rules.requirement.value if rules.requirement else None
    number = required if required is not None else law
    if number is None:
        raise rules.silence["requirement"]
    own = (risk / 5 if unlinked else 0.0) if unlinked_risk is None else unlinked_risk
    found = planned(
        Expected(lines, valid, duplicates, machine, rules.lost_of_pair), rules, number,
        risk=risk, allowance=unlinked, allowance_risk=own, seed=seed,
    )  # fmt: skip
    if plot:
        _draw(found, plot)
    if as_json:
        print_json(plan_data(found))
    else:
        show_plan(found, SafeConsole())


def _machine(
    accuracy: float | None, refuses: float | None, accepts: float | None, confusion: tuple[int, int, int, int] | None
) -> Confusion:
    from ballotworthy.risk_check.expected import Confusion, measured, right_on

    one_sided = refuses is not None or accepts is not None
    if sum((accuracy is not None, one_sided, confusion is not None)) > 1:
        raise InputError(
            "--machine-accuracy, --machine-refuses with --machine-accepts, and --machine-confusion are three ways to "
            "say how the machine errs; give one of them."
        )
    if confusion is not None:
        return measured(*confusion)
    if one_sided:
        return Confusion(refuses or 0.0, accepts or 0.0)
    return right_on(0.99 if accuracy is None else accuracy)


def machine_words(machine: Confusion) -> str:
    """Say how the machine errs, where it errs to both sides alike: "machine right on 99.0%"."""
    alike = abs(machine.refused - machine.accepted) < 1e-9
    return f"machine right on {1 - machine.refused:.1%}" if alike else "with this machine"


def _rules(place: str, kind: str | None, on: str | None) -> Rules:
    from ballotworthy.files.asked_day import parse_day
    from ballotworthy.law import read_law, rules_on
    from ballotworthy.sufficiency import FORMULAS

    law = read_law(place)
    day = parse_day(on, "--on") if on else datetime.now().astimezone().date()
    if kind:
        return rules_on(law, kind, day)
    every = [rules_on(law, each, day) for each in law.kinds]
    return next((rules for rules in every if FORMULAS[rules.formula.value].samples), every[0])


def sentences(plan: Plan) -> list[str]:
    """Say the plan in sentences."""
    expected, rules, statutory = plan.expected, plan.rules, plan.statutory
    margin = expected.valid / plan.required - 1
    side = f"{margin:.1%} over" if margin >= 0 else f"{-margin:.1%} short of"
    found = [
        f"{expected.lines:,} lines, {plan.required:,} signatures required, {expected.valid:,} valid expected: {side} "
        f"the requirement. {expected.duplicates:.1%} of the lines repeat a signer; risk limit {plan.risk:.1%}.",
    ]
    if abs(expected.machine.refused - expected.machine.accepted) >= 1e-9:
        found.append(
            f"The machine refuses {expected.machine.refused:.1%} of the valid lines and accepts "
            f"{expected.machine.accepted:.1%} of the others."
        )
    cited = (rules.sample_share or rules.full_count).source
    if statutory.sample < expected.lines:
        found.append(
            f"{rules.place_name}'s own rule ({rules.kind}; {cited}) draws {statutory.sample:,} lines and leads to a "
            f"full check with a chance of {statutory.full_check:.1%}; its sample fails this petition with "
            f"{statutory.failed:.1%}."
        )
    else:
        found.append(f"{rules.place_name}'s own rule ({rules.kind}; {cited}) examines every line.")
    if plan.just is not None:
        found.append(
            f"A petition of this size with exactly {plan.required:,} valid signers, which is enough, its sample fails "
            f"with a chance of {plan.just.failed:.1%}."
        )
    if plan.allowance:
        found.append(f"{plan.allowance:,} lines are allowed for duplicates not linked.")
    found.append(
        "The risk-limiting check takes rulings as true, needs a search of the whole petition for each signer, and "
        "replaces no sample that a statute orders."
    )
    return found


def show_plan(plan: Plan, console: SafeConsole) -> None:
    """Print the plan for people."""
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

    title = f"Lines to check: {plan.expected.valid:,} valid of {plan.expected.lines:,}, {plan.required:,} required"
    curves: list[dict[str, Any]] = curves_of(plan)
    statutory = {"lines": plan.statutory.mean, "place": plan.rules.place_name}
    with whole_file(path) as file:
        if path.suffix.lower() == ".png":
            file.write_bytes(plan_picture(title, curves, statutory))
        else:
            file.write_text(plan_page(title, sentences(plan), curves, statutory), "utf-8")


def curves_of(plan: Plan) -> list[dict[str, Any]]:
    """Give the points of the plot: lines looked at, the share of checks settled by then, and which check."""
    named = (
        (machine_words(plan.expected.machine).replace(".0%", "%"), plan.with_machine),
        ("no machine", plan.without),
    )
    return [{"lines": lines, "share": share, "check": name} for name, found in named for lines, share in found.curve]
