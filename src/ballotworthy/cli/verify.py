"""`ballotworthy verify`: a published record recounted, check by check, with no code of those who keep records."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.files.quantities import quantity
from ballotworthy.safe_text import safe_line

if TYPE_CHECKING:
    from ballotworthy.verify import Answer, Check, Failure

RecordArgument = Annotated[Path, typer.Argument(help="The published record of a case.", show_default=False)]
HeadOption = Annotated[
    Path | None,
    typer.Option("--head", help="A signed head; without it, RECORD.head.json if that is there.", show_default=False),
]
KeyOption = Annotated[
    Path | None,
    typer.Option("--key", help="The office's public key as it publishes it: a text of 64 digits.", show_default=False),
]
CertificateOption = Annotated[
    Path | None, typer.Option("--certificate", help="The certificate's JSON, to be compared.", show_default=False)
]
ProposalsOption = Annotated[
    Path | None,
    typer.Option(
        "--proposals",
        help="The machine's weights, to be compared with what the risk-limiting check says.",
        show_default=False,
    ),
]

BeaconOption = Annotated[
    str | None,
    typer.Option(
        "--beacon", metavar="VALUE", help="The value of the seed's beacon, as you looked it up.", show_default=False
    ),
]

STYLES = {"holds": "green", "fails": "bold red"}
SAME = 10
"""So many remarks of one number are printed."""
HANG = 13
"""Columns before the words of a row: its number and how the check ended."""
LONGEST = 2_000
"""So many characters of one line are."""
OF_FILES = ("V22", "V23", "V24", "V26", "V28")
"""Checks that a file given beside the record can fail, at no line of the record."""


def verify(
    record: RecordArgument,
    head: HeadOption = None,
    key: KeyOption = None,
    certificate: CertificateOption = None,
    proposals: ProposalsOption = None,
    beacon: BeaconOption = None,
    as_json: JsonOption = False,
) -> None:
    """Recount a published record: every numbered check of its specification, and the first event that fails.

    Ends with exit code 0 if all holds, 1 if a check fails, 2 if the file is no record or cannot be read. It trusts
    nobody: it needs the record alone, and no network.
    """
    from ballotworthy.verbs.verify import verify_record

    found = verify_record(record, head=head, key=key, certificate=certificate, proposals=proposals, beacon=beacon)
    if as_json:
        print_json(found.to_dict())
    else:
        show(found.answer, found.file, SafeConsole(highlight=False))
    if not found.answer.holds:
        raise typer.Exit(1)


def show(answer: Answer, name: str, console: SafeConsole) -> None:
    """Print an answer for people: a line a check, then what follows from them."""
    from ballotworthy.verify import paper_said

    for number, alike in groupby(answer.remarks, lambda each: each.number):
        told = [f"{remark}" for remark in alike]
        if len(told) > SAME:
            told[SAME:] = [f"There are {len(told) - SAME:,} more remarks of this number: --json has all of them."]
        for words in told:
            console.tell(Text(f"{number:<4}know     ", style="yellow").append(_clipped(words)), hang=HANG)
    for check in answer.checks:
        console.tell(_row(check), hang=HANG)
    first = answer.first
    if first is None:
        unmade = [check for check in answer.checks if check.state not in STYLES]
        open_, apart = (sum(check.applies is applies for check in unmade) for applies in (True, False))
        said = [f"{open_} not made"] * bool(open_) + [
            f"{apart} do not apply" if apart > 1 else "1 does not apply"
        ] * bool(apart)
        said += [f"{quantity(len(answer.remarks), 'remark')} first"] * bool(answer.remarks)
        left = f" ({', '.join(said)})" if said else ""
        console.print(Text(f"{name} holds: {quantity(answer.events, 'event')} recounted{left}.", style=STYLES["holds"]))
        for words in paper_said(answer.paper, answer.case):
            console.tell(Text(_clipped(words)))
        console.tell(Text(f"Head: event {answer.events}, {answer.head}"))
        return
    console.print(Text(headline(first, name), style=STYLES["fails"]), end=" ")
    where = f"First at event {first.event}, line {first.line} of the file. " if first.event is not None else ""
    if not where and first.line is not None:
        where = f"First at line {first.line} of the file. "
    console.tell(Text(_clipped(f"{where}{first} ({first.check})")))


def _clipped(words: str) -> str:
    """Give words of the office as one line that is soon read; the record may hold a book in their place."""
    if len(words) > LONGEST:
        words = f"{words[:LONGEST]}... ({len(words):,} characters: --json has all of them)"
    return safe_line(words)


def headline(first: Failure, name: str) -> str:
    """Give the first words of an answer that does not hold: a record is not blamed for a file given beside it."""
    from ballotworthy.verify import PRACTICE, SAYS

    if first.says == PRACTICE:
        return f"{name} counts for nothing."
    if first.check == "V25":
        return f"{name} has no certificate{'' if first.says == SAYS['V25'] else ' that decides'}."
    beside = first.line is None and first.check in OF_FILES
    return f"{name} and a file given with it do not belong together." if beside else f"{name} does not hold."


def _row(check: Check) -> Text:
    row = Text(f"{check.number:<4}")
    row.append(f"{check.state:<9}", style=STYLES.get(check.state, "yellow"))
    row.append(_clipped(f"{check.about}: {check.found}"))
    if check.more:
        row.append(f" And {check.more:,} more.")
    return row
