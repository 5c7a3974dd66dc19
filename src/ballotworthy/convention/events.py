"""Acts of states under Article V, read from a table: applications and rescissions, ratifications and rejections."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from ballotworthy.convention.union import admitted
from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.small_tables import read_small
from ballotworthy.files.spans import Span, span_of

APPLICATION, RESCISSION = "application", "rescission"
DISPUTES = {
    "disputed-rescission": "a rescission that other lists do not have",
    "failed": "did not pass by the state's own count",
    "one-house": "passed one house only",
}
KINDS = (APPLICATION, RESCISSION, *DISPUTES)
ACTIONS = ("ratified", "rejected", "rescinded", "rescinded-again-over-veto", "re-ratified", "revoked-rescission")
SUBJECTS: Mapping[str, str] = {
    "balanced-budget": "a balanced budget amendment",
    "convention-of-states": "fiscal restraints, limits of federal power, terms of office (Convention of States)",
    "campaign-finance": "campaign finance",
    "national-debt-relief": "approval of the national debt by the states",
    "unfunded-federal-mandates": "no unfunded federal mandates",
    "general": "whatever convention other states ask for",
    "not-stated": "a subject that the list does not state",
}
"""Subjects by the codes of the table; a table of one's own may have others."""
COLUMNS = {
    "applications": (
        "state", "day", "precision", "after", "kind", "subject", "scope", "expires", "text", "source", "doubt",
    ),
    "ratifications": ("amendment", "state", "day", "precision", "after", "action", "body", "source", "doubt"),
}  # fmt: skip


@dataclass(frozen=True)
class Act:
    """One act of a state.

    Attributes:
        state: its postal code.
        when: the days on which it can have been.
        kind: of KINDS for a convention, of ACTIONS for an amendment.
        subject: the subject, or the amendment; "" for a rescission of all.
        expires: when the application says that it ends, the last day on which it stands; None where it says nothing.
        text: the resolution.
        source: where this was read.
        doubt: what is not sure of it.
        scope: of a rescission, as the lists have it: "all", its subject, or its subject "or all" where they differ.
    """

    state: str
    when: Span
    kind: str
    subject: str
    expires: Span | None
    text: str
    source: str
    doubt: str
    scope: str = ""


def read_applications(path: Path | None = None, today: dt.date | None = None) -> tuple[Act, ...]:
    """Give the applications and rescissions of a table, the shipped one if none is named; none is later than `today`.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: a state, day, kind or subject is none; a row has no source; something is rescinded before it
            was made.
    """
    name, rows = _rows(path, "applications")
    acts: list[tuple[int, Act]] = []
    faults: list[Fault] = []
    for line, row in rows:
        found = [*_faults(line, row, "kind", KINDS)]
        if row["kind"] == APPLICATION and not row["subject"]:
            found.append(
                Fault(line, "subject", "the application has no subject", f"Write one of {', '.join(SUBJECTS)}")
            )
        found += _own_faults(line, row)
        if today and not found and _when(row).first > today:
            found.append(Fault(line, "day", f"{_when(row)} is in the future", "Correct the day"))
        faults += found
        if not found:
            expires = _expiry(row["expires"]) if row["expires"] else None
            acts.append((line, _act(row, row["kind"], row["subject"], expires)))
    faults += _too_early(acts)
    if faults:
        raise FileFaults(name, sorted(faults, key=lambda fault: fault.line or 0))
    return tuple(act for _, act in acts)


def read_ratifications(path: Path | None = None) -> tuple[Act, ...]:
    """Give the ratifications, rejections and rescissions of a table; raises as `read_applications` does."""
    name, rows = _rows(path, "ratifications")
    sources = _sources()
    acts: list[Act] = []
    faults: list[Fault] = []
    for line, row in rows:
        found = [*_faults(line, row, "action", ACTIONS)]
        if not row["amendment"]:
            found.append(Fault(line, "amendment", "the cell is empty", "Write its number or its name"))
        faults += found
        if not found:
            row["source"] = sources.get(row["source"], row["source"])
            acts.append(_act({**row, "text": ""}, row["action"], row["amendment"], None))
    if faults:
        raise FileFaults(name, faults)
    return tuple(acts)


def _act(row: Mapping[str, str], kind: str, subject: str, expires: Span | None) -> Act:
    return Act(
        row["state"], _when(row), kind, subject, expires, row["text"], row["source"], row["doubt"], row.get("scope", "")
    )


