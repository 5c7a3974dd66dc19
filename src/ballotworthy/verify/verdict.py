"""The verdict that the pinned law draws from the counts, with its bands and districts (V18, V19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from .exact import printed
from .formulas import NoEstimate, Row, arizona, estimate_rows, read_rows, washington_test

SUFFICIENT, INSUFFICIENT, FULL_CHECK = "sufficient", "insufficient", "full-check"
SPREAD = ("district_requirement", "district_share", "districts_needed")


@dataclass(frozen=True)
class Outcome:
    """What the law draws from counts: all numbers of an event `verdict`, as it writes them, and its steps."""

    raw: int
    estimate: int
    requirement: int
    verdict: str
    bands: dict[str, int] | None
    districts: list[dict[str, Any]] | None
    steps: list[tuple[str, str, str]]


def bands_of(required: int, values: Mapping[str, Any]) -> dict[str, int] | None:
    """Give below which number a sample fails and from which it passes, or None where the law has no bands."""
    above, below = values.get("sufficient_above"), values.get("insufficient_below")
    if above is not None:
        high = Fraction(above) * required
        passes = ceil(high) if values.get("sufficient_at") else floor(high) + 1
        if below is None:
            return {"insufficient_below": passes, "sufficient_above": passes}
        low = Fraction(below) * required
        fails = floor(low) + 1 if values.get("insufficient_at") else ceil(low)
        return {"insufficient_below": min(fails, passes), "sufficient_above": passes}
    if below is None:
        return None
    fails = ceil(Fraction(below) * required)
    return {"insufficient_below": fails} | ({"sufficient_above": fails} if Fraction(below) == 1 else {})


def judge(counts: Mapping[str, Any], rules: Mapping[str, Any]) -> Outcome:
    """Give what the pinned rules draw from an event of counts.

    Raises:
        NoEstimate: they draw nothing from these counts.
    """
    values, rows = rules["values"], read_rows(counts)
    required = rules["required"]["value"] if "required" in rules else values.get("requirement")
    if required is None:
        raise NoEstimate("the rules have no number of signatures required")
    full = all(row.full for row in rows)
    bands = bands_of(required, values)
    steps: list[tuple[str, str, str]] = []
    if values.get("formula") == "arizona" and not full:
        estimates, districts = None, None
        total, of_all = arizona(rows, values.get("rounding", "down"))
        steps += [("", *step) for step in of_all]
    else:
        estimated = estimate_rows(rows, values)
        estimates = [number for number, _ in estimated]
        total = sum(estimates)
        steps += [(row.name, *step) for row, (_, each) in zip(rows, estimated, strict=True) for step in each]
        districts = _districts(rows, estimates, rules, required, full, bands is not None)
    accepted = None
    if values.get("formula") == "washington" and not full:
        accepted, test = washington_test(rows, required)
        steps += [("", *step) for step in test]
    over = sum(each["estimate"] - each["counted"] for each in districts or [])
    total -= over
    raw = sum(row.raw for row in rows)
    verdict = _spread(_on_total(raw, total, required, full, accepted, bands, values), districts, values)
    of_petition = [("less those over the most of a district", over)] if over else []
    of_petition += [("signatures filed", raw), ("estimate", total), ("requirement", required)]
    if bands:
        of_petition.append(("insufficient below", bands["insufficient_below"]))
        if "sufficient_above" in bands:
            of_petition.append(("sufficient from", bands["sufficient_above"]))
    steps += [("", name, printed(Fraction(number))) for name, number in of_petition]
    steps.append(("", "verdict", verdict))
    return Outcome(raw, total, required, verdict, bands, districts, steps)


def _on_total(
    raw: int,
    total: int,
    required: int,
    full: bool,
    accepted: bool | None,
    bands: Mapping[str, int] | None,
    values: Mapping[str, Any],
) -> str:
    if values.get("raw_must_reach") and raw < required:
        return INSUFFICIENT
    if not full and accepted is not None:
        return SUFFICIENT if accepted else FULL_CHECK
    if full or bands is None:
        if total < required:
            return INSUFFICIENT
        return FULL_CHECK if values.get("formula") == "district-of-columbia" else SUFFICIENT
    if total < bands["insufficient_below"]:
        return INSUFFICIENT
    return SUFFICIENT if total >= bands.get("sufficient_above", total + 1) else FULL_CHECK


def _districts(
    rows: Sequence[Row], estimates: Sequence[int], rules: Mapping[str, Any], required: int, full: bool, banded: bool
) -> list[dict[str, Any]] | None:
    values = rules["values"]
    if not any(name in values for name in (*SPREAD, "district_most_share")):
        return None
    by_law = {each["name"]: each["required"] for each in values.get("district_requirement", [])}
    by_office = {each["name"]: each for each in rules.get("districts", [])}
    sums: dict[str, int] = {}
    for row, estimate in zip(rows, estimates, strict=True):
        name = row.district or (row.stratum if row.stratum in by_law or row.stratum in by_office else "")
        if not name:
            return None
        sums[name] = sums.get(name, 0) + estimate
    of_whole = values.get("district_basis") == "requirement"
    most_share, least_share = values.get("district_most_share"), values.get("district_share")
    districts = []
    for name, estimate in sums.items():
        given = by_office.get(name, {})
        most = given.get("at_most")
        if most is None and most_share is not None and of_whole:
            most = floor(Fraction(most_share) * required)
        number = given.get("required", by_law.get(name))
        if number is None and least_share is not None and of_whole:
            number = ceil(Fraction(least_share) * required)
        district = {"name": name, "estimate": estimate, "counted": estimate if most is None else min(estimate, most)}
        if number is not None:
            district["required"] = number
            met = _reached(estimate, number, full or not banded, values)
            if met is not None:
                district["met"] = met
        districts.append(district)
    return districts


def _reached(estimate: int, number: int, by_count: bool, values: Mapping[str, Any]) -> bool | None:
    bands = None if by_count else bands_of(number, values)
    if bands is None:
        return estimate >= number
    if estimate < bands["insufficient_below"]:
        return False
    return True if estimate >= bands.get("sufficient_above", estimate + 1) else None


def _spread(verdict: str, districts: Sequence[Mapping[str, Any]] | None, values: Mapping[str, Any]) -> str:
    if verdict == INSUFFICIENT or not any(name in values for name in SPREAD):
        return verdict
    needed = values.get("districts_needed")
    if needed is not None and districts is not None:
        have = sum(each.get("met") is True for each in districts)
        perhaps = sum("met" not in each for each in districts)
        if have >= needed:
            return verdict
        if have + perhaps < needed:
            return INSUFFICIENT
    return FULL_CHECK if verdict == SUFFICIENT else verdict
