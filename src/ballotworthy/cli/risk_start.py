"""`ballotworthy risk start`: the frame, the machine's proposals and the terms, committed before the seed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.days import CertifiedOption, FiledOption, RegisteredOption, SignedOption, days_of
from ballotworthy.cli.held import complete_day, complete_kind, complete_place
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.risk_options import (
    CheckerOption,
    CheckerRiskOption,
    DecoysOption,
    ExpectedOption,
    KeysOption,
    MissingOption,
    ProposalsOption,
    RequiredOption,
    RiskOption,
    UnlinkedOption,
    UnlinkedRiskOption,
)
from ballotworthy.errors import InputError
from ballotworthy.files.quantities import quantity

if TYPE_CHECKING:
    from ballotworthy.law import Rules


def start(
    lines: Annotated[
        Path,
        typer.Argument(help="The frame: a table with sheet and line, or a text of line ids.", show_default=False),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder of the check; it must not be there yet.")],
    proposals: ProposalsOption = None,
    required: RequiredOption = None,
    risk: RiskOption = 0.05,
    place: Annotated[
        str | None,
        typer.Option(help="Name this place's law beside it, with --kind and --on.", autocompletion=complete_place),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="The kind of petition, such as amendment.", autocompletion=complete_kind)
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The governing day.", autocompletion=complete_day)
    ] = None,
    registered: RegisteredOption = None,
    signed: SignedOption = None,
    filed: FiledOption = None,
    certified: CertifiedOption = None,
    unlinked: UnlinkedOption = None,
    keys: KeysOption = None,
    decoys: DecoysOption = None,
    unlinked_risk: UnlinkedRiskOption = None,
    checker_error: CheckerOption = None,
    checker_risk: CheckerRiskOption = None,
    missing: MissingOption = 0,
    expected_valid: ExpectedOption = None,
    as_json: JsonOption = False,
) -> None:
    """Commit frame, proposals and terms before the seed; publish the digest it prints, then draw the seed."""
    from ballotworthy.risk_check.asked import Asked
    from ballotworthy.verbs.risk_start import start_risk_check

    rules = _rules(place, kind, on, registered, signed, filed, certified)
    asked = Asked(risk, unlinked, keys, decoys, unlinked_risk, checker_error, checker_risk, missing, expected_valid)
    started = start_risk_check(out, lines, asked, required=required, proposals=proposals, rules=rules)
    event, terms = started.event, started.terms
    if as_json:
        print_json(started.to_dict())
        return
    typer.echo(f"{quantity(started.lines, 'line')}, fingerprint of the frame {event['frame']['fingerprint']}.")
    if proposals:
        typer.echo(f"The machine's weights add up to {event['proposals']['total']:,.1f}; {terms.required:,} required.")
    else:
        typer.echo(f"No machine; {terms.required:,} required.")
    if terms.allowance:
        typer.echo(f"{terms.allowance:,} signatures are allowed for duplicates not linked.")
    if terms.misread:
        typer.echo(f"{terms.misread:,} signatures are allowed for lines that people accept wrongly.")
    typer.echo(f"Commitment {event['commitment']}")
    typer.echo("Publish it. Then draw the seed in public, and give it with `ballotworthy risk seed`.")


def _rules(place: str | None, kind: str | None, on: str | None, *acts: str | None) -> Rules | None:
    from ballotworthy.law import read_law, rules_on

    if place and kind and (on or any(acts)):
        return rules_on(read_law(place), kind, days_of(on, *acts))
    if place or kind or on or any(acts):
        raise InputError("to name the law, give --place, --kind and --on (or another day) together.")
    return None
