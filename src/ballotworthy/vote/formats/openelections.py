"""OpenElections' precinct results as CSV: a row a choice and precinct, columns and their order by file.

A measure is spelled in four ways: office "Amendment", district 64, candidate Yes; office "Amendment 67", candidate
YES/FOR; one row with `votes` and `no_votes`; the choice at the end of the office. Ballots and registered voters stand
in columns or in rows, over- and undervotes and totals as candidates. Published numbers that do not add are kept, both
told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.given import given_bytes
from ballotworthy.files.table_faults import renamed
from ballotworthy.files.tables import Table, read_table
from ballotworthy.vote.cards import Mark
from ballotworthy.vote.formats.openelections_sums import Row, add_up
from ballotworthy.vote.numerals import whole_number
from ballotworthy.vote.results import Remark, Results
from ballotworthy.vote.words import Words, folded, one_line, unguarded

NAME = "openelections-csv"
PLACES = ("county", "parish", "jurisdiction", "town", "municipality")
BARE = frozenset({
    "amendment", "constitutional amendment", "proposition", "prop", "measure", "question", "issue", "initiative",
    "referendum", "referred measure", "initiated measure", "ballot measure", "ballot question", "ballot issue",
    "state question", "state measure", "statewide measure", "statewide proposition",
})  # fmt: skip
"""Offices that are no name without the number that stands under `district`."""
MODES = frozenset({
    "early_voting", "early_votes", "early", "election_day", "election_day_votes", "poll_votes", "polls", "absentee",
    "absentee_votes", "absentee_by_mail", "mail", "mail_votes", "by_mail", "vote_by_mail", "mail_in", "in_person",
    "provisional", "provisional_votes", "one_stop", "advance", "uocava", "military", "overseas", "machine_votes",
    "affidavit", "advanced", "early_vote", "vote_center", "emergency", "federal", "flash", "limited",
})  # fmt: skip
REGISTERED = frozenset({"registered_voters", "reg_voters", "registration", "registered", "total_registered"})
CAST = frozenset({"ballots_cast", "total_ballots", "ballots", "total_ballots_cast", "turnout_ballots"})
OVER = frozenset({"over votes", "overvotes", "over vote", "overvote", "times over voted", "over"})
UNDER = frozenset({
    "under votes", "undervotes", "under vote", "undervote", "times under voted", "under", "times blank voted", "blanks",
    "blank votes", "blank",
})  # fmt: skip
TOTAL = frozenset({"total", "totals", "total votes", "total votes cast", "county total", "grand total"})
HIDDEN = re.compile(r"\W*(<|less than|fewer|\*|redact|suppress|n/?a\b|x+$).*", re.IGNORECASE)
AT_END = re.compile(r"(.*\S)[\s:,-]+(yes|no|for|against|yes/for|no/against)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class _Columns:
    county: str | None
    modes: tuple[str, ...]
    registered: str | None
    cast: str | None
    unread: tuple[str, ...]


def knows(head: bytes) -> bool:
    """Say whether the beginning of a file is of this format."""
    first = re.split(rb"[\r\n]", head.lstrip(b"\xef\xbb\xbf"))[0].lower()
    cells = {cell.strip(b'" ') for cell in re.split(rb"[,\t;]", first)}
    return b"office" in cells and b"votes" in cells


def read(path: Path, words: Words) -> Results:
    """Read one file.

    Raises:
        FileFaults: a column is missing, a cell is no number of votes, or a precinct stands twice with a choice.
    """
    given = read_table(path)
    table = replace(given, frame=renamed(path, given.frame, lambda name: re.sub(r"\W+", "_", name.lower())))
    columns = _columns(path, table)
    faults: list[Fault] = []
    rows = list(_rows(table, columns, words, faults))
    if faults:
        raise FileFaults(str(path), faults[:SHOWN], len(faults))
    tallies, units, remarks, answers = add_up(path, rows)
    if columns.unread:
        remarks.append(Remark(path.name, f"not read: {', '.join(columns.unread)}", "Nothing is to be done"))
    data = given_bytes(path)
    if not data.endswith((b"\n", b"\r")):
        what = "the last line has no end, as in a file that was cut short"
        remarks.append(Remark(f"{path.name}, line {table.lines[-1]}", what, "Compare its size with the original's"))
    return Results(NAME, None, tallies, units, tuple(remarks), tuple(answers), answers, says_ballots=True)


def _columns(path: Path, table: Table) -> _Columns:
    names = table.frame.columns
    lacking = [name for name in ("office", "votes", "candidate") if name not in names]
    if lacking:
        remedy = f"Name it so. The file has: {', '.join(table.frame.columns)}"
        raise FileFaults(str(path), [Fault(1, name, "the column is missing", remedy) for name in lacking])
    known = {"office", "votes", "candidate", "precinct", "district", "party", "no_votes", "winner", "state", "date"}
    county = next((name for name in PLACES if name in names), None)
    modes = tuple(name for name in names if name in MODES)
    registered = next((name for name in names if name in REGISTERED), None)
    cast = next((name for name in names if name in CAST), None)
    used = {*known, county, *modes, registered, cast}
    return _Columns(county, modes, registered, cast, tuple(name for name in names if name not in used))


def _rows(table: Table, columns: _Columns, words: Words, faults: list[Fault]) -> Iterator[Row]:
    for cells, line in zip(table.frame.iter_rows(named=True), table.lines.tolist(), strict=True):
        row = {name: unguarded(cell) for name, cell in cells.items()}
        if not any(row.values()):
            continue
        office, candidate = one_line(row["office"]), one_line(row["candidate"])
        if not office:
            faults.append(Fault(line, "office", "the cell is empty", "Say what was voted on"))
            continue
        contest, side, against = _meant(office, one_line(row.get("district", "")), candidate, row, words)
        wrong: list[Fault] = []
        registered, cast = (
            _number(row.get(name or "", ""), line, name or "", faults)[0] for name in (columns.registered, columns.cast)
        )
        place = (line, one_line(row.get(columns.county or "", "")), one_line(row.get("precinct", "")), registered, cast)
        numbers = {name: _number(row[name], line, name, wrong) for name in ("votes", *columns.modes)}
        given = [name for name in columns.modes if row[name] != ""]
        total, hidden = numbers["votes"]
        if row["votes"] == "":
            hidden = any(numbers[name][1] for name in given)
            total = None if hidden or not given else sum(numbers[name][0] or 0 for name in given)
            if not given:
                wrong.append(Fault(line, "votes", "the cell is empty", "Write the number, or * where it is kept back"))
        if side is not None:  # a candidate's number is nothing that is counted here
            faults += wrong
        yield Row(*place, contest, side, total, hidden, {name: numbers[name][0] for name in given}, candidate)
        if against:
            number, kept = _number(against, line, "no_votes", faults)
            yield Row(*place, contest, "no", number, kept, {}, "no_votes")


def _meant(
    office: str, district: str, candidate: str, row: Mapping[str, str], words: Words
) -> tuple[str, str | None, str]:
    """Give the contest, what the row counts (yes, no, blank, invalid, total, or a turnout), and votes against."""
    plain = folded(candidate)
    if folded(office).replace(" ", "_") in REGISTERED or folded(office) in ("voters registered", "voter registration"):
        return office, "registered", ""
    if re.match(r"ballots? cast|total ballots", folded(office)):
        return office, "other" if "blank" in folded(office) or "blank" in plain else "cast", ""
    name = office
    if district and folded(office) in BARE:
        name = f"{office} {district}"
    elif district and district.casefold() not in folded(office).split():
        name = f"{office}, district {district}"
    if row.get("no_votes"):
        return f"{name}, {candidate}" if candidate else name, "yes", row["no_votes"]
    side = words.side(candidate) if candidate else None
    if side is not None:
        return name, "yes" if side == Mark.YES else "no", ""
    if plain in OVER:
        return name, "invalid", ""
    if plain in UNDER:
        return name, "blank", ""
    if plain in TOTAL:
        return name, "total", ""
    ended = AT_END.fullmatch(office)
    if not candidate and ended and (side := words.side(ended[2])) is not None:
        return one_line(ended[1]), "yes" if side == Mark.YES else "no", ""
    return name, None, ""


def _number(text: str, line: int, column: str, faults: list[Fault]) -> tuple[int | None, bool]:
    """Give a number of votes, or None and whether it is kept back for privacy; an empty cell is neither."""
    if not text:
        return None, False
    number = whole_number(text)
    if number is not None:
        return number, False
    if HIDDEN.fullmatch(text):
        return None, True
    faults.append(Fault(line, column, "this is no number of votes", "Write a whole number, such as 1234 or 1,234"))
    return None, False
