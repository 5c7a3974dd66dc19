"""The demo's second half: the invented petition as a case, decided by a clerk who knows the truth, certified."""

from __future__ import annotations

from itertools import islice, takewhile
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.casework import (
    Act,
    Desk,
    all_body,
    certified_body,
    counts_body,
    rules_body,
    sample_body,
    verdict_body,
)
from ballotworthy.casework.listing import listing
from ballotworthy.casework.risk import order_of, wanting_of
from ballotworthy.casework.weights import Weights, read_weights
from ballotworthy.cli.case_close import write_certificate
from ballotworthy.cli.case_folder import OFFICE_KEY, PRIVATE, RECORD, VOTER_KEY, WEIGHTS, now, write_head
from ballotworthy.cli.case_open import intake_acts, keep_lines
from ballotworthy.cli.case_risk import stated, weighed_text
from ballotworthy.files.places import place_file
from ballotworthy.files.whole import whole_folder
from ballotworthy.law import Rules
from ballotworthy.petition import Petition
from ballotworthy.record import FileStorage, OfficeKey, VoterKey, make_office_key, make_voter_key
from ballotworthy.roll import Roll

CLERK = "clerk"
ALL = ["manage", "decide", "resolve", "certify"]
AT_ONCE = 25
"""So many lines of the risk-limiting check are weighed before the clerk looks whether it may stop."""
LIKE = {"illegible": "not-registered"}
"""What the clerk calls a ground that the place's law does not know under its own name."""


def certify_into(
    out: Path,
    petition: Petition,
    roll: Roll,
    truth: pl.DataFrame,
    rules: Rules,
    checked: Path,
    *,
    required: int,
    seed: str,
) -> dict[str, Any]:
    """Walk a case from opening to certificate in a folder, whole or not at all; give the verdicts and the head.

    Args:
        out: the case's folder.
        petition: the lines as filed.
        roll: the snapshot named.
        truth: sheet, line, voter_id, outcome, reason of every line, by which the clerk decides.
        rules: the law of the governing day.
        checked: the folder of the machine's check, whose weights the risk-limiting check beside the sample uses.
        required: the number required.
        seed: the public seed.
    """
    with whole_folder(out, marker=RECORD) as folder:
        (folder / PRIVATE).mkdir(mode=0o700)
        office, voters = make_office_key(folder / PRIVATE / OFFICE_KEY), make_voter_key(folder / PRIVATE / VOTER_KEY)
        desk = Desk(FileStorage(folder / RECORD), now)
        desk.act(*_opening(rules, office, voters, required))
        desk.act(*intake_acts(CLERK, "1", [list(line) for line in listing(petition, rules)], rules.on.isoformat()))
        keep_lines(folder, petition)
        desk.do(lambda case: [Act(CLERK, "frame", case.frame.body())])
        named = {"roll": roll.sha256, "day": roll.taken_on.isoformat(), "voters": roll.size}
        thrown = {"seed": seed, "how": "dice", "source": "dice of the demo", "present": ["you"]}
        weights = _begin_check(desk, folder, checked)
        desk.act(Act(CLERK, "roll", named), Act(CLERK, "seed", thrown))
        desk.do(lambda case: [Act(CLERK, "sample", sample_body(case))])
        sampled = _to_certificate(desk, truth, voters, roll, office, weights)
        counted = sampled
        if sampled["verdict"] == "full-check":
            desk.do(lambda case: [Act(CLERK, "sample", all_body(case, "the sample does not decide"))])
            counted = _to_certificate(desk, truth, voters, roll, office, weights)
        case = desk.case()
        write_certificate(folder, case)
        write_head(folder, case, office)
    head = {"events": case.link.seq, "head": case.link.sha256}
    return {**counted, "sample": sampled, **head}


