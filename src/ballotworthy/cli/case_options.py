"""What all verbs of a case share on the command line: who, where, by which clock, and how the answer is printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from ballotworthy.cli.printed import print_json
from ballotworthy.cli.sure_clock import sure_clock

if TYPE_CHECKING:
    from ballotworthy.casework.room import Room

CaseArgument = Annotated[Path, typer.Argument(help="The folder of the case.", show_default=False)]
ByOption = Annotated[str, typer.Option("--by", help="Who does it: the id of a person of the case.", show_default=False)]
OfficeKeyOption = Annotated[
    Path | None,
    typer.Option("--office-key", help="The office's signing key; private/office.key of the case if absent."),
]
SecondOption = Annotated[
    str, typer.Option("--second", metavar="ID", help="The second person: this is an act of two people of the case.")
]
SecondKeyOption = Annotated[
    Path | None,
    typer.Option("--second-key", help="The second person's own key, where one is named in the case (case second)."),
]
AloneOption = Annotated[
    str, typer.Option("--alone", metavar="WHY", help="Why there is no second person; the certificate shows it.")
]
SnapshotOption = Annotated[
    Path | None,
    typer.Option("--snapshot", help="Where the snapshot of the roll is, if it was moved since `case roll`."),
]
NoLookupOption = Annotated[
    bool, typer.Option("--no-lookup", help="Enter voters without looking them up on the roll; the answer says so.")
]


class Answer(Protocol):
    """What a verb gives: a frozen result that can be told to machines."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""


def room_in(folder: Path) -> Room:
    """Enter the room of the case in a folder, by the machine's clock; say what became of something broken off.

    Raises:
        InputError: there is none.
    """
    from ballotworthy.casework.room import enter

    room = enter(folder, sure_clock(lambda: room.case().at))
    if room.told:
        typer.echo(f"{folder}: {room.told}", err=True)
    return room


def say(answer: Answer, sentence: str, *, as_json: bool) -> None:
    """Answer: a sentence for people, or plain data for machines."""
    if as_json:
        print_json(answer.to_dict())
    else:
        typer.echo(sentence)
