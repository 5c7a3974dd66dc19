"""What was ruled on a line, and of whom: the record holds a keyed hash, the page names the voter to who rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from ballotworthy.casework.bench import Bench
from ballotworthy.casework.ordered import ground_words
from ballotworthy.casework.room import Room
from ballotworthy.casework.rulings import Ruling
from ballotworthy.errors import InputError
from ballotworthy.office.pages.side_by_side import Chosen
from ballotworthy.report.explain_page import sides
from ballotworthy.verbs.case_bench import cells_of
from ballotworthy.verbs.case_show import show_line

RULED = ("first", "second", "resolved", "corrected")
UNFOUND = "a voter whom the words on the line do not find; who searches for him sees it said of him"
MOST = 40
"""So many voters are looked through for whom a line's own words find."""
Rulings = Sequence[tuple[str, Ruling, str]]


def rulings_on(room: Room, line: str) -> list[tuple[str, Ruling, str]]:
    """Give what was ruled on a line, with the ground in the law's words."""
    looks, grounds = show_line(room, line).looks, ground_words(room.case())
    ruled = [(name, ruling) for name in RULED if (ruling := getattr(looks, name))]
    return [(name, ruling, grounds.get(ruling.reason, ruling.reason)) for name, ruling in ruled]


def chosen_in(hashed: Callable[[str], str], rulings: Rulings) -> Chosen:
    """Tell of a voter in which of some rulings he was chosen; none are given to who may not see what others ruled."""
    by_voter: dict[str, list[str]] = {}
    for name, ruling, _ in rulings:
        if ruling.voter and ruling.outcome == "valid":
            by_voter.setdefault(ruling.voter, []).append(name)
    return lambda voter: by_voter.get(hashed(voter), ()) if by_voter else ()


def with_voters(
    bench: Bench | None, line: str, hashed: Callable[[str], str], rulings: Rulings
) -> list[tuple[str, Ruling, str, str]]:
    """Give rulings, each with its voter for the eye as `voter_said` has him, or `UNFOUND`; "" where none was.

    Without a bench no voter is named: the names were deleted, or whoever looks is to see none.

    The register cannot be asked by a keyed hash. Looked through are the candidates of the line, and whom the name and
    the address that stand on it find; who was found by other words than these is not.
    """
    if bench is None:
        return [(*each, "") for each in rulings]
    wanted = {ruling.voter for _, ruling, _ in rulings if ruling.voter and ruling.outcome == "valid"}
    said: dict[str, str] = {}
    for row in _near(bench, line) if wanted else ():
        voter = bench.voters.read([row])[0]
        if (who := hashed(str(voter["voter_id"]))) in wanted:
            said[who] = _said(voter)
            if len(said) == len(wanted):
                break
    return [
        (name, ruling, ground, said.get(ruling.voter, UNFOUND) if ruling.voter in wanted else "")
        for name, ruling, ground in rulings
    ]


def voter_said(bench: Bench, row: int) -> str:
    """Give a voter of the roll for the eye: name, address, and his number on the roll."""
    return _said(bench.voters.read([row])[0])


def _said(voter: dict[str, Any]) -> str:
    stands = {side["what"]: side["voter"] for side in sides({}, voter)}
    return ", ".join(part for part in (stands.get("name"), stands.get("address"), str(voter["voter_id"])) if part)


def _near(bench: Bench, line: str) -> Iterable[int]:
    """Give the rows of voters who may be meant on a line, the likelier first, each once."""
    from ballotworthy.roll.lookup import look_up  # here, since it takes the matcher along

    records = bench.matches.records[bench.rows[line]]
    seen = dict.fromkeys(int(bench.roll.owners[each]) for each in records if each >= 0)
    yield from seen
    cells = cells_of(bench, line)
    address, names = cells.get("address", "").split(), cells.get("name", "").replace(",", " ").split()
    last = [word for word in names if len(word.strip(".")) > 2][-1:]
    number = [word for word in address if word[:1].isdigit()][:1]
    for typed in ([*number, *(each[:3] for each in last)], [*names[:1], *last], last, address[:2]):
        with suppress(InputError):  # nothing of the kind stands on the line
            for found in look_up(bench.roll, " ".join(typed), most=MOST):
                if found.row not in seen:
                    seen[found.row] = None
                    yield found.row
