"""`ballotworthy case count`, `certify`, `export`, `purge`: from the decisions to the paper, and what is kept of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.case_options import (
    AloneOption,
    ByOption,
    CaseArgument,
    OfficeKeyOption,
    SecondKeyOption,
    SecondOption,
    room_in,
    say,
)
from ballotworthy.cli.options import JsonOption
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.quantities import were
from ballotworthy.safe_text import safe_line


def count(folder: CaseArgument, by: ByOption, as_json: JsonOption = False) -> None:
    """Count the decisions and draw the verdict by the pinned law."""
    from ballotworthy.verbs.case_count import count_case

    judged = count_case(room_in(folder), by=by)
    body = judged.verdict
    numbers = f"Estimate {body['estimate']:,}, required {body['requirement']:,}"
    sentence = "\n".join(
        (
            safe_line(f"{body['verdict'].upper()}: {body['rule']}."),
            safe_line(f"{numbers} ({body['requirement_source']['cite']})"),
        )
    )
    say(judged, sentence, as_json=as_json)


def certify(
    folder: CaseArgument,
    by: ByOption,
    form: Annotated[
        str, typer.Option(help="The paper to sign: plain, or the form that the place prescribes, if absent.")
    ] = "",
    key_file: OfficeKeyOption = None,
    second: SecondOption = "",
    second_key: SecondKeyOption = None,
    alone: AloneOption = "",
    as_json: JsonOption = False,
) -> None:
    """Sign: the certificate as PDF and JSON, the record's head, and the event that holds both digests."""
    from ballotworthy.verbs.case_certify import certify_case

    done = certify_case(
        room_in(folder), by=by, form=form, key_file=key_file, second=second, second_key=second_key, alone=alone
    )
    say(done, f"Certified, {done.verdict}: {', '.join(map(str, done.files))}", as_json=as_json)


def export(
    folder: CaseArgument,
    audience: Annotated[str, typer.Option("--to", help="Who gets it: proponents or public.", show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write, whole or not at all.", show_default=False)],
    key_file: OfficeKeyOption = None,
    objector: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Whose challenges go with it, as `challenged` says side, or what is before its comma."
        ),
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Write what the case's disclosure setting lets that audience have; never a name, an image or a secret key."""
    from ballotworthy.verbs.case_export import AUDIENCES, export_case

    if audience not in AUDIENCES:
        raise InputError(f"--to {audience} is nobody; write proponents or public.")
    done = export_case(room_in(folder), out, audience=audience, key_file=key_file, objector=objector)
    listed = ", ".join(done.files[:-1])
    say(done, f"Disclosure is {done.disclosure}. For {audience}: {listed} in {out}", as_json=as_json)


def purge(
    folder: CaseArgument,
    by: ByOption,
    ground: Annotated[str, typer.Option(help="The period that has ended, and its rule.", show_default=False)],
    lawful_from: Annotated[
        str,
        typer.Option(
            "--lawful-from",
            metavar="YYYY-MM-DD",
            help="The first day on which the law lets them be deleted.",
            show_default=False,
        ),
    ],
    what: Annotated[
        list[str] | None,
        typer.Option("--what", metavar="WHAT", help="names, images or keys; repeatable. Names and images if absent."),
    ] = None,
    second: SecondOption = "",
    second_key: SecondKeyOption = None,
    alone: AloneOption = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; needed where nobody can be asked.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Delete names and images (and keys, if asked) after the lawful period; the record still verifies."""
    from ballotworthy.verbs.case_purge import purge_case

    room, chosen = room_in(folder), what or ["names", "images"]
    day = parse_day(lawful_from, "--lawful-from")
    if not yes:
        _ask(f"Delete {', '.join(chosen)} of {room.case().name} for good?")
    done = purge_case(
        room, by=by, ground=ground, lawful_from=day, what=chosen, second=second, second_key=second_key, alone=alone
    )
    told = f"Purged {', '.join(done.what)}: {were(done.files, 'file')} deleted. The record is whole."
    say(done, told, as_json=as_json)


def _ask(question: str) -> None:
    if not sys.stdin.isatty():
        raise InputError(f"{question} Nobody can be asked here; say --yes if it is meant.")
    if not typer.confirm(question, err=True):
        raise InputError("nothing was deleted.")
