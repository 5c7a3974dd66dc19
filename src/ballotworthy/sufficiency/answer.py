"""An assessment as JSON for machines."""

from __future__ import annotations

import json

from ballotworthy.sufficiency.assess import Assessment


def assessment_json(assessment: Assessment) -> str:
    """Give the assessment as JSON text: counts as whole numbers, the values of steps as printed."""
    bands = assessment.thresholds
    return json.dumps(
        {
            "place": assessment.place,
            "kind": assessment.kind,
            "on": assessment.on.isoformat(),
            "raw": assessment.raw,
            "requirement": assessment.requirement.value,
            "requirement_source": {
                "cite": assessment.requirement.source.cite,
                "url": assessment.requirement.source.url,
            },
            "estimate": assessment.estimate,
            "verdict": assessment.verdict,
            "verdict_rule": assessment.verdict_rule,
            "verdict_source": {"cite": assessment.verdict_source.cite, "url": assessment.verdict_source.url},
            "thresholds": {
                "insufficient_below": bands.insufficient_below,
                "sufficient_above": bands.sufficient_above,
            }
            if bands
            else None,
            "pair_estimate": round(assessment.pair_estimate, 1),
            "standard_error": None if assessment.standard_error is None else round(assessment.standard_error, 1),
            "warnings": list(assessment.warnings),
            "steps": [
                {
                    "name": step.name,
                    "value": step.value,
                    "source": step.source,
                    "url": step.url,
                    "stratum": step.stratum,
                }
                for step in assessment.steps
            ],
        },
        indent=2,
        ensure_ascii=False,
    )
