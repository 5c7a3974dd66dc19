"""`ballotworthy office`: the pages where people decide lines, see each other's work, and sign the result."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from ballotworthy.cli.days import today
from ballotworthy.cli.office_start import (
    OWN,
    CertificateOption,
    FolderArgument,
    HostOption,
    KeyOption,
    NameOption,
    PortOption,
    ProcessesOption,
    SignaturesOption,
    TlsOption,
    pair_of,
    require_office,
    serve_office,
    start_office,
)
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.passphrase import PassphraseOption, passphrase_in
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.progress import compile_if_cold
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import as_day
from ballotworthy.files.quantities import quantity

if TYPE_CHECKING:
    from ballotworthy.office.demo import Filled

FIRST_FILED, FILED_AGO = dt.date(2010, 12, 31), dt.timedelta(days=35)
"""The days on which the demo's petition can be filed: from the first, up to so many days before today."""

app = typer.Typer(no_args_is_help=True)


@app.callback()
def office() -> None:
    """Pages where people decide lines, see each other's work, and sign the result."""


@app.command()
def serve(
    folder: FolderArgument = Path("office"),
    host: HostOption = "127.0.0.1",
    port: PortOption = 8790,
    name: NameOption = None,
    behind_tls: TlsOption = False,
    tls_cert: CertificateOption = None,
    tls_key: KeyOption = None,
    signatures: SignaturesOption = None,
    processes: ProcessesOption = 1,
    as_json: JsonOption = False,
) -> None:
    """Start the office; the first start prints a link for the first manager, and no password exists before."""
    own_tls = pair_of(tls_cert, tls_key, behind_tls=behind_tls)
    site = start_office(folder, host, name or (), behind_tls=behind_tls, signatures=signatures, own_tls=own_tls)
    serve_office(site, host, port, (name or [host])[0], processes=processes, as_json=as_json)


