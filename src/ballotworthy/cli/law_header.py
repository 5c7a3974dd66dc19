"""`ballotworthy law counts-header`: the heading of a counts file, as `project` reads it."""

from __future__ import annotations

import typer

from ballotworthy.cli.days import CertifiedOption, FiledOption, RegisteredOption, SignedOption, days_of
from ballotworthy.cli.options import AnyKindOption, GoverningOption, JsonOption, PlaceArgument
from ballotworthy.cli.printed import print_json


def counts_header(
    place: PlaceArgument,
    kind: AnyKindOption = None,
    on: GoverningOption = None,
    registered: RegisteredOption = None,
    signed: SignedOption = None,
    filed: FiledOption = None,
    certified: CertifiedOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the heading of a counts file for `project`, and nothing else."""
    from ballotworthy.verbs.law_header import head_counts

    found = head_counts(place, days_of(on, registered, signed, filed, certified), kind)
    if as_json:
        print_json(found.to_dict())
    else:
        typer.echo(",".join(found.columns))
