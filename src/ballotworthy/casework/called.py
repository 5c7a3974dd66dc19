"""What people call each kind of event: a refusal says "the ruling is refused", and no word of the record."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CALLED: Mapping[str, str] = MappingProxyType(
    {
        "opened": "the opening of the case",
        "admitted": "the admission",
        "dismissed": "the dismissal",
        "disclosed": "the change of what may be shown",
        "noted": "the day",
        "rules": "the law",
        "received": "the batch",
        "counted": "the count of the batch",
        "lines": "the list of lines",
        "frame": "the frame",
        "roll": "the register",
        "proposals": "the commitment of the machine's proposals",
        "risk_terms": "the terms of the check",
        "beacon_named": "the beacon",
        "seed": "the seed",
        "sample": "the sample",
        "assigned": "the sharing out of lines",
        "retyped": "the typing anew",
        "decision": "the ruling",
        "weighed": "the number of further valid lines",
        "resolved": "the resolution",
        "corrected": "the correction",
        "withdrawn": "the withdrawal",
        "challenged": "the challenge",
        "cured": "the cure",
        "struck": "the strike",
        "counts": "the count",
        "verdict": "the verdict",
        "risk": "the statement of risk",
        "certified": "the certificate",
        "reopened": "the reopening",
        "purged": "the deletion",
        "clock_declared": "the declaration of a wrong clock",
        "key_changed": "the change of the office's key",
        "second_key": "the key of the second person",
    }
)
