"""The certificate as a PDF: the twin and the case made into words, and set by a form's template.

The same record gives the same bytes: no clock is read, only fonts that come with the typesetter are used, and the
paper is dated by the event that certified it: by the day that it then was at the place.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ballotworthy.casework import Case, twin_of
from ballotworthy.casework.ordered import ground_words
from ballotworthy.certificate.forms import form_of, forms_of, root
from ballotworthy.certificate.refused import refused_lines
from ballotworthy.certificate.rests import rests_on
from ballotworthy.files.quantities import quantity
from ballotworthy.law import Source
from ballotworthy.law.second_sources import plain_name, resting_on_one
from ballotworthy.law.zones import local_day
from ballotworthy.stats.exact import shown
from ballotworthy.sufficiency import Decision, District, cure_of, cure_words

VERDICTS = {
    "sufficient": "The petition is sufficient",
    "insufficient": "The petition is insufficient",
    "full-check": "The sample does not decide: every signature is to be examined",
    "undecided": "The petition is not decided",
}
STILL_OPEN = "Every signature was examined, and something is still to be decided"
NUMBERS = ("raw", "removed", "sample", "valid", "duplicates", "invalid")
OF_A_SAMPLE = ("insufficient below", "sufficient from")
FEW = 3
"""Up to so many strata show their steps on the first page."""


def certificate_pdf(case: Case, replaced: str = "") -> bytes:
    """Give the signed paper of a certified case.

    Args:
        case: as its certificate left it.
        replaced: what undid this certificate, at the head of every page; "" while it stands.

    Raises:
        Refused: the case is not certified.
        UnknownName: the form on which it was certified is not there.
    """
    twin = twin_of(case)
    template = forms_of(twin["place"])[form_of(twin["place"], twin["form"])]
    data = paper_data(case, twin)
    return typeset(template, {**data, "replaced": replaced} if replaced else data)


def typeset(template: Any, data: Mapping[str, Any]) -> bytes:
    """Give the PDF that a template makes of data, without the system's fonts and without the time of day."""
    import typst  # here, since a verb that sets no paper need not wait for the typesetter

    compiler = typst.Compiler(root=root(), ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)})
    signed = data["signed"]
    moment = dt.datetime(signed["year"], signed["month"], signed["day"], tzinfo=dt.UTC)
    made = compiler.compile(input=template, format="pdf", timestamp=moment)
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no single document")
    return made


def paper_data(case: Case, twin: Mapping[str, Any]) -> dict[str, Any]:
    """Give what templates print: texts, and numbers with their commas."""
    counts, verdict, head = twin["counts"], twin["verdict"], twin["head"]
    event = case.standing.certified
    signed = local_day(case.opened["place"], event.at if event else case.at)
    total = {name: sum(row[name] for row in counts["rows"]) for name in NUMBERS}
    refused = total["sample"] - total["valid"]
    failure = shown(100 * Fraction(refused, total["sample"]), 2) if total["sample"] else "0.00"
    full = total["sample"] == total["raw"] - total["removed"]
    steps, undecided = _steps(verdict, full=full), verdict.get("undecided", [])
    return {
        **{name: twin[name] for name in ("case", "office", "measure", "place", "kind", "filed")},
        "paper": "us-letter" if twin["place"].startswith("us-") else "a4",
        "signed": {"year": signed.year, "month": signed.month, "day": signed.day},
        "head": head,
        "code": code_rows(f"ballotworthy head 1 {twin['case'].replace(' ', '_')} {head['seq']} {head['sha256']}"),
        "verdict": verdict["verdict"],
        "verdict_words": STILL_OPEN if full and verdict["verdict"] == "full-check" else VERDICTS[verdict["verdict"]],
        "rule": capital(verdict["rule"]),
        "source": verdict["source"],
        "estimate": f"{verdict['estimate']:,}",
        "requirement": f"{verdict['requirement']:,}",
        "estimate_words": "counted as valid" if full else "projected number valid",
        "how": "examining every signature" if full else "random sampling",
        "sample_words": "" if full else " in the random sample",
        "failure": failure,
        "rows": [_row(row) for row in counts["rows"]],
        "total": {**_row({"stratum": "all", "district": "", **total}), "refused": f"{refused:,}"},
        "removed_sheets": f"{_removed_sheets(case):,}",
        "grounds": [f"{_words(case, each['reason'])}: {each['lines']:,}" for each in counts["reasons"]],
        "steps": [step for step in steps if not step["stratum"]],
        "strata_steps": [step for step in steps if step["stratum"]],
        "stratum_word": case.rules.stratum.value if case.rules else "stratum",
        "about": _about(case, twin),
        "numbers": _numbers(twin, total, full=full),
        "open": [
            *(f"Missing: {each['missing']}. It would be decided by {each['would_decide']}." for each in undecided),
            *_cure(case, verdict),
        ],
        "checked": _checked(case, twin),
        "rests": rests_on(case, twin),
        "digests": _digests(twin),
        "refused": [vars(each) for each in refused_lines(case)],
    }


