"""Counts to the verdict that the pinned law draws from them: the body of a `verdict` event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.counting import rows_of
from ballotworthy.errors import Refused
from ballotworthy.law import Source
from ballotworthy.stats import Step
from ballotworthy.sufficiency import Assessment, Thresholds, assess, thresholds_of
from ballotworthy.sufficiency.told import band_steps


def assessment_of(case: Case) -> Assessment:
    """Give what the last counts amount to in law.

    Raises:
        Refused: there are no counts, or they are no longer current.
        InputError: the law does not let these counts be projected.
    """
    if case.standing.counts is None or case.rules is None or case.pinned is None:
        raise Refused("there are no counts, or something has changed since. Count first.")
    required = case.pinned.get("required")
    # A record has no event for a sample in place of the full count that the law orders, so a case is counted in full.
    rules = replace(case.rules, sample_formula=None)
    rows, number = rows_of(case, case.standing.counts.body), None if required is None else required["value"]
    return assess(rules, rows, number, each_named=case.version == 1)


def verdict_body(case: Case) -> dict[str, Any]:
    """Give the body of a `verdict` event; raises as `assessment_of` does."""
    found = assessment_of(case)
    body: dict[str, Any] = {
        "raw": found.raw,
        "estimate": found.estimate,
        "requirement": found.requirement.value,
        "verdict": found.verdict,
        "rule": found.verdict_rule,
        "source": _source(found.verdict_source),
        "requirement_source": _requirement_source(case, found),
        "steps": [_step(case, found, step) for step in found.steps],
    }
    if found.thresholds:
        body["bands"] = _bands(found.thresholds)
    if found.undecided:
        body["undecided"] = [asdict(point) for point in found.undecided]
    if found.districts:
        body["districts"] = [_without_none(asdict(district)) for district in found.districts]
    return body


def older_verdict_body(case: Case) -> dict[str, Any]:
    """Give that body as it was made before, with the limits of a sample of a full count too; raises likewise."""
    body = verdict_body(case)
    bands = thresholds_of(case.rules, body["requirement"]) if case.rules else None
    if bands is None or "bands" in body:
        return body
    at = [(step["stratum"], step["name"]) for step in body["steps"]].index(("", "requirement")) + 1
    told = [
        {"stratum": "", "name": step.name, "value": step.value, "cite": step.source, "url": step.url}
        for step in band_steps(bands)
    ]
    return {**body, "bands": _bands(bands), "steps": [*body["steps"][:at], *told, *body["steps"][at:]]}


def _bands(bands: Thresholds) -> dict[str, int]:
    limits = {"insufficient_below": bands.insufficient_below, "sufficient_above": bands.sufficient_above}
    return _without_none(limits)


def _step(case: Case, found: Assessment, step: Step) -> dict[str, str]:
    source = {"cite": step.source, "url": step.url}
    if step.name == "requirement" and not step.stratum:
        source = _requirement_source(case, found)
    return {"stratum": step.stratum, "name": step.name, "value": step.value, **source}


def _requirement_source(case: Case, found: Assessment) -> dict[str, str]:
    given = case.pinned.get("required") if case.pinned else None
    return {"cite": given["source"], "url": ""} if given else _source(found.requirement.source)


def _source(source: Source) -> dict[str, str]:
    return {"cite": source.cite, "url": source.url}


def _without_none(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in table.items() if value is not None}
