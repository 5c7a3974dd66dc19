"""`ballotworthy case backup`, `recover`: a case in one encrypted file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.case_options import CaseArgument, room_in, say
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.passphrase import PassphraseOption, passphrase_in
from ballotworthy.cli.sure_clock import sure_clock
from ballotworthy.files.quantities import quantity


def backup(
    folder: CaseArgument,
    out: Annotated[Path, typer.Option("-o", "--out", help="The file to write.", show_default=False)],
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the whole case, with its keys and names, into one file that only the passphrase opens."""
    from ballotworthy.verbs.case_backup import back_up

    done = back_up(room_in(folder), out, passphrase=passphrase_in(passphrase_file, again=True))
    told = f"{quantity(done.files, 'file')} of the case in {out}. Keep the passphrase elsewhere: nothing else opens it."
    say(done, told, as_json=as_json)


def recover(
    file: Annotated[Path, typer.Argument(help="The backup.", show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder of the case; a new one.", show_default=False)],
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring a case back from a backup, and check its record and its key for voters."""
    from ballotworthy.verbs.case_recover import recover_case

    done = recover_case(file, out, passphrase=passphrase_in(passphrase_file, again=False), clock=sure_clock())
    told = f"{quantity(done.files, 'file')} brought back to {out}; the record holds {done.record.events:,} events."
    say(done, told, as_json=as_json)
