"""The challenge packet: every refused line with its ground and rule, and what a changed ruling would change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from ballotworthy.casework import Case, twin_of
from ballotworthy.casework.counting import rows_of
from ballotworthy.certificate.forms import root
from ballotworthy.certificate.paper import paper_data, typeset
from ballotworthy.certificate.refused import refused_lines
from ballotworthy.errors import BallotworthyError, Refused
from ballotworthy.sufficiency import Counts, assess

MOST_PRINTED = 2_000
"""So many refused lines are printed; the table in CSV holds them all."""


@dataclass(frozen=True)
class Effect:
    """What one more valid line of a row would do: to the estimate, and to the verdict.

    `needed` is how many refused lines of the row must count for another verdict, None where all together do not
    bring one.
    """

    row: str
    estimate: int
    verdict: str
    needed: int | None
    then: str


def packet_rows(case: Case) -> list[dict[str, str]]:
    """Give the refused lines of a case, one after the other, with what would change each.

    Raises:
        Refused: a line has no ruling yet.
    """
    return [dict(vars(each)) for each in refused_lines(case)]


def packet_table(case: Case) -> pl.DataFrame:
    """Give the refused lines as a table."""
    schema = dict.fromkeys(("sheet", "line", "stratum", "reason", "words", "cite", "url", "changes"), pl.String())
    return pl.DataFrame(packet_rows(case), schema=schema)


def effects(case: Case) -> list[Effect]:
    """Give what refused lines of each row would change if they counted.

    Raises:
        Refused: the case has no counts that are current.
    """
    if case.standing.counts is None or case.rules is None or case.pinned is None:
        raise Refused("there are no counts, or something has changed since. Count first.")
    rows = rows_of(case, case.standing.counts.body)
    now = _verdict(case, rows)
    found = []
    for at, row in enumerate(rows):
        refused = row.invalid or 0
        if refused:
            one = _with(case, rows, at, 1)
            needed = _least(case, rows, at, refused, now[1])
            then = _with(case, rows, at, needed)[1] if needed else ""
            found.append(Effect(row.name, one[0] - now[0], one[1], needed, then))
    return found


def packet_pdf(case: Case) -> bytes:
    """Give the packet of a certified case as a PDF.

    Raises:
        Refused: the case is not certified.
    """
    data = paper_data(case, twin_of(case))
    lines = data["refused"]
    more: dict[str, Any] = {
        **data,
        "refused": lines[:MOST_PRINTED],
        "refused_in_all": f"{len(lines):,}",
        "cut": len(lines) > MOST_PRINTED,
        "changes": [
            {"words": words, "changes": changes, "lines": f"{number:,}"}
            for (words, changes), number in Counter((each["words"], each["changes"]) for each in lines).items()
        ],
        "effects": [
            {
                "row": each.row,
                "one": f"{each.estimate:+,}",
                "needed": "" if each.needed is None else f"{each.needed:,}",
                "then": each.then or "no other",
            }
            for each in effects(case)
        ],
    }
    return typeset(root() / "certificate" / "packet.typ", more)


def _with(case: Case, rows: tuple[Counts, ...], at: int, number: int) -> tuple[int, str]:
    row = rows[at]
    changed = replace(row, valid=row.valid + number, invalid=(row.invalid or 0) - number)
    return _verdict(case, (*rows[:at], changed, *rows[at + 1 :]))


def _verdict(case: Case, rows: tuple[Counts, ...]) -> tuple[int, str]:
    if case.rules is None or case.pinned is None:
        raise BallotworthyError("a case with counts has its law pinned")
    required = case.pinned.get("required")
    found = assess(case.rules, rows, None if required is None else required["value"])
    return found.estimate, found.verdict


def _least(case: Case, rows: tuple[Counts, ...], at: int, most: int, now: str) -> int | None:
    """Give the least number of lines that brings another verdict; more valid lines never make it worse."""
    if _with(case, rows, at, most)[1] == now:
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _with(case, rows, at, middle)[1] != now else (middle, high)
    return high
