"""The passphrase of a backup: from the first line of a file, or asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.errors import InputError
from ballotworthy.files.given import given_bytes

PassphraseOption = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="A file with the passphrase in its first line; asked for if absent."),
]


def passphrase_in(path: Path | None, *, again: bool) -> str:
    """Give the passphrase; `again` asks for it twice.

    Raises:
        InputError: there is no file, and nobody can be asked.
    """
    if path is not None:
        return given_bytes(path).decode("utf-8", "replace").partition("\n")[0]
    if not sys.stdin.isatty():
        raise InputError("nobody can be asked for the passphrase here; give --passphrase-file.")
    return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=again, err=True))
