"""The verdict that the pinned law draws from the counts, with its bands and districts (V18, V19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Any

from .exact import printed
from .formulas import NoEstimate, Row, arizona, estimate_rows, read_rows, washington_test

SUFFICIENT, INSUFFICIENT, FULL_CHECK, UNDECIDED = "sufficient", "insufficient", "full-check", "undecided"
BANDS = ("insufficient_below", "sufficient_above")
OTHERWISE = "sample_otherwise"
OF_OFFICE = frozenset({"colorado", "south-dakota", "arizona", "michigan", "illinois", "nevada"})
"""The formulas whose rounding is the office's, so that a verdict that hangs on it is open where no rule says it."""
SPREAD = ("district_requirement", "district_share", "districts_needed")


@dataclass(frozen=True)
class Outcome:
    """What the law draws from counts: all numbers of an event `verdict`, as it writes them, and its steps.

    `sampled` are the bands of a sample that a verdict on a full count may tell, as it did before.
    """

    raw: int
    estimate: int
    requirement: int
    verdict: str
    bands: dict[str, int] | None
    districts: list[dict[str, Any]] | None
    steps: list[tuple[str, str, str]]
    open: list[str]
    sampled: dict[str, int] | None = None


def bands_of(required: int, values: Mapping[str, Any]) -> dict[str, int] | None:
    """Give below which number a sample fails and from which it passes, or None where no rule says either."""
    above, below, said = values.get("sufficient_above"), values.get("insufficient_below"), values.get(OTHERWISE)
    bands = {}
    if below is not None:
        low = Fraction(below) * required
        bands["insufficient_below"] = floor(low) + 1 if values.get("insufficient_at") else ceil(low)
    if above is not None:
        high = Fraction(above) * required
        bands["sufficient_above"] = ceil(high) if values.get("sufficient_at") else floor(high) + 1
        if below is None and said == INSUFFICIENT:
            bands["insufficient_below"] = bands["sufficient_above"]
    elif below is not None and (said == SUFFICIENT or (said is None and Fraction(below) == 1)):
        bands["sufficient_above"] = bands["insufficient_below"]
    if len(bands) > 1:
        bands["insufficient_below"] = min(bands.values())
    return bands or None


def judge(counts: Mapping[str, Any], rules: Mapping[str, Any]) -> Outcome:
    """Give what the pinned rules draw from an event of counts.

    Raises:
        NoEstimate: they draw nothing from these counts.
    """
    outcome = _rounded_either_way(counts, rules)
    rows = counts["rows"]
    sampled = [each["sample"] < each["raw"] - each["removed"] for each in rows]
    if rules["values"].get("formula") != "illinois" or outcome.verdict == UNDECIDED:
        return outcome
    if not any(each["duplicates"] for each, drawn in zip(rows, sampled, strict=True) if drawn):
        return outcome
    alone = [{**each, "duplicates": 0} if drawn else each for each, drawn in zip(rows, sampled, strict=True)]
    if _rounded_either_way({**counts, "rows": alone}, rules).verdict == outcome.verdict:
        return outcome
    return _left_open(outcome, "formula")


def _left_open(outcome: Outcome, rule: str) -> Outcome:
    return replace(outcome, verdict=UNDECIDED, steps=[*outcome.steps[:-1], ("", "verdict", UNDECIDED)], open=[rule])


def _rounded_either_way(counts: Mapping[str, Any], rules: Mapping[str, Any]) -> Outcome:
    """Judge, and leave open what hangs on a rounding that no rule orders."""
    outcome = _judge(counts, rules)
    values = rules["values"]
    if (
        values.get("formula") in OF_OFFICE
        and "rounding" not in values
        and not all(row.full for row in read_rows(counts))
    ):
        each = [_judge(counts, {**rules, "values": {**values, "rounding": way}}).verdict for way in ("down", "up")]
        if each[0] != each[1]:
            return _left_open(outcome, "rounding")
    return outcome


def _judge(counts: Mapping[str, Any], rules: Mapping[str, Any]) -> Outcome:
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
        districts = _districts(rows, estimates, rules, required, full)
    accepted = None
    if values.get("formula") == "washington" and not full:
        accepted, test = washington_test(rows, required)
        steps += [("", *step) for step in test]
    over = sum(each["estimate"] - each["counted"] for each in districts or [])
    total -= over
    raw = sum(row.raw for row in rows)
    verdict, missing = _on_total(raw, total, required, full, accepted, bands, values)
    verdict = _spread(verdict, districts, values)
    if verdict == UNDECIDED and not missing:
        missing = ["district_requirement"]
    if verdict == SUFFICIENT and _without_most(districts, rules):
        verdict, missing = UNDECIDED, ["district_most_share"]
    rest = _rest(rows, estimates, rules) if estimates is not None and "district_most_share" in values else 0
    if verdict == SUFFICIENT and rest:
        verdict = _on_total(raw, total - rest, required, full, accepted, bands, values)[0]
        if verdict != SUFFICIENT:
            verdict, missing = UNDECIDED, ["district_most_share"]
    of_petition = [("less those over the most of a district", over)] if over else []
    of_petition += [("signatures filed", raw), ("estimate", total), ("requirement", required)]
    steps += [("", name, printed(Fraction(number))) for name, number in of_petition]
    steps.append(("", "verdict", verdict))
    missing = missing if verdict == UNDECIDED else []
    outcome = Outcome(raw, total, required, verdict, None, districts, steps, missing, bands)
    return outcome if full else with_bands(outcome)


