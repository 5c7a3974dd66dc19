"""A plan of a risk-limiting check in sentences, and the points of its plot."""

from __future__ import annotations

from typing import Any

from ballotworthy.risk_check.expected import Confusion
from ballotworthy.risk_check.plan import Plan


def machine_words(machine: Confusion) -> str:
    """Say how the machine errs, where it errs to both sides alike: "machine right on 99.0%"."""
    alike = abs(machine.refused - machine.accepted) < 1e-9
    return f"machine right on {1 - machine.refused:.1%}" if alike else "with this machine"


def sentences(plan: Plan) -> list[str]:
    """Say the plan in sentences."""
    expected, rules, statutory = plan.expected, plan.rules, plan.statutory
    margin = expected.valid / plan.required - 1
    side = f"{margin:.1%} over" if margin >= 0 else f"{-margin:.1%} short of"
    found = [
        f"{expected.lines:,} lines, {plan.required:,} signatures required, {expected.valid:,} valid expected: {side} "
        f"the requirement. {expected.duplicates:.1%} of the lines repeat a signer; risk limit {plan.risk:.1%}.",
    ]
    if abs(expected.machine.refused - expected.machine.accepted) >= 1e-9:
        found.append(
            f"The machine refuses {expected.machine.refused:.1%} of the valid lines and accepts "
            f"{expected.machine.accepted:.1%} of the others."
        )
    cited = (rules.sample_share or rules.full_count).source
    if statutory.sample < expected.lines:
        found.append(
            f"{rules.place_name}'s own rule ({rules.kind}; {cited}) draws {statutory.sample:,} lines and leads to a "
            f"full check with a chance of {statutory.full_check:.1%}; its sample fails this petition with "
            f"{statutory.failed:.1%}."
        )
    else:
        found.append(f"{rules.place_name}'s own rule ({rules.kind}; {cited}) examines every line.")
    if plan.just is not None:
        found.append(
            f"A petition of this size with exactly {plan.required:,} valid signers, which is enough, its sample fails "
            f"with a chance of {plan.just.failed:.1%}."
        )
    if plan.allowance:
        found.append(f"{plan.allowance:,} lines are allowed for duplicates not linked.")
    found.append(
        "The risk-limiting check takes rulings as true, needs a search of the whole petition for each signer, and "
        "replaces no sample that a statute orders."
    )
    return found


def curves_of(plan: Plan) -> list[dict[str, Any]]:
    """Give the points of the plot: lines looked at, the share of checks settled by then, and which check."""
    named = (
        (machine_words(plan.expected.machine).replace(".0%", "%"), plan.with_machine),
        ("no machine", plan.without),
    )
    return [{"lines": lines, "share": share, "check": name} for name, found in named for lines, share in found.curve]