def code_rows(text: str) -> list[str]:
    """Give the rows of a QR code, dark modules as 1; error correction "M", no border."""
    import segno  # here, as above

    matrix = segno.make(text, error="m", micro=False).matrix
    return ["".join(str(int(module & 1)) for module in row) for row in matrix]


def capital(text: str) -> str:
    """Give a sentence with its first letter in capital."""
    return text[:1].upper() + text[1:]


def _cure(case: Case, verdict: Mapping[str, Any]) -> list[str]:
    """Say what the pinned law still lets the filers do about an insufficient petition."""
    if case.rules is None:
        return []
    decision = Decision(verdict["verdict"], verdict["rule"], Source("", ""))
    districts = [
        District(each["name"], each["estimate"], each["counted"], each.get("required"), each.get("met"))
        for each in verdict.get("districts", ())
    ]
    cure = cure_of(case.rules, decision, verdict["raw"], verdict["estimate"], verdict["requirement"], districts)
    return [cure_words(cure)] if cure else []


def _row(row: Mapping[str, Any]) -> dict[str, str]:
    same = row["district"] in ("", row["stratum"])
    name = row["stratum"] if same else f"{row['stratum']}, {row['district']}"
    return {"name": name, **{number: f"{row[number]:,}" for number in NUMBERS}}


def _removed_sheets(case: Case) -> int:
    """Count the sheets all of whose lines were removed before the sample."""
    kept = {line.sheet for line in case.frame.lines if not line.mark.startswith("removed")}
    return len(case.frame.sheets - kept)


def _words(case: Case, reason: str) -> str:
    return ground_words(case).get(reason, reason)


def _about(case: Case, twin: Mapping[str, Any]) -> list[list[str]]:
    rules = case.rules
    place = f"{rules.place_name}, {rules.title}" if rules else twin["place"]
    entered = [f"{each['rule']} {each['value']} ({each['source']})" for each in twin["rules"].get("given", [])]
    given = bool(case.pinned and case.pinned.get("required"))
    one_source = [plain_name(name) for name in resting_on_one(rules, required_given=given)] if rules else []
    return [
        ["case", twin["case"]],
        ["petition", place],
        ["filed", twin["filed"]],
        ["law as of", twin["on"]],
        *(["given by the office", each] for each in entered),
        *_rolls(twin["rolls"]),
        *([["one source", ", ".join(one_source)]] if one_source else []),
    ]


