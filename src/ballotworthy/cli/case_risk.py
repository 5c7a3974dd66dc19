"""`ballotworthy case risk`: the risk-limiting check beside the sample, on the case's own seed and rulings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.case_options import ByOption, CaseArgument, room_in, say
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.risk_options import (
    CheckerOption,
    CheckerRiskOption,
    DecoysOption,
    ExpectedOption,
    KeysOption,
    MissingOption,
    ProposalsOption,
    RiskOption,
    UnlinkedOption,
    UnlinkedRiskOption,
)
from ballotworthy.cli.sure_clock import on_a_sure_clock
from ballotworthy.errors import InputError
from ballotworthy.files.quantities import quantity

if TYPE_CHECKING:
    from ballotworthy.verbs.case_risk_next import Wanted

app = typer.Typer(no_args_is_help=True, help="The risk-limiting check beside the sample, on the same seed and rulings.")
WANTS = {"ruling": "to be ruled, and weighed if it is valid", "weighing": "to be weighed"}
BEYOND = "Line {} of {} is next and is not in the sample. Draw a greater one with `case sample -n STRATUM=LINES`."


@app.command()
@on_a_sure_clock
def terms(
    folder: CaseArgument,
    by: ByOption,
    proposals: ProposalsOption = None,
    risk: RiskOption = 0.05,
    unlinked: UnlinkedOption = None,
    keys: KeysOption = None,
    decoys: DecoysOption = None,
    unlinked_risk: UnlinkedRiskOption = None,
    checker_error: CheckerOption = None,
    checker_risk: CheckerRiskOption = None,
    strata: Annotated[
        bool, typer.Option("--by-strata", help="Count all lines that each stratum has sampled, not those of one order.")
    ] = False,
    missing: MissingOption = 0,
    expected_valid: ExpectedOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fix what the check asks, and commit the machine's weights; after the frame, before the seed."""
    from ballotworthy.verbs.case_risk_terms import fix_risk_terms

    done = fix_risk_terms(
        room_in(folder),
        by=by,
        proposals=proposals,
        risk=risk,
        unlinked=unlinked,
        keys=keys,
        decoys=decoys,
        unlinked_risk=unlinked_risk,
        checker_error=checker_error,
        checker_risk=checker_risk,
        by_strata=strata,
        missing=missing,
        expected_valid=expected_valid,
    )
    machine = "No machine."
    if done.weights:
        total = done.body["machine"]["total"]
        machine = f"The machine's weights add up to {total}: {done.weights}, SHA-256 {done.sha256}"
    required = f"risk limit {done.body['risk_limit']}, {quantity(done.required, 'signature')} required"
    say(done, f"The check's terms are fixed: {required}. {machine}", as_json=as_json)


@app.command("next")
def next_lines(
    folder: CaseArgument,
    number: Annotated[int, typer.Option("-n", min=1, help="How many lines.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Print the next lines that the check wants ruled or weighed, with the lines that the machine links to each."""
    from ballotworthy.verbs.case_risk_next import next_in_check

    found = next_in_check(room_in(folder), number=number)
    said = [_wanted(each) for each in found.lines]
    if found.beyond:
        said.append(BEYOND.format(found.beyond, found.stratum))
    say(found, "\n".join(said) or "Every line of the petition counts in the check.", as_json=as_json)


def _wanted(each: Wanted) -> str:
    return f"{each.line}  {WANTS[each.wants]}{'; linked to ' if each.links else ''}{', '.join(each.links)}"


@app.command()
@on_a_sure_clock
def weigh(
    folder: CaseArgument,
    by: ByOption,
    weighings: Annotated[
        Path | None, typer.Argument(help="A table of line (or sheet and line) and further.", show_default=False)
    ] = None,
    line: Annotated[str, typer.Option(help="One line, such as 12-3, in place of a table.")] = "",
    further: Annotated[
        int | None, typer.Option(min=0, help="Further valid lines of its signer, found in the whole petition.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Enter how many further valid lines of a line's signer the search of the whole petition has found."""
    from ballotworthy.verbs.case_risk_weigh import read_weighings, weigh_lines

    if (weighings is None) == (not line) or bool(line) != (further is not None):
        raise InputError("give either a table of line and further, or one --line with --further.")
    rows = [(line, further or 0)] if weighings is None else read_weighings(weighings)
    done = weigh_lines(room_in(folder), rows, by=by)
    say(done, f"{quantity(done.lines, 'line')} weighed.", as_json=as_json)


@app.command()
def status(folder: CaseArgument, as_json: JsonOption = False) -> None:
    """Say what the check says by the rulings so far; nothing is recorded."""
    from ballotworthy.verbs.case_risk_state import state_risk

    found = state_risk(room_in(folder))
    say(found, found.body["statement"].replace(". ", ".\n"), as_json=as_json)


@app.command()
@on_a_sure_clock
def record(folder: CaseArgument, by: ByOption, as_json: JsonOption = False) -> None:
    """Record what the check says, for the certificate; anew if a ruling changes after it."""
    from ballotworthy.verbs.case_risk_state import record_risk

    done = record_risk(room_in(folder), by=by)
    say(done, f"Recorded: {done.body['decided']}.", as_json=as_json)