def _begin_check(desk: Desk, folder: Path, checked: Path) -> Weights:
    """Commit the machine's weights and the terms of the risk-limiting check."""
    text, committed = weighed_text(desk.case(), checked)
    (folder / WEIGHTS).write_text(text, "utf-8")
    weights = read_weights(text, committed["sha256"])
    terms = {"risk_limit": "0.05", "unlinked": 0, "unlinked_risk": "0.0", "missing": 0}
    terms |= {"machine": {"total": weights.total}}
    desk.act(Act(CLERK, "proposals", committed), Act(CLERK, "risk_terms", terms))
    return weights


def _check_risk(desk: Desk, truth: pl.DataFrame, weights: Weights) -> dict[str, Any]:
    """Weigh lines in the seed's order, some at a time, until the check may stop; record what it says."""
    signed = truth.filter((pl.col("outcome") == "valid") | (pl.col("reason") == "duplicate"))
    times = signed.select(line=pl.format("{}-{}", "sheet", "line"), further=pl.len().over("voter_id") - 1)
    further = dict(times.iter_rows())
    while True:
        case = desk.case()
        body = stated(case, weights)
        rest = ((line, wanting_of(case, line)) for line in order_of(case)[body["lines"] :])
        wanted = [line for line, _ in takewhile(lambda each: each[1] in ("", "weighing"), islice(rest, AT_ONCE))]
        wanted = [line for line in wanted if line not in case.weighings and line in further]
        if body["decided"] != "not decided" or not wanted:
            desk.act(Act(CLERK, "risk", body))
            return body
        desk.act(*(Act(CLERK, "weighed", {"line": line, "further": further[line]}) for line in wanted))


def _opening(rules: Rules, office: OfficeKey, voters: VoterKey, required: int) -> list[Act]:
    day = rules.on.isoformat()
    text = place_file(rules.place, "law.toml").read_text("utf-8")
    pinned = rules_body(text, rules.place, rules.kind, day, required=(required, "the demo: 585,407 / 95, rounded up"))
    opened = {
        "record": "ballotworthy-record/1",
        "case": "demo",
        "office": "The invented office of the demo",
        "measure": "An invented measure, shaped after Calexit",
        "place": rules.place,
        "kind": rules.kind,
        "on": day,
        "filed": day,
        "key": office.public,
        "voters": voters.commitment,
        "disclosure": "public",
        "people": [{"id": CLERK, "may": ALL}],
    }
    return [Act(CLERK, "opened", opened), Act(CLERK, "rules", pinned)]


def _to_certificate(
    desk: Desk, truth: pl.DataFrame, voters: VoterKey, roll: Roll, office: OfficeKey, weights: Weights
) -> dict[str, Any]:
    """Decide what is to be examined, count, judge, certify; give verdict and estimate."""
    _decide(desk, truth, voters, roll.sha256)
    desk.do(lambda case: [Act(CLERK, "counts", counts_body(case))])
    (verdict,) = desk.do(lambda case: [Act(CLERK, "verdict", verdict_body(case))])
    risk = _check_risk(desk, truth, weights)
    desk.do(lambda case: [Act(CLERK, "certified", certified_body(case, "plain", office))])
    said = {name: risk[name] for name in ("decided", "lines", "sufficient", "low", "high")}
    return {"verdict": verdict.body["verdict"], "estimate": verdict.body["estimate"], "risk": said}


def _decide(desk: Desk, truth: pl.DataFrame, voters: VoterKey, roll: str) -> None:
    """Decide the sample by the truth; a repeated signature is ruled valid, since the count finds it by its voter."""
    case = desk.case()
    lines = case.sample.lines if case.sample else frozenset[str]()
    grounds = case.rules.reasons if case.rules else {}
    acts = []
    for row in truth.iter_rows(named=True):
        line, reason = f"{row['sheet']}-{row['line']}", row["reason"] or ""
        if line not in lines or line in case.looks:
            continue
        if reason in ("", "duplicate"):
            ruled = {"outcome": "valid", "voter": voters.hashed(str(row["voter_id"]))}
        else:
            ruled = {"outcome": "invalid", "reason": reason if reason in grounds else LIKE[reason]}
        acts.append(Act(CLERK, "decision", {"line": line, "look": 1, "roll": roll, **ruled}))
    desk.act(*acts)
