"""An assessment as plain data, for machines."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ballotworthy.files.json_text import json_text
from ballotworthy.law import Source
from ballotworthy.sufficiency.assess import Assessment
from ballotworthy.sufficiency.cure import cure_data


def assessment_data(assessment: Assessment) -> dict[str, Any]:
    """Give the assessment as plain data: counts as whole numbers, the values of steps as printed."""
    bands = assessment.thresholds
    return {
        "place": assessment.place,
        "kind": assessment.kind,
        "on": assessment.on.isoformat(),
        "raw": assessment.raw,
        "requirement": assessment.requirement.value,
        "requirement_source": _source(assessment.requirement.source),
        "estimate": assessment.estimate,
        "verdict": assessment.verdict,
        "verdict_rule": assessment.verdict_rule,
        "verdict_source": _source(assessment.verdict_source),
        "cure": cure_data(assessment.cure),
        "undecided": [asdict(point) for point in assessment.undecided],
        "thresholds": {"insufficient_below": bands.insufficient_below, "sufficient_above": bands.sufficient_above}
        if bands
        else None,
        "otherwise": bands.otherwise if bands else None,
        "pair_estimate": round(assessment.pair_estimate, 1),
        "standard_error": None if assessment.standard_error is None else round(assessment.standard_error, 1),
        "districts": [asdict(district) for district in assessment.districts],
        "warnings": list(assessment.warnings),
        "steps": [
            {"name": step.name, "value": step.value, "source": step.source, "url": step.url, "stratum": step.stratum}
            for step in assessment.steps
        ],
    }


def assessment_json(assessment: Assessment) -> str:
    """Give the assessment as JSON text."""
    return json_text(assessment_data(assessment))


def _source(source: Source) -> dict[str, str]:
    return {"cite": source.cite, "url": source.url}