@app.command()
def demo(
    folder: FolderArgument = Path("office-demo"),
    host: HostOption = "127.0.0.1",
    port: PortOption = 8790,
    fill_only: Annotated[bool, typer.Option("--fill-only", help="Fill the folder and stop.")] = False,
    sheets: Annotated[
        int, typer.Option(min=0, max=150, help="Sheets that have pictures, a second each; needs the extra scan.")
    ] = 6,
    filed: Annotated[
        str, typer.Option(help="The day on which its petition was filed; else five weeks ago.", metavar="YYYY-MM-DD")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Start an office filled with an invented petition: its sample is drawn, and its lines wait to be decided.

    Raises:
        InputError: the folder holds an office already.
    """
    if (folder / "cases").is_dir():
        raise InputError(f"{folder} holds an office already. Start it: ballotworthy office serve {folder}")
    latest = today() - FILED_AGO
    day = as_day(filed, "--filed") if filed else latest
    if not FIRST_FILED <= day <= latest:
        raise InputError(
            f"--filed {day}: the demo's register is taken four weeks after that day, and its law is that since 2010. "
            f"Give a day from {FIRST_FILED} to {latest}, or none."
        )
    site = start_office(folder, host)
    from ballotworthy.office.demo import fill

    compile_if_cold()
    typer.echo("Inventing a petition, and drawing its sample ...", err=True)
    filled = fill(folder, sheets=sheets, filed=day)
    typer.echo(_of_pictures(filled), err=True)
    if not fill_only:
        serve_office(site, host, port, host, as_json=as_json)


@app.command()
def doctor(folder: FolderArgument = Path("office"), as_json: JsonOption = False) -> None:
    """Look at disk, tables, managers, TLS, cases, keys, folders and backup, and say what to do; exit 1 unless well."""
    _start_there(folder)
    from ballotworthy.office.doctor import examine

    found = examine(folder.absolute())
    if as_json:
        print_json([each.to_dict() for each in found])
    else:
        for each in found:
            typer.echo(f"{'well' if each.well else 'LOOK'}  {each.what}: {each.words}")
    raise typer.Exit(0 if all(each.well for each in found) else 1)


@app.command()
def backup(
    folder: FolderArgument = Path("office"),
    out: Annotated[
        Path, typer.Option("-o", "--out", help="The folder, or the file if encrypted; it holds names and keys.")
    ] = Path("office-backup"),
    encrypt: Annotated[bool, typer.Option("--encrypt", help="Into one file that only a passphrase opens.")] = False,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy an office while people work, whole or not at all; `office restore` opens an encrypted copy."""
    if passphrase_file is not None and not encrypt:
        raise InputError("--passphrase-file goes with --encrypt.")
    _start_there(folder)
    from ballotworthy.office.backup import back_up, back_up_sealed

    if encrypt:
        passphrase = passphrase_in(passphrase_file, again=True)
        saved = back_up_sealed(folder.absolute(), out.absolute(), passphrase=passphrase)
    else:
        saved = back_up(folder.absolute(), out.absolute())
    keep = "Keep the passphrase elsewhere: nothing else opens it." if encrypt else "It holds names and keys."
    _say(saved, f"{saved.folder}: {saved.cases} cases and {saved.rolls} snapshots. {keep}", as_json=as_json)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="The encrypted backup.", show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", help="The office's folder; a new one.", show_default=False)],
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring an office back from an encrypted backup; a copy that is not encrypted is served as it is."""
    require_office()
    from ballotworthy.office.restored import DUMPED
    from ballotworthy.office.restored import restore as bring_back

    files = bring_back(file, out.absolute(), passphrase=passphrase_in(passphrase_file, again=False))
    if as_json:
        print_json({"folder": str(out), "files": files})
    else:
        typer.echo(f"{quantity(files, 'file')} brought back. Start it: ballotworthy office serve {out}")
        if (out / DUMPED).is_file():
            typer.echo(
                "Its tables lay in PostgreSQL. Before you start it, have empty ones filled, with DATABASE_URL where "
                f"they are to lie there again: ballotworthy office rebuild {out}"
            )


@app.command("import")
def import_case(
    case: Annotated[Path, typer.Argument(help="The folder of a case of the command line.", show_default=False)],
    folder: FolderArgument = Path("office"),
    as_json: JsonOption = False,
) -> None:
    """Take a case of the command line into the office; from then on the command line may only read it."""
    _start_there(folder)
    from ballotworthy.office.handover import bring_in

    done = bring_in(case.absolute())
    new = f" Accounts without a password were made for {', '.join(done.accounts)}." if done.accounts else ""
    told = (
        f"The office holds the case in {done.folder}, {quantity(done.record.events, 'event')}.{new} Of a hundred lines "
        f"two people look at {done.second_share}, until “Who may act” says otherwise."
    )
    _say(done, f"{told} {case} stays as it is; delete it once you are sure, since it holds names.", as_json=as_json)


@app.command("export")
def export_case(
    folder: FolderArgument = Path("office"),
    case: Annotated[str, typer.Option("--case", help="The name of its folder in the office.", show_default=False)] = "",
    out: Annotated[Path, typer.Option("-o", "--out", help="The case's folder; a new one.")] = Path("case"),
    as_json: JsonOption = False,
) -> None:
    """Give a case of the office to the command line; the office has it no more. Stop its server before."""
    _start_there(folder)
    from ballotworthy.office.handover import take_out

    done = take_out(case, out.absolute())
    told = [f"The command line holds the case in {out}, {quantity(done.record.events, 'event')}."]
    kinds = f", and every line of these kinds: {', '.join(done.second_kinds)}" if done.second_kinds else ""
    told.append(
        f"Two people looked at {done.second_share} of a hundred lines{kinds}. No record holds that: say it anew under "
        "“Who may act” of an office that takes the case in."
    )
    if done.closed:
        told.append(
            f"The record still admits {', '.join(done.closed)}, whose accounts are closed, and nobody is handed lines "
            f"given to them by name. For each: ballotworthy case enter {out} dismissed id={done.closed[0]} --by WHO"
        )
    _say(done, "\n".join(told), as_json=as_json)


@app.command()
def rebuild(folder: FolderArgument = Path("office"), as_json: JsonOption = False) -> None:
    """Make the office's tables again from the records of its cases; exit 1 if a case is left out."""
    _start_there(folder)
    from ballotworthy.office.rebuild import rebuild as make_again

    done = make_again(folder.absolute())
    lines = [f"{slug}: {quantity(events, 'event')}" for slug, events in done.cases.items()]
    lines += [f"LOOK  {slug}: {why}" for slug, why in done.left.items()]
    new = f"\nAccounts without a password were made for {', '.join(done.accounts)}." if done.accounts else ""
    _say(done, "\n".join(lines) + new, as_json=as_json)
    raise typer.Exit(1 if done.left else 0)


@app.command()
def recover(
    name: Annotated[str, typer.Argument(help="The account, as the page People calls it.")],
    folder: FolderArgument = Path("office"),
    why: Annotated[str, typer.Option(help="The reason, kept beside the account.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Let somebody in again who is locked out: his second factors go, and a link sets a new password; both are kept."""
    _start_there(folder)
    from ballotworthy.office.accounts import recover

    path = f"/invited/{recover(name, why=why)}"
    if as_json:
        print_json({"link": path})
    else:
        typer.echo(f"For three days and one use, behind the office's address: {path}")


def _start_there(folder: Path) -> None:
    """Open the tables of an office that is there.

    Raises:
        InputError: there is none.
    """
    if not (folder / "cases").is_dir():
        raise InputError(f"{folder} holds no office. Name the folder that `office serve` was given.")
    start_office(folder, OWN[0])


def _of_pictures(filled: Filled) -> str:
    if filled.lines:
        return f"{filled.lines} lines, on the {quantity(filled.sheets, 'sheet')} looked at first, have pictures."
    return f"No line has a picture: {filled.without}"


class Answer(Protocol):
    """What is told to people in a sentence, and to machines as plain data."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""


def _say(answer: Answer, sentence: str, *, as_json: bool) -> None:
    if as_json:
        print_json(answer.to_dict())
    else:
        typer.echo(sentence)