def _when(row: Mapping[str, str]) -> Span:
    return span_of(row["day"], row["precision"], row["after"])


def _rows(path: Path | None, what: str) -> tuple[str, list[tuple[int, dict[str, str]]]]:
    """Give the name of a table, and of each row its line and cells."""
    if path is None:
        text = (files("ballotworthy") / f"convention/{what}.csv").read_text("utf-8")
        reader = csv.DictReader(io.StringIO(text, newline=""))
        return f"{what}.csv", [(reader.line_num, {key: row[key].strip() for key in COLUMNS[what]}) for row in reader]
    headings, listed = read_small(path, empty=f"The first line has the headings {', '.join(COLUMNS[what])}.")
    missing = [column for column in COLUMNS[what] if headings.count(column) != 1]
    if missing:
        remedy = (
            f"The table has the columns {', '.join(COLUMNS[what])}, each once; leave cells empty, but not columns out"
        )
        raise FileFaults(str(path), [Fault(1, column, "there is no such column", remedy) for column in missing])
    return str(path), [(line, dict(zip(headings, cells, strict=True))) for line, cells in listed]


def _faults(line: int, row: Mapping[str, str], kind: str, kinds: Sequence[str]) -> Iterator[Fault]:
    if row["state"] not in admitted():
        yield Fault(line, "state", "there is no such state", "Write its two letters, such as OH")
    if row[kind] not in kinds:
        yield Fault(line, kind, "that is not known", f"Write one of {', '.join(kinds)}")
    if not row["source"].strip():
        yield Fault(line, "source", "the cell is empty", "Say where this was read; what has no source is left out")
    try:
        when = span_of(row["day"], row["precision"], row["after"])
    except ValueError:
        remedy = "Write 2014-03-06 with precision day, 2014-03 month, 2014 year, or a last day with precision by"
        yield Fault(line, "day", "the day does not fit its precision, or ends before it begins", remedy)
        return
    if row["state"] in admitted() and when.last < admitted()[row["state"]][1] and row[kind] != "rejected":
        yield Fault(line, "day", "the state had not joined the Union then", "Check state and day")


def _own_faults(line: int, row: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with the end that an application sets itself, and with the scope of a rescission."""
    if row["expires"]:
        ends = _expiry(row["expires"])
        if ends is None:
            yield Fault(line, "expires", "that is no day", "Write 2027-02-01, or 2027-02 or 2027 if no more is known")
        elif not list(_faults(line, row, "kind", KINDS)) and ends.last < _when(row).first:
            yield Fault(line, "expires", f"it ends on {ends}, before it was made", "Correct one of the two days")
    if row["kind"] == RESCISSION:
        subject, scope = row["subject"], row["scope"]
        if scope not in ({subject, f"{subject} or all"} if subject else {"all"}) | {""}:
            remedy = 'Write "all" without a subject, or a subject with itself or "SUBJECT or all" as scope'
            yield Fault(line, "scope", "scope and subject of the rescission do not fit", remedy)


def _too_early(acts: Sequence[tuple[int, Act]]) -> Iterator[Fault]:
    """Yield the rescissions before which no application of their state and subject can have been made."""
    for line, act in acts:
        if act.kind != RESCISSION:
            continue
        own = [
            one for _, one in acts if one.kind == APPLICATION and one.state == act.state and covers(act, one.subject)
        ]
        if own and all(one.when.first > act.when.last for one in own):
            yield Fault(line, "day", "it rescinds what had not been made yet", "Check this day and the application's")


def covers(rescission: Act, subject: str) -> bool:
    """Tell whether a rescission is of applications on a subject: of all, or of just that."""
    return rescission.subject in ("", subject)


def may_cover(rescission: Act, subject: str) -> bool:
    """Tell whether a rescission is perhaps of applications on a subject: lists differ on whether it was of all."""
    return not covers(rescission, subject) and rescission.scope.endswith(" or all")


def _expiry(text: str) -> Span | None:
    try:
        return span_of(text, {4: "year", 7: "month"}.get(len(text), "day"))
    except ValueError:
        return None


def _sources() -> Mapping[str, str]:
    text = (files("ballotworthy") / "convention/ratification_sources.csv").read_text("utf-8")
    return {row["source"]: row["address"] for row in csv.DictReader(text.splitlines())}
