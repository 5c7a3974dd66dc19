"""Rulings to counts: the body of a `counts` event, and the rows that the law's formula takes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.framed import REMOVED, Row
from ballotworthy.casework.repeats import wrong_repetition
from ballotworthy.casework.rulings import Counted, Ruling, counted
from ballotworthy.errors import InputError, Refused
from ballotworthy.sufficiency import Counts

SEEN_FORMULA = "new-zealand"
MOST_SEEN = 3
SHOWN = 5


def open_lines(case: Case) -> list[str]:
    """Give the lines of the sample that have no ruling yet, in the order of the frame."""
    if case.sample is None:
        return []
    return [line for line in case.frame.in_order(case.sample.lines) if case.ruling(line) is None]


def counted_lines(case: Case) -> dict[str, Counted]:
    """Give how each line of the sample counts.

    Raises:
        Refused: there is no sample, or a line has no ruling.
    """
    if case.sample is None or case.rules is None:
        raise Refused("there is no sample to count yet. Draw it, and decide its lines.")
    order = case.frame.in_order(case.sample.lines)
    rulings: dict[str, Ruling] = {}
    left = []
    for line in order:
        ruling = case.ruling(line)
        if ruling is None:
            left.append(line)
        else:
            rulings[line] = ruling
    if left:
        names = ", ".join(left[:SHOWN]) + (", ..." if len(left) > SHOWN else "")
        raise Refused(
            f"{len(left):,} lines of the sample have no ruling ({names}). Decide them, and resolve what two people "
            "see differently, before counting."
        )
    if wrong := wrong_repetition(case, order):
        raise Refused(f"{wrong}. Correct one of the two before counting.")
    policy = case.rules.duplicates.value if case.rules.duplicates else "first-valid"
    return counted(rulings, order, policy)


def counts_body(case: Case) -> dict[str, Any]:
    """Give the body of a `counts` event.

    Raises:
        Refused: a line has no ruling, or a voter signed more often than the law's formula can take.
    """
    lines = counted_lines(case)
    reasons = Counter(each.reason for each in lines.values() if each.reason)
    return {
        "rows": _rows(case, lines),
        "reasons": [{"reason": reason, "lines": number} for reason, number in sorted(reasons.items())],
        "looks": [{"person": person, **tally} for person, tally in sorted(case.tally.items())],
    }


def rows_so_far(case: Case) -> tuple[list[dict[str, Any]], Counter[Row]]:
    """Give rows as those of a `counts` event, of the lines ruled so far, and by row how many lines have no ruling.

    Raises:
        Refused: there is no sample.
    """
    if case.sample is None or case.rules is None:
        raise Refused("there is no sample to count yet. Draw it, and decide its lines.")
    rulings: dict[str, Ruling] = {}
    left: Counter[Row] = Counter()
    for line in case.frame.in_order(case.sample.lines):
        ruling = case.ruling(line)
        if ruling is None:
            left[case.frame.rows[case.frame.at[line]]] += 1
        else:
            rulings[line] = ruling
    policy = case.rules.duplicates.value if case.rules.duplicates else "first-valid"
    return _rows(case, counted(rulings, rulings, policy)), left


def _rows(case: Case, lines: dict[str, Counted]) -> list[dict[str, Any]]:
    raw: Counter[Row] = Counter()
    removed: Counter[Row] = Counter()
    by: dict[str, Counter[Row]] = {outcome: Counter() for outcome in ("valid", "duplicate", "invalid")}
    seen: dict[int, Counter[Row]] = {2: Counter(), 3: Counter()}
    with_seen = case.rules is not None and case.rules.formula.value == SEEN_FORMULA
    at, rows = case.frame.at, case.frame.rows
    for line in case.frame.filed:
        raw[rows[at[line]]] += 1
        if line in case.struck or case.frame.line(line).mark.startswith(REMOVED):
            removed[rows[at[line]]] += 1
    for line, found in lines.items():
        row = rows[at[line]]
        by[found.outcome][row] += 1
        if with_seen and found.outcome == "valid" and found.times > 1:
            if found.times > MOST_SEEN:
                raise Refused(
                    f"the signer of line {line} signed {found.times} times, and the law's formula goes to {MOST_SEEN}. "
                    "Strike the further lines by the rule that covers them, and count again."
                )
            seen[found.times][row] += 1
    counted_rows = []
    for row in sorted(raw):
        numbers = {
            "raw": raw[row],
            "removed": removed[row],
            "sample": sum(counter[row] for counter in by.values()),
            "valid": by["valid"][row],
            "duplicates": by["duplicate"][row],
            "invalid": by["invalid"][row],
        }
        more = {f"seen_{times}": counter[row] for times, counter in seen.items()} if with_seen else {}
        counted_rows.append({"stratum": row[0], "district": row[1], **numbers, **more})
    return counted_rows


def rows_of(case: Case, body: dict[str, Any] | Any) -> tuple[Counts, ...]:
    """Give the rows of a `counts` event as the law's formula takes them.

    Raises:
        InputError: the rules were not pinned.
    """
    if case.pinned is None:
        raise InputError("no law is pinned in this case.")
    told = {district["name"]: district for district in case.pinned.get("districts", ())}
    rows = []
    for row in body["rows"]:
        known = told.get(row["district"] or row["stratum"], {})
        rows.append(
            Counts(
                stratum=row["stratum"],
                raw=row["raw"],
                sample=row["sample"],
                valid=row["valid"],
                duplicates=row["duplicates"],
                removed=row["removed"],
                invalid=row["invalid"],
                seen_2=row.get("seen_2"),
                seen_3=row.get("seen_3"),
                district=row["district"] or None,
                required=known.get("required"),
                at_most=known.get("at_most"),
            )
        )
    return tuple(rows)
