"""`ballotworthy draw`: the sample for a public seed, by hash order, sized by number or by law."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.held import complete_day, complete_kind, complete_place
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.quantities import quantity
from ballotworthy.law import Rules, read_law, rules_on

FrameArgument = Annotated[
    Path,
    typer.Argument(
        help="A table with sheet and line columns, or a text of line ids, one to a line.", show_default=False
    ),
]
SeedOption = Annotated[str, typer.Option(help="The public seed.", show_default=False)]
NumberOption = Annotated[int | None, typer.Option("-n", min=0, help="How many lines to draw.")]
PlaceOption = Annotated[
    str | None,
    typer.Option(help="Let the law of this place say how many, with --kind and --on.", autocompletion=complete_place),
]
KindOption = Annotated[
    str | None, typer.Option(help="The kind of petition, such as amendment.", autocompletion=complete_kind)
]
OnOption = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="The governing day.", autocompletion=complete_day)
]


def draw(
    frame: FrameArgument,
    seed: SeedOption,
    number: NumberOption = None,
    place: PlaceOption = None,
    kind: KindOption = None,
    on: OnOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the sampled line ids in the order drawn; anybody with the seed and the frame draws the same."""
    from ballotworthy.verbs.draw import draw_sample

    sample = draw_sample(frame, seed=seed, n=number, rules=_rules(number, place, kind, on))
    if as_json:
        print_json(sample.to_dict())
        return
    typer.echo(
        f"{len(sample.ids):,} of {quantity(sample.lines, 'line')}; fingerprint of the frame {sample.sha256}", err=True
    )
    for remark in sample.remarks:
        typer.echo(f"Note: {remark}", err=True)
    for line in sample.ids:
        typer.echo(line)


def _rules(number: int | None, place: str | None, kind: str | None, on: str | None) -> Rules | None:
    if number is not None and place is None and kind is None and on is None:
        return None
    if number is None and place and kind and on:
        return rules_on(read_law(place), kind, parse_day(on, "--on"))
    raise InputError("say how many lines to draw: either -n N, or --place, --kind and --on together.")
