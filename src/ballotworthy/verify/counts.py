"""The counts, summed again from the rulings (V15, V16, V17)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .findings import Findings, number
from .frame import DRAWN, FILED, REMOVED, STRUCK, Frame
from .rulings import Rulings

VALID, DUPLICATE, INVALID = "valid", "duplicates", "invalid"


@dataclass(frozen=True)
class Sums:
    """What counts in the end.

    `rows` by stratum and district, as the record writes them; `reasons` the lines that do not count, by ground; `most`
    is the greatest number of lines of one voter, where the formula of New Zealand asks for it.
    """

    rows: list[dict[str, Any]]
    reasons: list[dict[str, Any]]
    most: int


def check_counts(
    body: Mapping[str, Any], frame: Frame, rulings: Rulings, values: Mapping[str, Any], findings: Findings
) -> None:
    """Compare counts with those that follow from the rulings; note where they differ."""
    waiting = [at for at, state in enumerate(frame.state) if state & DRAWN and rulings.of(at) is None]
    if waiting:
        names = ", ".join(frame.ids[at] for at in waiting[:3])
        findings.fail(
            "V15", f"{number(len(waiting), 'line')} of the sample {_have(waiting)} no ruling: {names}{_more(waiting)}"
        )
        return
    sums = add_up(frame, rulings, values)
    if sums.most > 3:
        findings.fail("V16", "a voter signed more than three of the lines, for which the formula has no place")
    if body["rows"] != sums.rows:
        if body["rows"] == _all_counted(sums.rows):
            findings.fail("V17", _row_fault(body["rows"], sums.rows))
        else:
            findings.fail("V16", _row_fault(body["rows"], sums.rows))
    elif body["reasons"] != sums.reasons:
        findings.fail("V16", _reason_fault(body["reasons"], sums.reasons))
    looks = [
        dict(zip(("person", "first", "second", "resolved", "corrected"), (person, *numbers), strict=True))
        for person, numbers in sorted(rulings.looks.items())
    ]
    if body["looks"] != looks:
        findings.fail("V16", "who looked at how many lines is not what the events before tell")
    totals = {key: sum(row[key] for row in sums.rows) for key in ("sample", VALID, DUPLICATE, INVALID)}
    findings.found["V15"] = f"{number(totals['sample'], 'line')} of the sample, none of them open"
    findings.found["V16"] = (
        f"{totals[VALID]:,} valid, {totals[INVALID]:,} invalid, {number(totals[DUPLICATE], 'duplicate')}"
    )
    findings.found["V17"] = f"{number(totals[DUPLICATE], 'further line')} of voters who count once"


def check_repetitions(frame: Frame, rulings: Rulings, values: Mapping[str, Any], findings: Findings) -> None:
    """Note a line that is refused as a repetition of a line of the sample whose ruling does not bear it out."""
    all_fall = values.get("duplicates") == "none"
    for at, state in enumerate(frame.state):
        ruling = rulings.of(at) if state & DRAWN else None
        if ruling is None or not ruling.repeats or ruling.repeats not in frame.at:
            continue
        other = frame.at[ruling.repeats]
        found = rulings.of(other) if frame.state[other] & DRAWN else None
        fault = ""
        if frame.state[other] & STRUCK:
            fault = "was struck"
        elif found is not None and not (found.valid or (all_fall and found.reason == "duplicate")):
            fault = "is ruled invalid"
        elif found is not None and found.voter != ruling.voter:
            fault = "is of another voter"
        if fault:
            told = f"line {frame.ids[at]} is refused as a repetition of line {ruling.repeats}, which {fault}"
            findings.fail("V16", told)
            return


def add_up(frame: Frame, rulings: Rulings, values: Mapping[str, Any]) -> Sums:
    """Give the counts that follow from the rulings; every line of the sample has one."""
    outcome: dict[int, tuple[str, str]] = {}
    of_voter: dict[bytes, list[int]] = {}
    twins: dict[bytes, list[int]] = {}
    for at, state in enumerate(frame.state):
        if not state & DRAWN:
            continue
        ruling = rulings.of(at)
        if ruling is None:
            raise ValueError("a line of the sample has no ruling")
        if ruling.valid and ruling.voter in rulings.withdrawn:
            outcome[at] = INVALID, "withdrawn"
        elif ruling.valid:
            outcome[at] = VALID, ""
            of_voter.setdefault(ruling.voter, []).append(at)
        else:
            outcome[at] = INVALID, ruling.reason
            if ruling.reason == "duplicate" and ruling.voter:
                twins.setdefault(ruling.voter, []).append(at)
    seen = _count_once(of_voter, twins, values.get("duplicates") == "none", outcome)
    return Sums(
        _rows(frame, outcome, seen if values.get("formula") == "new-zealand" else None),
        _reasons(reason for _, reason in outcome.values()),
        max(seen.values(), default=0) if values.get("formula") == "new-zealand" else 0,
    )


def _count_once(
    valid: Mapping[bytes, list[int]], twins: Mapping[bytes, list[int]], none: bool, outcome: dict[int, tuple[str, str]]
) -> dict[int, int]:
    """Apply the policy on duplicates; give how many lines each voter has who has more than one, by the valid line."""
    seen: dict[int, int] = {}
    for voter, lines in valid.items():
        others = twins.get(voter, [])
        if len(lines) + len(others) < 2:
            continue
        if none:
            outcome.update(dict.fromkeys((*lines, *others), (INVALID, "duplicate")))
        else:
            outcome.update(dict.fromkeys((*lines[1:], *others), (DUPLICATE, "duplicate")))
            seen[lines[0]] = len(lines) + len(others)
    return seen


def _rows(frame: Frame, outcome: Mapping[int, tuple[str, str]], seen: Mapping[int, int] | None) -> list[dict[str, Any]]:
    keys = ("raw", "removed", "sample", VALID, DUPLICATE, INVALID) + (("seen_2", "seen_3") if seen is not None else ())
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for at, state in enumerate(frame.state):
        if not state & FILED:
            continue
        place = frame.strata[at], frame.districts[at]
        if place not in rows:
            rows[place] = {"stratum": place[0], "district": place[1], **dict.fromkeys(keys, 0)}
        row = rows[place]
        row["raw"] += 1
        row["removed"] += bool(state & (REMOVED | STRUCK))
        if at in outcome:
            row["sample"] += 1
            row[outcome[at][0]] += 1
        if seen and seen.get(at) in (2, 3):
            row[f"seen_{seen[at]}"] += 1
    return [rows[place] for place in sorted(rows)]


def _reasons(reasons: Any) -> list[dict[str, Any]]:
    counted = Counter(reason for reason in reasons if reason)
    return [{"reason": reason, "lines": counted[reason]} for reason in sorted(counted)]


def _all_counted(rows: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """Give the rows with every duplicate counted as valid, or None where there is none."""
    if not any(row[DUPLICATE] for row in rows):
        return None
    return [{**row, VALID: row[VALID] + row[DUPLICATE], DUPLICATE: 0} for row in rows]


def _row_fault(told: list[dict[str, Any]], rows: list[dict[str, Any]]) -> str:
    for one, two in zip(told, rows, strict=False):
        if (one["stratum"], one["district"]) != (two["stratum"], two["district"]):
            break
        for key, right in two.items():
            if one.get(key) != right:
                where = f"{two['stratum']!r}{', ' + repr(two['district']) if two['district'] else ''}"
                return f"{key} of {where} is {right:,} by the rulings, and {one.get(key, 'nothing')} stands there"
        if one.keys() != two.keys():
            return "a row has a number that it should not have"
    return f"its rows are not the {len(rows):,} strata and districts of the lines filed"


def _reason_fault(told: list[dict[str, Any]], reasons: list[dict[str, Any]]) -> str:
    by_reason = {each["reason"]: each["lines"] for each in told}
    for each in reasons:
        told_lines = by_reason.get(each["reason"], 0)
        if told_lines != each["lines"]:
            return f"{number(each['lines'], 'line')} fell for {each['reason']!r}, and {told_lines:,} stand there"
    return "it tells grounds on which no line fell, or in another order"


def _have(names: list[int]) -> str:
    return "has" if len(names) == 1 else "have"


def _more(names: list[int]) -> str:
    return " ..." if len(names) > 3 else ""
