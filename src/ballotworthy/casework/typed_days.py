"""Days typed anew: read as intake reads those of the same column, and kept as YYYY-MM-DD, which means one day alone."""

from __future__ import annotations

from collections.abc import Sequence

from ballotworthy.casework.bench import Part
from ballotworthy.casework.retyped import Cells
from ballotworthy.errors import InputError
from ballotworthy.petition import line_ids

DAYS = {"birth_date": "the day of birth", "signed_on": "the day of signing"}


def with_days(parts: Sequence[Part], cells: Cells) -> Cells:
    """Give cells typed anew with their days as YYYY-MM-DD.

    Raises:
        InputError: what was typed is no day, lies too early or too late, or may be either of two.
    """
    asked = {line: names for line, each in cells.items() if (names := [name for name in DAYS if each.get(name)])}
    if not asked:
        return cells
    found = {line: dict(each) for line, each in cells.items()}
    for part in parts:
        ids = line_ids(part.petition.frame)
        for line in ids.filter(ids.is_in(list(asked))):
            for name in asked.pop(line, ()):
                day = part.how.day(cells[line][name], name, part.petition.orders.get(name))
                if day is None:
                    raise InputError(
                        f"what was typed for {DAYS[name]} on line {line} is no day that can stand there, or may be "
                        "either of two. Type it with four digits for the year, as 2024-05-03."
                    )
                found[line][name] = day.isoformat()
    return found
