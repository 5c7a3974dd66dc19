"""Options of the risk-limiting check, beside a sample of its own and inside a case, spelled and explained once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

RequiredOption = Annotated[
    int | None, typer.Option("--required", min=1, help="Signatures required; the law's number if a place is named.")
]
RiskOption = Annotated[float, typer.Option("--risk", help="The risk limit of either side.")]
UnlinkedRiskOption = Annotated[
    float | None,
    typer.Option("--unlinked-risk", help="Its part of the risk limit; a fifth of it if absent."),
]
ProposalsOption = Annotated[
    Path | None,
    typer.Option(help="What `check` wrote, or a table of sheet, line, weight and signer; no machine if absent."),
]
UnlinkedOption = Annotated[int | None, typer.Option(min=0, help="Lines that may repeat a signer and were not linked.")]
KeysOption = Annotated[
    tuple[int, int, int] | None,
    typer.Option(
        metavar="FIRST SECOND BOTH", help="The same, from how many two independent keys found, and both of them."
    ),
]
DecoysOption = Annotated[
    tuple[int, int, int] | None,
    typer.Option(
        metavar="KEYED FOUND LINKS",
        help="The same, from repeats keyed in on purpose: how many, how many found, and true links found.",
    ),
]
CheckerOption = Annotated[
    tuple[int, int] | None,
    typer.Option(
        "--checker-error",
        metavar="READ WRONG",
        help="Acceptances read again blindly, and how many were wrong: allows for lines that people accept wrongly.",
    ),
]
CheckerRiskOption = Annotated[
    float | None,
    typer.Option("--checker-risk", help="Its part of the risk limit; a fifth of it if absent."),
]
MissingOption = Annotated[int, typer.Option(min=0, help="Lines filed that are not in the frame, such as a lost sheet.")]
ExpectedOption = Annotated[
    int | None, typer.Option(min=1, help="Without proposals: distinct valid signers expected beforehand.")
]
