"""An audit as plain values, for JSON and for its page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ballotworthy.vote.audit import Audit
from ballotworthy.vote.cards import MARKS
from ballotworthy.vote.terms import NOT_FOUND


def audit_data(audit: Audit) -> dict[str, Any]:
    """Give an audit as plain values, for JSON and for the page."""
    counted = {name: sum(each == mark for each in audit.found) for name, mark in MARKS.items()}
    return {
        "state": audit.state,
        "commitment": audit.commitment,
        "head": audit.head,
        "terms": asdict(audit.terms),
        "outcome": audit.plan.outcome,
        "refuted": audit.refuted if audit.seed else None,
        "open": list(audit.plan.open),
        "seed": audit.seed,
        "cards": audit.terms.cards,
        "rounds": list(audit.rounds),
        "drawn": len(audit.order),
        "entered": len(audit.found),
        "found": {**counted, NOT_FOUND: sum(each is None for each in audit.found)},
        "claims": [
            {
                "district": each.district,
                "claim": each.claim.claim,
                "seen": each.seen,
                "risk": round(each.risk, 6),
                "confirmed": each.risk <= audit.terms.risk,
                "overstated": each.overstated,
                "understated": each.understated,
            }
            for each in audit.standings
        ],
        "discrepancies": discrepancies(audit),
        "districts_tied": list(audit.terms.ties),
        "not_auditable": [vars(each) for each in audit.beside],
    }


def discrepancies(audit: Audit) -> list[dict[str, str]]:
    """Give the cards on which people found another thing than the record says, in the order drawn."""
    if audit.terms.method == "polling":
        return []
    told = []
    for card, said, seen in zip(audit.order, audit.recorded, audit.found, strict=False):
        if said != seen:
            read = NOT_FOUND if seen is None else seen.name.lower()
            told.append({"card": card, "recorded": said.name.lower(), "found": read})
    return told
