"""`ballotworthy case`: an official check from filed lines to the signed certificate, by hand or from files."""

from __future__ import annotations

import typer

from ballotworthy.cli.case_backup import backup, recover
from ballotworthy.cli.case_close import certify, count, export, purge
from ballotworthy.cli.case_court import reopen, restore
from ballotworthy.cli.case_decide import decide, enter
from ballotworthy.cli.case_draw import beacon, propose, sample, seed
from ballotworthy.cli.case_intake import fix, intake, roll
from ballotworthy.cli.case_look import sheets, show
from ballotworthy.cli.case_mend import clock, key, second
from ballotworthy.cli.case_open import new
from ballotworthy.cli.case_retype import retype
from ballotworthy.cli.case_risk import app as risk
from ballotworthy.cli.case_status import status, work
from ballotworthy.cli.sure_clock import on_a_sure_clock

app = typer.Typer(no_args_is_help=True, help="An official check: a case from filed lines to its certificate.")
VERBS = (
    new, intake, fix, roll, propose, beacon, seed, sample, sheets, work, retype, decide, show, enter, count, certify,
    reopen, restore, status, export, purge, clock, key, second, backup, recover,
)  # fmt: skip
READING = (sheets, work, show, status, export, backup, recover)
for verb in VERBS:
    app.command(verb.__name__)(verb if verb in READING else on_a_sure_clock(verb))
app.add_typer(risk, name="risk")
