"""What people found on the cards of a round: the retrieval list filled in, held against the list as it was drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import find_columns, require_columns
from ballotworthy.files.tables import Table, read_table
from ballotworthy.vote.cards import MARKS
from ballotworthy.vote.terms import NOT_FOUND

WORDS = {"y": "yes", "n": "no", "undervote": "blank", "overvote": "invalid", "missing": NOT_FOUND, "none": "absent"}
PLACE = ("Tabulator", "Batch Name", "Ballot Number", "scanner_id", "batch_id", "record_id")
"""Columns of the list that say where a card lies."""
SHOWN_CARDS = 10


def read_found(path: Path, wanted: Sequence[str], drawn: Path) -> dict[str, str]:
    """Give what was found on each card of a round: a name of MARKS or NOT_FOUND.

    Args:
        path: the list with its column Found filled in, or a table of card and found.
        wanted: the cards of the round.
        drawn: the list as it was drawn.

    Raises:
        FileFaults: a card is not of this round, stands twice, elsewhere than the list says or lacks, or what was found
            is no such word.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, {"card": (), "found": ("choice", "marked", "ruling")}, {})
    require_columns(path, table.frame.columns, columns, ("card", "found"))
    asked, read, faults = set(wanted), {}, list(_moved(table, columns["card"], drawn))
    rows = table.frame.select(columns["card"], columns["found"]).iter_rows()
    for line, (card, said) in zip(table.lines.tolist(), rows, strict=True):
        word = WORDS.get((said or "").strip().lower(), (said or "").strip().lower().replace(" ", "-"))
        if card not in asked:
            faults.append(Fault(line, columns["card"], "this card is not of the round that waits", "Take it out"))
        elif card in read:
            faults.append(Fault(line, columns["card"], "this card stands twice", "Give each card once"))
        elif word not in (*MARKS, NOT_FOUND):
            remedy = f"Write {', '.join(MARKS)} or {NOT_FOUND}"
            faults.append(Fault(line, columns["found"], "this says nothing of the card", remedy))
        read[card] = word
    missing = [card for card in wanted if card not in read]
    if missing:
        shown = ", ".join(missing[:SHOWN_CARDS]) + (" ..." if len(missing) > SHOWN_CARDS else "")
        what = f"{len(missing):,} of the round's {len(wanted):,} cards have no row: {shown}"
        remedy = f"Add a row for each with what stands on it, or {NOT_FOUND} if it was looked for and is not there"
        faults.append(Fault(None, columns["card"], what, remedy))
    if faults:
        raise FileFaults(str(path), faults, len(faults))
    return read


def _moved(table: Table, card: str, drawn: Path) -> Iterator[Fault]:
    """Yield the cards that lie elsewhere in the table than in the list as drawn: people may have read another card.

    Zeros in front are passed over, since spreadsheets take them off.
    """
    written = read_table(drawn).frame
    for column in (each for each in PLACE if {each} <= {*written.columns} & {*table.frame.columns}):
        lies = dict(written.select("Card", column).iter_rows())
        for line, (own, place) in zip(table.lines.tolist(), table.frame.select(card, column).iter_rows(), strict=True):
            if own in lies and _plain(place) != _plain(lies[own]):
                what = f"the list of the round has {lies[own] or 'nothing'} there for this card"
                yield Fault(line, column, what, "Read the card that the list names, and leave its row as it was")


def _plain(cell: str | None) -> str:
    return (cell or "").strip().lstrip("0")