def with_bands(outcome: Outcome) -> Outcome:
    """Give the outcome with the bands of a sample among its numbers and its steps."""
    bands = outcome.sampled or {}
    told = (("insufficient below", "insufficient_below"), ("sufficient from", "sufficient_above"))
    steps = [("", name, printed(Fraction(bands[key]))) for name, key in told if key in bands]
    return replace(outcome, bands=outcome.sampled, steps=[*outcome.steps[:-1], *steps, outcome.steps[-1]])


def _on_total(
    raw: int,
    total: int,
    required: int,
    full: bool,
    accepted: bool | None,
    bands: Mapping[str, int] | None,
    values: Mapping[str, Any],
) -> tuple[str, list[str]]:
    """Give the verdict on the total, and the rules whose lack leaves it open."""
    if values.get("raw_must_reach") and raw < required:
        return INSUFFICIENT, []
    if full:
        if total < required:
            return INSUFFICIENT, []
        return (FULL_CHECK if values.get("formula") == "district-of-columbia" else SUFFICIENT), []
    if accepted is not None:
        return (SUFFICIENT if accepted else FULL_CHECK), []
    if bands and total < bands.get("insufficient_below", total):
        return INSUFFICIENT, []
    if bands and total >= bands.get("sufficient_above", total + 1):
        return SUFFICIENT, []
    said = values.get(OTHERWISE)
    if said not in (None, UNDECIDED):
        return str(said), []
    if said is None and bands and len(bands) > 1:
        return FULL_CHECK, []
    lacking = [name for name in BANDS if name not in values]
    return UNDECIDED, lacking if lacking and said is None else [OTHERWISE]


def _without_most(districts: Sequence[Mapping[str, Any]] | None, rules: Mapping[str, Any]) -> bool:
    """Whether only so many of one district may count, and how many that is of some district is not known."""
    if "district_most_share" not in rules["values"]:
        return False
    if districts is None:
        return True
    if rules["values"].get("district_basis") == "requirement":
        return False
    told = {each["name"] for each in rules.get("districts", []) if "at_most" in each}
    return any(each["name"] not in told for each in districts)


def _districts(
    rows: Sequence[Row], estimates: Sequence[int], rules: Mapping[str, Any], required: int, full: bool
) -> list[dict[str, Any]] | None:
    values = rules["values"]
    if not any(name in values for name in (*SPREAD, "district_most_share")):
        return None
    by_law = {each["name"]: each["required"] for each in values.get("district_requirement", [])}
    by_office = {each["name"]: each for each in rules.get("districts", [])}
    sums: dict[str, int] = {}
    for row, estimate in zip(rows, estimates, strict=True):
        name = _district(row, rules)
        if not name and rules.get("version") == 1:
            return None
        if name:
            sums[name] = sums.get(name, 0) + estimate
    if not sums:
        return None
    rest = _rest(rows, estimates, rules)
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
            met = _reached(estimate, number, full, values)
            if met is False and rest and _reached(estimate + rest, number, full, values) is not False:
                met = None
            if met is not None:
                district["met"] = met
        districts.append(district)
    return districts


def _district(row: Row, rules: Mapping[str, Any]) -> str:
    """Give the district of a row, or nothing."""
    known = (*rules["values"].get("district_requirement", []), *rules.get("districts", []))
    return row.district or (row.stratum if any(each["name"] == row.stratum for each in known) else "")


def _rest(rows: Sequence[Row], estimates: Sequence[int], rules: Mapping[str, Any]) -> int:
    """Give what the rows without a district amount to, at least 0; version 1 of the record does not ask."""
    if rules.get("version") == 1:
        return 0
    return max(0, sum(number for row, number in zip(rows, estimates, strict=True) if not _district(row, rules)))


def _reached(estimate: int, number: int, by_count: bool, values: Mapping[str, Any]) -> bool | None:
    if by_count:
        return estimate >= number
    bands = bands_of(number, values) or {}
    if estimate < bands.get("insufficient_below", estimate):
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
    if verdict != SUFFICIENT:
        return verdict
    return UNDECIDED if any("required" not in each for each in districts or ()) else FULL_CHECK
