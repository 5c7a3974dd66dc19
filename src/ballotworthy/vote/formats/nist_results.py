"""NIST's Election Results Reporting, SP 1500-100 version 2, as JSON and as XML.

Counts repeat: by type (the total and its parts), by device, and by units within units. Each is counted once: of a unit
the total where it is given, else the sum of its parts; of units within each other the smallest that have counts. What
stands twice is compared, and both numbers are told where they differ. PassageThreshold and EffectOfAbstain are free
text: they are shown and never evaluated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.vote.cards import Mark
from ballotworthy.vote.formats import json_parts, xml_parts
from ballotworthy.vote.formats.nist_counts import Counted, counted
from ballotworthy.vote.formats.plain_values import Wrong, listed, number, said, text, wordings, words
from ballotworthy.vote.results import Remark, Results, Tally, Unit, contests_called
from ballotworthy.vote.words import Words, folded, one_line

NAME = "nist-results"
MEMBERS = ("Election", "GpUnit", "Status", "Format", "IsTest")
AGAIN = "Ask the maker of the report for a right one"


def knows(head: bytes) -> bool:
    """Say whether the beginning of a file is of this format."""
    return b"ElectionResults.ElectionReport" in head or b"<ElectionReport" in head or b":ElectionReport" in head


def read(path: Path, spelled: Words) -> Results:
    """Read one report.

    Raises:
        FileFaults: it is cut, a count is no number or stands twice, or a unit is not in the report.
    """
    found: dict[str, list[Any]] = {}
    for key, item in _parts(path):
        found.setdefault(key, []).extend(item if isinstance(item, list) else [item])
    try:
        return _report(path, found, spelled)
    except Wrong as error:
        raise FileFaults(str(path), [Fault(None, None, str(error), AGAIN)]) from error


def _parts(path: Path) -> Iterator[tuple[str, Any]]:
    with path.open("rb") as stream:
        first = stream.read(4096).lstrip(b"\xef\xbb\xbf \r\n\t")
        stream.seek(0)
        if first.startswith(b"<"):
            yield from ((name, item) for name, item, _ in
                        xml_parts.parts(stream, str(path), MEMBERS, "ElectionReport"))  # fmt: skip
        else:
            yield from json_parts.parts(stream, str(path), frozenset())


def _report(path: Path, found: Mapping[str, list[Any]], spelled: Words) -> Results:
    units: dict[str, dict[str, Any]] = {}
    for unit in listed(found.get("GpUnit")):
        key = text(unit, "@id", needed=True)
        if key in units:
            raise Wrong(f"unit {key[:40]} stands twice")
        units[key] = unit
    inside = {key: set(words(unit.get("ComposingGpUnitIds"))) for key, unit in units.items()}
    names = {key: one_line(said(unit.get("Name")) or text(unit, "Number") or key) for key, unit in units.items()}
    alike = Counter(names.values())
    names = {key: f"{name} ({key})" if alike[name] > 1 else name for key, name in names.items()}
    remarks: list[Remark] = []
    tallies: list[Tally] = []
    others: dict[str, tuple[str, ...]] = {}
    cast: dict[str, Counted] = {}
    elections = listed(found.get("Election"))
    if not elections:
        raise Wrong("the report has no election")
    twice = _twice(elections, remarks)
    for election in elections:
        for contest in listed(election, "Contest"):
            if (name := _name(contest)) and folded(name) in twice:
                contest = {**contest, "Name": f"{name} ({text(contest, '@id', needed=True)[:60]})"}
            _contest(path, contest, units, inside, names, spelled, tallies, others, remarks)
        each = counted(listed(election, "BallotCounts"), "BallotsCast", inside, names, "ballots cast")
        remarks += [Remark(path.name, what, "Both numbers are kept; ask who published them") for what in each.differ]
        _known(each, units)
        cast |= dict.fromkeys(each.by_unit, each)
    status = "".join(str(each) for each in found.get("Status", []))
    if status != "certified":
        what = f"the report is {status[:30] or 'of no told status'}, not certified"
        remarks.append(Remark(path.name, what, "Count again from the certified one"))
    if "true" in (str(each).lower() for each in found.get("IsTest", [])):
        remarks.append(Remark(path.name, "the report is a test", "Its numbers are nobody's votes"))
    rows = [
        Unit("", names[key], number(unit, "VotersRegistered"), _ballots(key, unit, cast), f"{path.name}, unit {key}")
        for key, unit in units.items()
    ]
    remarks += _apart(path, units, inside)
    return Results(NAME, None, tuple(tallies), tuple(rows), tuple(remarks), tuple(others), others, says_ballots=True)


def _apart(path: Path, units: Mapping[str, dict[str, Any]], inside: Mapping[str, set[str]]) -> Iterator[Remark]:
    """Tell of units whose people are not as many as those of their parts."""
    for key, unit in units.items():
        for name, told in (("VotersRegistered", "registered"), ("VotersParticipated", "said to have voted")):
            whole, parts = number(unit, name), [number(units[each], name) for each in inside[key] & units.keys()]
            known = [each for each in parts if each is not None]
            if whole is not None and parts and len(known) == len(parts) and sum(known) != whole:
                what = f"{whole:,} people are {told}, and those of its parts add up to {sum(known):,}"
                remedy = "The smaller units count. Both numbers are kept; ask who published them"
                yield Remark(f"{path.name}, unit {key[:40]}", what, remedy)


def _name(contest: dict[str, Any]) -> str:
    return one_line(text(contest, "Name") or text(contest, "@id", needed=True))


def _twice(elections: Sequence[dict[str, Any]], remarks: list[Remark]) -> set[str]:
    """Give the folded names that several contests have, and tell of them: each is a vote of its own."""
    names: dict[str, list[str]] = {}
    for election in elections:
        for contest in listed(election, "Contest"):
            names.setdefault(folded(_name(contest)), []).append(_name(contest))
    several = {key: found for key, found in names.items() if len(found) > 1}
    remarks += [contests_called(found) for found in several.values()]
    return set(several)


def _contest(
    path: Path, contest: dict[str, Any], units: Mapping[str, Any], inside: Mapping[str, set[str]],
    names: Mapping[str, str], spelled: Words, tallies: list[Tally], others: dict[str, tuple[str, ...]],
    remarks: list[Remark],
) -> None:  # fmt: skip
    name = _name(contest)
    selections = listed(contest, "ContestSelection")
    sides = {}
    for each in selections:
        found = {side for wording in wordings(each.get("Selection")) if (side := spelled.side(wording)) is not None}
        if len(found) == 1:
            sides[found.pop()] = each
    if len(selections) != 2 or len(sides) != 2:
        others[name] = tuple(said(each.get("Selection")) for each in selections)
        return
    for field in ("PassageThreshold", "EffectOfAbstain"):
        if words_of := said(contest.get(field)):
            what = f"of “{name}” the report says, under {field}: “{words_of[:200]}”"
            remarks.append(Remark(path.name, what, "It is text and is not evaluated: give the rule with --rule"))
    columns = {
        side: counted(listed(sides[mark], "VoteCounts"), "Count", inside, names, f"{side} on “{name}”")
        for side, mark in (("yes", Mark.YES), ("no", Mark.NO))
    }
    more = listed(contest, "OtherCounts")
    columns |= {
        side: counted([each for each in more if field in each], field, inside, names, f"{field} of “{name}”")
        for side, field in (("invalid", "Overvotes"), ("blank", "Undervotes"))
    }
    for column in columns.values():
        remarks += [Remark(path.name, what, "Both numbers are kept; ask who published them") for what in column.differ]
        _known(column, units)
    tallies += _tallies(path, name, columns, names)
    remarks += _open(path, name, columns, names)


def _known(counts: Counted, units: Mapping[str, Any]) -> None:
    lost = (counts.by_unit.keys() | counts.hidden) - units.keys()
    if lost:
        raise Wrong(f"unit {sorted(lost)[0][:40]} of a count is not in the report")


def _open(path: Path, name: str, columns: Mapping[str, Counted], names: Mapping[str, str]) -> Iterator[Remark]:
    """Tell of units in which yes or no is kept back, or has no number where the other has one."""
    for side, other in (("yes", "no"), ("no", "yes")):
        own = columns[side]
        lacking = columns[other].by_unit.keys() - own.by_unit.keys()
        for unit in (each for each in names if each in own.hidden | lacking):
            what = "is kept back" if unit in own.hidden else f"has no number, and {other} has one"
            yield Remark(
                f"{path.name}, unit {unit}", f"{side} on “{name}” in {names[unit]} {what}", "The sum is unknown"
            )


def _tallies(path: Path, name: str, columns: Mapping[str, Counted], names: Mapping[str, str]) -> Iterator[Tally]:
    keys = dict.fromkeys(unit for each in columns.values() for unit in (*each.by_unit, *each.hidden))
    for unit in keys:
        numbers = {side: each.by_unit.get(unit) for side, each in columns.items()}
        where = f"{path.name}, unit {unit}"
        yield Tally(
            name, "", names[unit], "", numbers["yes"], numbers["no"], numbers["blank"], numbers["invalid"], where
        )
        modes = dict.fromkeys(mode for side in ("yes", "no") for mode in columns[side].by_mode.get(unit, {}))
        for mode in modes:
            yes, no = (columns[side].by_mode.get(unit, {}).get(mode) for side in ("yes", "no"))
            yield Tally(name, "", names[unit], mode, yes, no, None, None, where)


def _ballots(key: str, unit: dict[str, Any], cast: Mapping[str, Counted]) -> int | None:
    if key in cast:
        return cast[key].by_unit[key]
    return number(unit, "VotersParticipated")
