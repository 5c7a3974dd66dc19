"""Count the states that ask for a convention, and what the answer depends on; the days of it and of ratifications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.convention import Act, Count, Switches, count_applications, read_applications
from ballotworthy.convention.count import answers, at_ends, single_changes
from ballotworthy.convention.coverage import coverage, incomplete
from ballotworthy.convention.events import APPLICATION, DISPUTES
from ballotworthy.convention.union import name_of
from ballotworthy.convention.words import moves, switch_words
from ballotworthy.files.dated_rows import DatedRow
from ballotworthy.files.spans import Span


@dataclass(frozen=True)
class Counted:
    """The answer and what it depends on.

    Attributes:
        acts: of the table that was counted; shipped: whether it is ours.
        found: the count asked for.
        changes: the count where one open question is answered otherwise; answers: under every combination of them.
        ends: the count with days that are not exact as early, and as late, as they can be; none where all is certain.
    """

    acts: tuple[Act, ...]
    shipped: bool
    found: Count
    changes: tuple[tuple[str, Count], ...]
    answers: tuple[Count, ...]
    ends: tuple[Count, ...]

    @property
    def count(self) -> int:
        """States that count for certain."""
        return self.found.count

    def __repr__(self) -> str:
        """Give how many states count, and of how many needed."""
        found = self.found
        return f"Counted({found.subject} on {found.on}: {found.count} to {found.high} of {found.needed} needed)"

    def to_dict(self) -> dict[str, Any]:
        """Give it as `convention count --json` prints it."""
        held = coverage().get(self.found.subject) if self.shipped else None
        return {
            **count_data(self.found),
            "year_only": {each.switches.year_only: each.count for each in self.ends} or None,
            "depends_on": [{"change": words, **_numbers(count)} for words, count in moves(self.found, self.changes)],
            "answers": [{**_switches(each.switches), **_numbers(each)} for each in self.answers],
            "coverage": {**held.to_dict(), "incomplete": list(incomplete())} if held else None,
        }  # fmt: skip


def count_states(
    subject: str,
    on: dt.date,
    switches: Switches | None = None,
    table: Path | None = None,
    today: dt.date | None = None,
) -> Counted:
    """Give the count of a subject on a day, with every other answer to the open questions.

    Raises:
        InputError: the table cannot be read, or the day is before the Constitution.
        FileFaults: what is wrong in the table, all at once.
        UnknownName: no application is on this subject.
    """
    acts, asked = read_applications(table, today), switches or Switches()
    found = count_applications(acts, subject, on, asked)
    return Counted(
        acts, table is None, found, tuple(single_changes(acts, subject, on, asked)),
        tuple(answers(acts, subject, on, asked)), at_ends(acts, found),
    )  # fmt: skip


def count_data(found: Count) -> dict[str, Any]:
    """Give a count as plain values, for JSON."""
    return {
        "subject": found.subject, "on": found.on.isoformat(), "count": found.count, "count_high": found.high,
        "needed": found.needed, "states": list(found.standing),
        "doubtful": [{"state": state, "why": why} for state, why in found.doubtful.items()],
        "disputes": [
            {"state": act.state, "day": str(act.when), "what": DISPUTES[act.kind], "doubt": act.doubt,
             "source": act.source} for act in found.disputes
        ],
        "applications": [
            {"state": state, "day": str(act.when), "text": act.text, "source": act.source, "doubt": act.doubt}
            for state, act in found.standing.items()
        ],
        "switches": _switches(found.switches),
    }  # fmt: skip


def application_days(counted: Counted) -> list[DatedRow]:
    """Give every act on the subject until the day, with the count at the end of its last day, and every expiry."""
    found = counted.found
    own = {found.subject, *found.switches.same_as}
    rows = []
    for act in counted.acts:
        if act.when.first <= found.on and (act.subject in own or not act.subject or found.switches.any_subject):
            rows.append(_row(act, act.kind.replace("-", " "), act.when))
            if act.kind == APPLICATION and act.expires and act.expires.last <= found.on:
                rows.append(_row(act, "ended by its own terms", act.expires))
    days = sorted({row.day for row in rows if row.day <= found.on})
    counts = {day: count_applications(counted.acts, found.subject, day, found.switches) for day in days}
    return [
        DatedRow(
            row.day, {**row.cells, "count": counts[row.day].count if row.day in counts else None,
                      "count_high": counts[row.day].high if row.day in counts else None},
            row.when, row.title, row.text, row.url,
        )
        for row in sorted(rows, key=lambda row: (row.day, str(row.cells["state"])))
    ]  # fmt: skip


def ratification_days(acts: Sequence[Act], amendment: str, on: dt.date) -> list[DatedRow]:
    """Give every act on an amendment until a day."""
    own = [act for act in acts if act.subject == amendment and act.when.first <= on]
    return [_row(act, act.kind.replace("-", " "), act.when) for act in sorted(own, key=lambda act: act.when.last)]


def _row(act: Act, what: str, when: Span) -> DatedRow:
    title = f"{name_of(act.state)}: {what}{f' ({act.text})' if act.text else ''}"
    subject = act.subject or "all subjects"
    cells = {"state": act.state, "what": what, "subject": subject, "text": act.text, "source": act.source,
             "doubt": act.doubt}  # fmt: skip
    address = act.source if act.source.startswith("http") and " " not in act.source else ""
    return DatedRow(when.last, cells, when, title, "; ".join(part for part in (subject, act.doubt) if part), address)


def every_answer(counted: Counted) -> Iterator[tuple[str, Count]]:
    """Give the count under every combination of answers, each in words."""
    for each in counted.answers:
        yield switch_words(each.switches), each


def _numbers(count: Count) -> dict[str, Any]:
    return {"count": count.count, "count_high": count.high, "reached": count.count >= count.needed}


def _switches(switches: Switches) -> dict[str, Any]:
    return {**vars(switches), "same_as": list(switches.same_as)}
