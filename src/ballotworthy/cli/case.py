"""`ballotworthy case`: an official check from filed lines to the signed certificate, by hand or from files."""

from __future__ import annotations

import typer

from ballotworthy.cli.case_close import certify, count, export, purge
from ballotworthy.cli.case_decide import decide, enter
from ballotworthy.cli.case_draw import propose, sample, seed
from ballotworthy.cli.case_open import fix, intake, new, roll
from ballotworthy.cli.case_risk import app as risk
from ballotworthy.cli.case_status import status, work

app = typer.Typer(no_args_is_help=True, help="An official check: a case from filed lines to its certificate.")
for verb in (new, intake, fix, roll, propose, seed, sample, work, decide, enter, count, certify, status, export, purge):
    app.command(verb.__name__)(verb)
app.add_typer(risk, name="risk")
