"""Every error of Ballotworthy; a message says what is wrong, where, and what to do.

    BallotworthyError            exit 1   500   something went wrong that is not the user's doing
    ├── InputError               exit 2   400   what was given cannot be used
    │   ├── FileFaults           exit 2   422   one file, all its faults at once
    │   ├── UnknownName          exit 2   404   no place, kind, voter file column ... of that name
    │   ├── RecordBroken         exit 2   422   an event of a record does not hold
    │   ├── RecordBusy           exit 2   423   another program is writing in the record
    │   ├── Refused              exit 2   409   what may not happen in this case, or not now
    │   └── LawSilent            exit 2   404   the law gives no answer for that day
    │       ├── LawAbsent                       this rule is not in the data for the kind at all
    │       ├── LawNotYetInForce                the first value begins after the day asked for
    │       └── LawRepealed                     the last value ended before the day asked for
    └── OutputError              exit 2   507   the result could not be written; nothing was left half-written

Names of signers and voters never stand in a message: a message points to file, line and column.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ballotworthy.safe_text import safe_line

SHOWN = 20


class BallotworthyError(Exception):
    """The root of the tree; each class knows its process exit code and its HTTP status."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500


class InputError(BallotworthyError):
    """What was given cannot be used as it is."""

    exit_code = 2
    http_status = 400


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong at one place of a file; `line` and `column` are None where they do not apply."""

    line: int | None
    column: str | None
    what: str
    remedy: str

    def __str__(self) -> str:
        """Give "line 7, column birth_date: what is wrong. What to do.", on one line whatever a file wrote into it."""
        where = ", ".join(
            part
            for part in (
                f"line {self.line}" if self.line else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        return safe_line(f"{where}: {self.what}. {self.remedy}" if where else f"{self.what}. {self.remedy}")


class FileFaults(InputError):
    """All faults of one file: the first twenty in words, the rest as a count.

    `total` is the number of faults when more were found than are kept in `faults`.
    """

    http_status = 422

    def __init__(self, file: str, faults: Sequence[Fault], total: int | None = None) -> None:
        self.file = file
        self.faults = tuple(faults[:SHOWN])
        self.total = len(faults) if total is None else total
        noun = "fault" if self.total == 1 else "faults"
        text = [f"{safe_line(file)} cannot be used: {self.total:,} {noun}."]
        text += [f"  {fault}" for fault in self.faults]
        if self.total > len(self.faults):
            text.append(f"  ... and {self.total - len(self.faults):,} more.")
        super().__init__("\n".join(text))


class UnknownName(InputError):
    """A name that is not among the known ones; the message offers the nearest, or says what `hint` does."""

    http_status = 404

    def __init__(self, noun: str, given: str, known: Iterable[str], hint: str = "") -> None:
        self.given = given
        self.known = tuple(known)
        near = difflib.get_close_matches(given.lower(), self.known, n=1, cutoff=0.5)
        hint = f" {hint}" if hint else f" Did you mean {near[0]}?" if near else ""
        known_here = safe_line(", ".join(self.known)) or "none"
        super().__init__(f"there is no {noun} {given!r}.{hint} Known: {known_here}.")


class RecordBroken(InputError):
    """An event of a record does not hold: it was altered, moved or damaged; `seq` is its number."""

    http_status = 422

    def __init__(self, seq: int, what: str) -> None:
        self.seq = seq
        super().__init__(f"event {seq} of the record does not hold: {safe_line(what)}.")


class RecordBusy(InputError):
    """Another program is writing in the record."""

    http_status = 423


class Refused(InputError):
    """What may not happen in this case, or not now; the message says what must come first."""

    http_status = 409


class LawSilent(InputError):
    """The law as held here gives no answer to the question on that day."""

    http_status = 404


class LawAbsent(LawSilent):
    """The data holds no such rule for this place and kind."""


class LawNotYetInForce(LawSilent):
    """The rule's first value begins after the day asked for."""


class LawRepealed(LawSilent):
    """The rule's last value ended before the day asked for."""


class OutputError(BallotworthyError):
    """The result could not be written (disk full, no permission); nothing was left half-written."""

    exit_code = 2
    http_status = 507
