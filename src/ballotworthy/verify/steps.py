"""The verdict and its steps in a record, compared with those that the pinned law gives (V18, V19, V20)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .findings import Findings, number
from .formulas import NoEstimate
from .verdict import judge, with_bands

OTHER = ("district ", "spread ")


def check_verdict(
    body: Mapping[str, Any], counts: Mapping[str, Any], rules: Mapping[str, Any], findings: Findings
) -> None:
    """Compare an event `verdict` with what follows from the counts; note where they differ."""
    try:
        outcome = judge(counts, rules)
    except NoEstimate as nothing:
        findings.fail("V18", str(nothing))
        return
    if outcome.bands is None and "bands" in body:
        outcome = with_bands(outcome)
    for key in ("raw", "estimate", "requirement"):
        if body[key] != getattr(outcome, key):
            findings.fail("V18", f"the {key} is {getattr(outcome, key):,}, and {body[key]:,} stands there")
    if body.get("bands") != outcome.bands:
        findings.fail("V18", f"the bands are {_told(outcome.bands)}, and {_told(body.get('bands'))} stands there")
    if body.get("districts") != outcome.districts:
        findings.fail("V18", _district_fault(body.get("districts"), outcome.districts))
    if body["verdict"] != outcome.verdict:
        findings.fail("V19", f"the law says {outcome.verdict!r}, and {body['verdict']!r} stands there")
    elif [each["rule"] for each in body.get("undecided", [])] != outcome.open:
        findings.fail("V19", f"what leaves it open is {', '.join(outcome.open) or 'nothing'}, and another stands there")
    told = [(each["stratum"], each["name"], each["value"]) for each in body["steps"]]
    beside = [step for step in told if step[1].startswith(OTHER)]
    told = [step for step in told if not step[1].startswith(OTHER)]
    if beside and beside != _of_districts(outcome.districts, beside[-1]):
        findings.fail("V20", f"the step {_other_step(beside, outcome.districts)!r} is none of the districts")
    if told != outcome.steps:
        findings.fail("V20", _step_fault(told, outcome.steps))
    findings.found["V18"] = f"estimate {outcome.estimate:,}, requirement {outcome.requirement:,}"
    findings.found["V19"] = outcome.verdict
    findings.found["V20"] = number(len(outcome.steps), "step")


def _told(bands: Mapping[str, int] | None) -> str:
    if bands is None:
        return "none"
    return ", ".join(f"{key.replace('_', ' ')} {number:,}" for key, number in sorted(bands.items()))


def _district_fault(told: list[dict[str, Any]] | None, districts: list[dict[str, Any]] | None) -> str:
    if told is None or districts is None:
        return "the districts are told, and cannot be" if districts is None else "the districts are not told"
    for one, two in zip(told, districts, strict=False):
        if one != two:
            return f"district {two['name']!r} has other numbers by the rows"
    return f"the rows have {len(districts):,} districts, and {len(told):,} stand there"


def _step_fault(told: list[tuple[str, str, str]], steps: list[tuple[str, str, str]]) -> str:
    for one, two in zip(told, steps, strict=False):
        if one != two:
            where = f" of {two[0]!r}" if two[0] else ""
            if one[:2] != two[:2]:
                return f"the step {two[1]!r}{where} should stand where {one[1]!r} stands"
            return f"the step {two[1]!r}{where} is {two[2]}, and {one[2]} stands there"
    return f"there are {len(steps):,} steps, and {len(told):,} stand there"


def _of_districts(districts: list[dict[str, Any]] | None, last: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Give the steps of the districts, in their order; the words of the last, on all of them, are the office's."""
    steps = [("", f"district {each['name']}", _reached(each)) for each in districts or []]
    return [*steps, ("", "spread over districts", last[2])]


def _reached(district: Mapping[str, Any]) -> str:
    if "required" not in district:
        return f"{district['estimate']:,}"
    met = {True: "reached", False: "not reached", None: "not decided"}[district.get("met")]
    return f"{district['estimate']:,} of {district['required']:,}: {met}"


def _other_step(told: list[tuple[str, str, str]], districts: list[dict[str, Any]] | None) -> str:
    right = _of_districts(districts, told[-1])
    return next((step[1] for step in told if step not in right), told[0][1])
