"""Begin the risk-limiting check of a case: fix what it asks, and commit the machine's weights, before the seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from ballotworthy.casework import Act, Case
from ballotworthy.casework.risk import lost_of, requirement_of
from ballotworthy.casework.room import WEIGHTS, RecordAt, Room
from ballotworthy.casework.weights import read_weights, weights_text
from ballotworthy.errors import InputError
from ballotworthy.risk_check.allowance import UNLINKED_SHARE, allowance_of, misread_of
from ballotworthy.risk_check.asked import Asked
from ballotworthy.risk_check.proposals import read_proposals


@dataclass(frozen=True)
class Terms:
    """The terms as the record holds them, the number required, and the file and digest of the weights, if any."""

    record: RecordAt
    body: Mapping[str, Any]
    required: int
    weights: Path | None = None
    sha256: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give them as `case risk terms --json` prints them."""
        return {**self.record.to_dict(), **self.body}


def fix_risk_terms(
    room: Room, asked: Asked, *, by: str, proposals: Path | None = None, by_strata: bool = False
) -> Terms:
    """Fix the terms of the check, and commit to the machine's weights where there is a machine.

    Args:
        room: the case; the frame is fixed, the seed is not drawn.
        asked: the terms.
        by: who fixes them.
        proposals: what a check wrote, or a table of sheet, line, weight and signer; no machine if absent.
        by_strata: count all lines that each stratum has sampled, not those of one order.

    Raises:
        InputError: a share cannot be, the proposals cannot be read, or others were committed before.
        Refused: the check may not be begun now, or not so.
    """
    own = _part(asked.risk, asked.unlinked_risk)
    allowance = allowance_of(asked.unlinked, asked.keys, asked.decoys, own)
    case = room.case()
    body: dict[str, Any] = {
        "risk_limit": _share("a risk limit", asked.risk),
        "unlinked": allowance.lines,
        "unlinked_risk": _share("an unlinked risk", own if allowance.words else 0.0),
        "missing": asked.missing,
    }
    if asked.checker_error:
        body["misread"] = _misread(case, asked.checker_error, _part(asked.risk, asked.checker_risk))
    if by_strata:
        body["by_strata"] = True
    if asked.expected_valid is not None:
        body["expected"] = asked.expected_valid
    if proposals is None:
        room.write(lambda _: [Act(by, "risk_terms", body)])
        return Terms(room.at(), body, requirement_of(room.case()))
    text, committed = weighed_text(case, proposals)
    if case.proposals is not None and case.proposals["sha256"] != committed["sha256"]:
        raise InputError("other proposals were committed before, and they are not this check's weights.")
    body["machine"] = {"total": read_weights(text, committed["sha256"]).total}
    acts = [Act(by, "proposals", committed)] if case.proposals is None else []
    write = partial(Path.write_text, data=text, encoding="utf-8")
    room.write(lambda _: [*acts, Act(by, "risk_terms", body)], lambda _: {WEIGHTS: write})
    return Terms(room.at(), body, requirement_of(room.case()), room.folder / WEIGHTS, committed["sha256"])


def weighed_text(case: Case, proposals: Path) -> tuple[str, dict[str, Any]]:
    """Give the text of the weights of the lines that can be drawn, and the body of the event that commits to it."""
    ids = list(case.frame.at)
    given = read_proposals(proposals, ids, lost_of(case))
    kept = [at for at, line in enumerate(ids) if case.frame.can_be_drawn(line)]
    weights, signers = [given.weights[at] for at in kept], [given.signers[at] for at in kept]
    text = weights_text([ids[at] for at in kept], weights, signers)
    digest = sha256(text.encode()).hexdigest()
    return text, {"sha256": digest, "lines": len(kept), "made_with": f"ballotworthy, weights of {given.source}"}


def _misread(case: Case, rereads: tuple[int, int], risk: float) -> dict[str, Any]:
    lines = sum(map(len, case.frame.drawable.values()))
    return {"lines": misread_of(rereads, lines, risk).lines, "risk": _share("a checker risk", risk)}


def _part(limit: float, given: float | None) -> float:
    """Give the part of the risk limit that an allowance takes, in the decimals of the record."""
    return round(limit / UNLINKED_SHARE, 6) if given is None else given


def _share(name: str, value: float) -> str:
    text = f"{value:.6f}"
    if not 0 <= value < 1 or float(text) != value:
        raise InputError(f"{name} of {value:g} cannot be; give a share below 1 of at most six decimals, such as 0.05.")
    return text[:3] + text[3:].rstrip("0")
