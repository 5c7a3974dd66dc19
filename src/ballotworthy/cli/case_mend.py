"""`ballotworthy case clock`, `key`, `second`: a wrong clock declared, the office's key changed, a person's named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.case_options import ByOption, CaseArgument, SecondKeyOption, room_in, say
from ballotworthy.cli.options import JsonOption


def clock(
    folder: CaseArgument,
    by: ByOption,
    second: Annotated[str, typer.Option("--second", metavar="ID", help="Who declares it too.", show_default=False)],
    why: Annotated[str, typer.Option("--why", help="What was wrong with the clock.", show_default=False)],
    since: Annotated[
        int | None,
        typer.Option("--from", min=2, help="The first wrong event; the first dated after now if absent."),
    ] = None,
    second_key: SecondKeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Declare that the last events were written by a clock that was ahead; they stay, and the case goes on."""
    from ballotworthy.verbs.case_clock import declare_clock

    done = declare_clock(room_in(folder), by=by, second=second, why=why, since=since, second_key=second_key)
    say(done, f"Declared: the times of events {done.since:,} to {done.until:,} are wrong.", as_json=as_json)


def key(
    folder: CaseArgument,
    by: ByOption,
    new_key: Annotated[
        Path | None, typer.Option("--new-key", help="The new key; one is made in private/ if absent.")
    ] = None,
    old_key: Annotated[
        Path | None, typer.Option("--old-key", help="The old key; private/office.key of the case if absent.")
    ] = None,
    second: Annotated[
        str, typer.Option("--second", metavar="ID", help="If the old key is lost: who stands for the change too.")
    ] = "",
    notice: Annotated[
        str, typer.Option("--notice", help="If the old key is lost: where and when the change was published.")
    ] = "",
    second_key: SecondKeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change the office's key of a case: signed by the old one and the new, or by two people where the old is lost."""
    from ballotworthy.verbs.case_key import change_key

    done = change_key(
        room_in(folder), by=by, new_key=new_key, old_key=old_key, second=second, notice=notice, second_key=second_key
    )
    say(done, f"The key is changed. Publish the new one in two places: {done.key}", as_json=as_json)


def second(
    folder: CaseArgument,
    person: Annotated[str, typer.Option("--person", metavar="ID", help="Whose key it is.", show_default=False)],
    key_file: Annotated[
        Path,
        typer.Option(
            "--key", help="The file of that person's key, which nobody else keeps; made if absent.", show_default=False
        ),
    ],
    by: ByOption,
    as_json: JsonOption = False,
) -> None:
    """Name the key with which a person signs as the second: that person does, or who manages the case."""
    from ballotworthy.verbs.case_second import name_second_key

    done = name_second_key(room_in(folder), person, key_file, by=by)
    say(done, f"{done.person} signs with the key {done.key}, and is the one to publish it.", as_json=as_json)