def _rolls(rolls: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Give the register that decides, the one named last, and after it those in whose place it was named."""
    if not rolls:
        return [["roll of", "none named"]]
    *before, last = (f"{roll['day']}, {quantity(roll['voters'], 'voter')}" for roll in rolls)
    decides = " (named last: lines are decided by it from then on)" if before else ""
    return [["roll of", last + decides], *(["roll before", f"{each} (replaced)"] for each in before)]


def _steps(verdict: Mapping[str, Any], *, full: bool) -> list[dict[str, str]]:
    """Give the steps, of a full count without the limits of a sample, which older records tell there too."""
    return [step for step in verdict["steps"] if not (full and step["name"] in OF_A_SAMPLE)]


def _numbers(twin: Mapping[str, Any], total: Mapping[str, int], *, full: bool) -> list[list[str]]:
    verdict = twin["verdict"]
    bands = {} if full else verdict.get("bands", {})
    rows = [
        ["required", f"{verdict['requirement']:,} ({verdict['requirement_source']['cite']})"],
        ["filed", f"{total['raw']:,}"],
        ["examined", f"{total['sample']:,}"],
        ["valid" if full else "valid, projected", f"{verdict['estimate']:,}"],
    ]
    if "sufficient_above" in bands:
        rows.append(
            ["a sample decides", f"below {bands['insufficient_below']:,}, from {bands['sufficient_above']:,} on"]
        )
    return rows


def _promised(case: Case) -> list[str]:
    """Say in which batches other numbers were counted than the filer promised, how many and why."""
    said: list[str] = []
    for name, batch in case.batches.items():
        promised, found = batch.received, batch.counted or batch.received
        if any(promised[what] != found[what] for what in ("sheets", "lines")):
            counted, before = (
                f"{quantity(each['lines'], 'line')} on {quantity(each['sheets'], 'sheet')}"
                for each in (found, promised)
            )
            said.append(f"Batch {name}: {before} promised, {counted} counted: {found.get('explained', '')}.")
    return said or ["No batch held other numbers than were entered as promised."]


def _checked(case: Case, twin: Mapping[str, Any]) -> list[str]:
    looks: Sequence[Mapping[str, int]] = twin["counts"]["looks"]
    sample, seed = twin["sample"], twin.get("seed")
    said = [
        f"{quantity(len(twin['intake']), 'batch', 'batches')} received, {twin['frame']['sheets']:,} sheets and "
        f"{twin['frame']['lines']:,} lines counted; the list was fixed before the seed was known.",
        *_promised(case),
    ]
    if seed:
        present = f", in the presence of {', '.join(seed['present'])}" if seed["present"] else ""
        said.append(f"The seed is “{seed['seed']}”, from {seed['source']}{present}.")
    if "beacon" in twin:
        said.append(f"The beacon was named beforehand: {_beacon(twin['beacon'])}.")
    if sample["scope"] == "all":
        said.append(f"Every line was examined: {sample['why']}.")
    else:
        size = sum(stratum["size"] for stratum in sample["strata"])
        of = sum(stratum["of"] for stratum in sample["strata"])
        said.append(f"{size:,} of {of:,} lines were drawn by hash order of the seed, as {sample['why']} orders.")
    first, second = (sum(each[look] for each in looks) for look in ("first", "second"))
    resolved = sum(each["resolved"] for each in looks)
    said.append(
        f"{quantity(len(looks), 'person', 'people')} made {quantity(first, 'first look')} and "
        f"{quantity(second, 'second look')}, and resolved {quantity(resolved, 'difference')}."
    )
    if "risk" in twin:
        said.append(twin["risk"]["statement"])
        said.append("The sample or count that the statute orders decides; the risk-limiting check stands beside it.")
    return said


def _beacon(beacon: Mapping[str, Any]) -> str:
    if beacon["kind"] == "lottery":
        return f"{beacon['lottery']}, drawn on {beacon['day']}"
    return f"round {beacon['round']:,} of the chain {beacon['chain']}"


def _digests(twin: Mapping[str, Any]) -> list[list[str]]:
    head, frame = twin["head"], twin["frame"]
    rows = [
        ["head", head["sha256"]],
        ["frame", frame["fingerprint"]],
        ["law", twin["rules"]["sha256"]],
        *(["roll", roll["roll"]] for roll in twin["rolls"][-1:]),
        *(["roll before", roll["roll"]] for roll in twin["rolls"][:-1]),
        ["key", head["key"]],
        ["signature", head["signature"][:64]],
        ["", head["signature"][64:]],
    ]
    if "proposals" in twin:
        rows.insert(3, ["proposals", twin["proposals"]["sha256"]])
    return rows
