"""The demo, which walks the verbs: an invented petition as a case, decided by a clerk who knows the truth."""

from __future__ import annotations

from hashlib import sha256
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.casework.desk import Clock
from ballotworthy.casework.risk import order_of, wanting_of
from ballotworthy.casework.room import HEAD, PRIVATE, RECORD, WEIGHTS, Room, enter
from ballotworthy.casework.ruled import RuledLine
from ballotworthy.certificate import CERTIFICATE
from ballotworthy.files.whole import whole_folder
from ballotworthy.law import Rules
from ballotworthy.risk_check.asked import Asked
from ballotworthy.verbs.case_certify import certify_case
from ballotworthy.verbs.case_count import count_case
from ballotworthy.verbs.case_decide import decide_lines
from ballotworthy.verbs.case_frame import fix_frame
from ballotworthy.verbs.case_intake import take_in
from ballotworthy.verbs.case_open import Opening, open_case
from ballotworthy.verbs.case_risk_state import record_risk, state_risk
from ballotworthy.verbs.case_risk_terms import fix_risk_terms
from ballotworthy.verbs.case_risk_weigh import weigh_lines
from ballotworthy.verbs.case_roll import name_roll
from ballotworthy.verbs.case_sample import choose_sample
from ballotworthy.verbs.case_seed import enter_seed

CLERK = "clerk"
OUTPUTS = (HEAD, WEIGHTS, PRIVATE, *CERTIFICATE)
AT_ONCE = 25
"""So many lines of the risk-limiting check are weighed before the clerk looks whether it may stop."""
LIKE = {"illegible": "not-registered"}
"""What the clerk calls a ground that the place's law does not know under its own name."""


def walk_case(
    out: Path,
    lines: Path,
    roll: Path,
    truth: pl.DataFrame,
    rules: Rules,
    checked: Path,
    *,
    clock: Clock,
    required: int,
    seed: str,
) -> dict[str, Any]:
    """Walk a case from opening to certificate in a folder, whole or not at all; give the verdicts and the head.

    Args:
        out: the case's folder.
        lines: the lines as filed.
        roll: the snapshot named.
        truth: sheet, line, voter_id, outcome, reason of every line, by which the clerk decides.
        rules: the law of the governing day.
        checked: the folder of the machine's check, whose weights the risk-limiting check beside the sample uses.
        clock: what tells the time of every event.
        required: the number required.
        seed: the public seed.
    """
    with whole_folder(out, marker=RECORD, holds=OUTPUTS, private=True) as folder:
        open_case(
            folder,
            Opening(
                case="demo",
                office="The invented office of the demo",
                measure="An invented measure, shaped after Calexit",
                place=rules.place,
                kind=rules.kind,
                on=rules.on,
                disclosure="public",
            ),
            clock=clock,
            by=CLERK,
            required=(required, "the demo: 585,407 / 95, rounded up"),
        )
        room = enter(folder, clock)
        take_in(room, lines, by=CLERK)
        fix_frame(room, by=CLERK)
        fix_risk_terms(room, Asked(), by=CLERK, proposals=checked)
        name_roll(room, roll, by=CLERK)
        enter_seed(room, dice_of(seed), by=CLERK, how="dice", source="dice of the demo", present=["you"])
        choose_sample(room, by=CLERK)
        sampled = counted = _to_certificate(room, truth)
        if sampled["verdict"] == "full-check":
            choose_sample(room, by=CLERK, every=True, why="the sample does not decide")
            counted = _to_certificate(room, truth)
        record = room.at()
    return {**counted, "sample": sampled, "events": record.events, "head": record.head}


def dice_of(seed: str) -> str:
    """Give twenty throws of a ten-sided die that a text stands for."""
    return f"{int(sha256(seed.encode()).hexdigest(), 16) % 10**20:020}"


def _to_certificate(room: Room, truth: pl.DataFrame) -> dict[str, Any]:
    """Decide what is to be examined, count, judge, certify; give verdict and estimate."""
    decide_lines(room, _rulings(room, truth), by=CLERK)
    verdict = count_case(room, by=CLERK).verdict
    risk = _check_risk(room, truth)
    certify_case(room, by=CLERK, form="plain", alone="the demo has one clerk")
    said = {name: risk[name] for name in ("decided", "lines", "sufficient", "low", "high")}
    return {"verdict": verdict["verdict"], "estimate": verdict["estimate"], "risk": said}


def _rulings(room: Room, truth: pl.DataFrame) -> list[RuledLine]:
    """Rule on the sample by the truth; a repeated signature is ruled valid, since the count finds it by its voter."""
    case = room.case()
    lines = case.sample.lines if case.sample else frozenset[str]()
    grounds = case.rules.reasons if case.rules else {}
    rulings = []
    for row in truth.iter_rows(named=True):
        line, reason = f"{row['sheet']}-{row['line']}", row["reason"] or ""
        if line not in lines or line in case.looks:
            continue
        if reason in ("", "duplicate"):
            rulings.append(RuledLine(line, "valid", voter_id=str(row["voter_id"])))
        else:
            rulings.append(RuledLine(line, "invalid", reason if reason in grounds else LIKE[reason]))
    return rulings


def _check_risk(room: Room, truth: pl.DataFrame) -> dict[str, Any]:
    """Weigh lines in the seed's order, some at a time, until the check may stop; record what it says."""
    signed = truth.filter((pl.col("outcome") == "valid") | (pl.col("reason") == "duplicate"))
    times = signed.select(line=pl.format("{}-{}", "sheet", "line"), further=pl.len().over("voter_id") - 1)
    further = dict(times.iter_rows())
    while True:
        case = room.case()
        body = dict(state_risk(room).body)
        rest = ((line, wanting_of(case, line)) for line in order_of(case)[body["lines"] :])
        wanted = [line for line, _ in takewhile(lambda each: each[1] in ("", "weighing"), islice(rest, AT_ONCE))]
        wanted = [line for line in wanted if line not in case.weighings and line in further]
        if body["decided"] != "not decided" or not wanted:
            record_risk(room, by=CLERK)
            return body
        weigh_lines(room, [(line, further[line]) for line in wanted], by=CLERK)
