"""What can be wrong in one row of a table of polls, each fault with its remedy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from ballotworthy.errors import Fault
from ballotworthy.files.spans import Span, span_of

SHARES = ("support", "oppose", "undecided")
ROUNDING = 2.0
"""Points by which shares may pass a hundred, since each of up to four is rounded to a whole percent."""
SLIP = 1e-6


def row_faults(
    line: int, cells: Mapping[str, str], *, parts: bool, today: dt.date, vote: dt.date | None
) -> Iterator[Fault]:
    """Yield all faults of a row; `parts` where the table gives shares as parts of one."""
    if not cells["house"]:
        yield Fault(line, "house", "the cell is empty", "Say who asked")
    yield from _shares(line, cells, parts=parts)
    size = number_of(cells["n"])
    if cells["n"] and size is None:
        yield Fault(line, "n", "that is no number", "Write how many were asked, or leave the cell empty")
    elif size is not None and size < 0:
        yield Fault(line, "n", "no poll asks fewer than nobody", "Write how many were asked, or leave the cell empty")
    elif size is not None and size < 1:
        yield Fault(line, "n", "nobody was asked", "Write how many were, or leave the cell empty")
    yield from _days(line, cells, today, vote)


def _shares(line: int, cells: Mapping[str, str], *, parts: bool) -> Iterator[Fault]:
    whole = 1.0 if parts else 100.0
    shares = []
    for field in SHARES:
        if cells[field]:
            share = number_of(cells[field])
            if share is None or not 0 <= share <= whole:
                yield Fault(line, field, "that is no percentage", f"Write a number from 0 to {whole:g}")
                return
            shares.append(share)
    if sum(shares) > whole * (1 + ROUNDING / 100) + SLIP:
        yield Fault(line, "support", f"the percentages add up to {sum(shares):g}", "Compare them with the source")
    if not parts and 0 < sum(shares) <= 1 + ROUNDING / 100:
        what = f"the shares add up to {sum(shares):g}, in a table of percentages"
        yield Fault(line, "support", what, "Write 52 for 52 percent in every row, or 0.52 in every row")
    if cells["support"] and cells["oppose"] and not number_of(cells["support"]) and not number_of(cells["oppose"]):
        yield Fault(line, "support", "nobody is for it and nobody against", "Leave cells empty that are not known")


def _days(line: int, cells: Mapping[str, str], today: dt.date, vote: dt.date | None) -> Iterator[Fault]:
    first, last = (_day(cells[end] or cells["end"]) for end in ("start", "end"))
    for field, cell, day in (("start", cells["start"], first), ("end", cells["end"], last)):
        if day is None and ((cell and cell != cells["end"]) or field == "end"):
            yield Fault(line, field, "that is no day", "Write 2017-01-19, or 2017-W03, 2017-01 or 2017")
    if first is None or last is None:
        return
    if first.first > last.last:
        yield Fault(line, "end", f"it ends on {last}, before it begins on {first}", "Correct one of the two days")
    elif last.first > today:
        yield Fault(line, "end", f"{last} is in the future", "Correct the day")
    elif vote is not None and last.first > vote:
        yield Fault(line, "end", f"{last} is after the vote of {vote}", "Correct the day, or leave the poll out")


def span_of_cells(cells: Mapping[str, str]) -> Span | None:
    """Give the days of the interviews, None where they are none."""
    first, last = (_day(cells[end] or cells["end"]) for end in ("start", "end"))
    if first is None or last is None or first.first > last.last:
        return None
    return Span(first.first, last.last)


def number_of(text: str) -> float | None:
    """Give a number as people write it, "1,000" or "52%"; None where it is none."""
    plain = text.removesuffix("%").rstrip()
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    return float(plain) if re.fullmatch(r"-?\d{1,12}(\.\d{1,20})?", plain) else None


def _day(text: str) -> Span | None:
    for precision in ("day", "week", "month", "year"):
        try:
            return span_of(text, precision)
        except ValueError:
            continue
    return None
