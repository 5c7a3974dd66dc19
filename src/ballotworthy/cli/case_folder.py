"""The folder of a case on disk, and the options that all its verbs share.

X/
  case.record              the record: one event a line, no name in it
  case.record.head.json    the last head that was signed
  certificate.json, .pdf   once it is certified
  weights.tsv              the machine's weights, if a risk-limiting check has them; no name in it
  private/                 for the office only: office.key, voters.key, the lines with their names, images
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ballotworthy.casework import Case, Desk
from ballotworthy.errors import InputError
from ballotworthy.files.whole import whole_file
from ballotworthy.record import FileStorage, OfficeKey, VoterKey, head_file, open_office_key, open_voter_key, sign

RECORD = "case.record"
HEAD = "case.record.head.json"
WEIGHTS = "weights.tsv"
PRIVATE = "private"
IMAGES = "images"
OFFICE_KEY, VOTER_KEY = "office.key", "voters.key"

CaseArgument = Annotated[Path, typer.Argument(help="The folder of the case.", show_default=False)]
ByOption = Annotated[str, typer.Option("--by", help="Who does it: the id of a person of the case.", show_default=False)]
OfficeKeyOption = Annotated[
    Path | None,
    typer.Option("--office-key", help="The office's signing key; private/office.key of the case if absent."),
]


def now() -> dt.datetime:
    """Give the time of the machine's clock: the only clock of a case."""
    return dt.datetime.now(dt.UTC)


def desk_in(folder: Path) -> Desk:
    """Give the desk of the case in a folder.

    Raises:
        InputError: there is none.
    """
    if not (folder / RECORD).is_file():
        raise InputError(f"{folder} holds no case (it has no {RECORD}). Open one: ballotworthy case new {folder}")
    check_begun(folder)
    return Desk(FileStorage(folder / RECORD), now)


def check_begun(folder: Path) -> None:
    """Refuse a folder whose record has no event.

    Raises:
        InputError: the record is empty.
    """
    if (folder / RECORD).stat().st_size == 0:
        raise InputError(
            f"{folder / RECORD} is empty: the opening of a case was broken off there, or its content is lost. "
            "Bring the record back from a copy; or if there never was a case, remove the folder and open it anew."
        )


def office_key(folder: Path, given: Path | None) -> OfficeKey:
    """Give the office's key."""
    return open_office_key(given or folder / PRIVATE / OFFICE_KEY)


def voter_key(folder: Path, case: Case) -> VoterKey:
    """Give the case's key for voters.

    Raises:
        InputError: it is not there, or not the one to which the case was opened.
    """
    key = open_voter_key(folder / PRIVATE / VOTER_KEY)
    if key.commitment != case.opened["voters"]:
        raise InputError(f"{folder / PRIVATE / VOTER_KEY} is not the key of this case. Put the right one in its place.")
    return key


def write_head(folder: Path, case: Case, key: OfficeKey) -> Path:
    """Sign the head of a case and write it beside its record."""
    with whole_file(folder / HEAD) as path:
        path.write_bytes(head_file(sign(key, case.name, case.link)))
    return folder / HEAD


def say(answer: Mapping[str, Any], sentence: str, *, as_json: bool) -> None:
    """Answer: a sentence for people, or plain data for machines."""
    if as_json:
        typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        typer.echo(sentence)


def standing_data(case: Case) -> dict[str, Any]:
    """Give what every verb answers in JSON: the case and the head of its record."""
    return {"case": case.name, "events": case.link.seq, "head": case.link.sha256}
