"""`ballotworthy case risk`: the risk-limiting check beside the sample, on the case's own seed and rulings."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer

from ballotworthy.casework import Act, Case
from ballotworthy.casework.risk import (
    NONE_MISREAD,
    Examined,
    by_strata,
    examined,
    finding,
    lost_of,
    order_of,
    requirement_of,
    risk_body,
    wanting_of,
)
from ballotworthy.casework.weights import Weights, read_weights, weights_text
from ballotworthy.cli.case_folder import WEIGHTS, ByOption, CaseArgument, desk_in, say, standing_data
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.risk_start import (
    UNLINKED_SHARE,
    CheckerOption,
    CheckerRiskOption,
    DecoysOption,
    ExpectedOption,
    KeysOption,
    MissingOption,
    ProposalsOption,
    RiskOption,
    UnlinkedOption,
    UnlinkedRiskOption,
)
from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.columns import find_columns, headings_told
from ballotworthy.files.tables import read_table
from ballotworthy.files.whole import whole_file
from ballotworthy.risk_check.allowance import allowance_of, misread_of
from ballotworthy.risk_check.proposals import read_proposals
from ballotworthy.risk_check.statement import finding_said, interval_said, links_said, looked_said, misread_said
from ballotworthy.stats.risk.finding import Finding

app = typer.Typer(no_args_is_help=True, help="The risk-limiting check beside the sample, on the same seed and rulings.")
BY_STRATA = (
    "Each stratum's lines count up to the first that is not known; the test by strata and that of one order over all "
    "are both made, the better counts, and its risk is doubled."
)
WANTS = {"ruling": "to be ruled, and weighed if it is valid", "weighing": "to be weighed"}
BEYOND = "Line {} of {} is next and is not in the sample. Draw a greater one with `case sample -n STRATUM=LINES`."


@app.command()
def terms(
    folder: CaseArgument,
    by: ByOption,
    proposals: ProposalsOption = None,
    risk: RiskOption = 0.05,
    unlinked: UnlinkedOption = None,
    keys: KeysOption = None,
    decoys: DecoysOption = None,
    unlinked_risk: UnlinkedRiskOption = None,
    checker_error: CheckerOption = None,
    checker_risk: CheckerRiskOption = None,
    strata: Annotated[
        bool, typer.Option("--by-strata", help="Count all lines that each stratum has sampled, not those of one order.")
    ] = False,
    missing: MissingOption = 0,
    expected_valid: ExpectedOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fix what the check asks, and commit the machine's weights; after the frame, before the seed."""
    own = round(risk / UNLINKED_SHARE, 6) if unlinked_risk is None else unlinked_risk
    allowance = allowance_of(unlinked, keys, decoys, own)
    desk = desk_in(folder)
    case = desk.case()
    body: dict[str, Any] = {
        "risk_limit": _share("--risk", risk),
        "unlinked": allowance.lines,
        "unlinked_risk": _share("--unlinked-risk", own if allowance.words else 0.0),
        "missing": missing,
    }
    if checker_error:
        body["misread"] = _misread(case, checker_error, risk, checker_risk)
    if strata:
        body["by_strata"] = True
    if expected_valid is not None:
        body["expected"] = expected_valid
    if proposals is None:
        desk.act(Act(by, "risk_terms", body))
        sentence = "No machine."
    else:
        text, committed = weighed_text(case, proposals)
        if case.proposals is not None and case.proposals["sha256"] != committed["sha256"]:
            raise InputError("other proposals were committed before, and they are not this check's weights.")
        acts = [Act(by, "proposals", committed)] if case.proposals is None else []
        body["machine"] = {"total": read_weights(text, committed["sha256"]).total}
        with whole_file(folder / WEIGHTS) as path:
            path.write_text(text, "utf-8")
            desk.act(*acts, Act(by, "risk_terms", body))
        total, digest = body["machine"]["total"], committed["sha256"]
        sentence = f"The machine's weights add up to {total}: {folder / WEIGHTS}, SHA-256 {digest}"
    required = f"risk limit {body['risk_limit']}, {requirement_of(case):,} signatures required"
    say({**standing_data(desk.case()), **body}, f"The check's terms are fixed: {required}. {sentence}", as_json=as_json)


def _misread(case: Case, rereads: tuple[int, int], limit: float, risk: float | None) -> dict[str, Any]:
    own = round(limit / UNLINKED_SHARE, 6) if risk is None else risk
    lines = sum(map(len, case.frame.drawable.values()))
    return {"lines": misread_of(rereads, lines, own).lines, "risk": _share("--checker-risk", own)}


def _share(option: str, value: float) -> str:
    text = f"{value:.6f}"
    if not 0 <= value < 1 or float(text) != value:
        raise InputError(f"{option} {value:g} cannot be; give a share below 1 of at most six decimals, such as 0.05.")
    return text[:3] + text[3:].rstrip("0")


def weighed_text(case: Case, proposals: Path) -> tuple[str, dict[str, Any]]:
    """Give the text of the weights of the lines that can be drawn, and the body of the event that commits to it."""
    ids = list(case.frame.at)
    given = read_proposals(proposals, ids, lost_of(case))
    kept = [at for at, line in enumerate(ids) if case.frame.can_be_drawn(line)]
    weights, signers = [given.weights[at] for at in kept], [given.signers[at] for at in kept]
    text = weights_text([ids[at] for at in kept], weights, signers)
    digest = sha256(text.encode()).hexdigest()
    return text, {"sha256": digest, "lines": len(kept), "made_with": f"ballotworthy, weights of {given.source}"}


def weights_in(folder: Path, case: Case) -> Weights | None:
    """Give the machine's weights of a case; None where its check has no machine.

    Raises:
        InputError: the file is not there.
        Refused: it is not what was committed.
    """
    if case.proposals is None or case.risk_terms is None or "machine" not in case.risk_terms:
        return None
    try:
        text = (folder / WEIGHTS).read_text("utf-8")
    except OSError as error:
        raise InputError(f"{folder / WEIGHTS} cannot be opened: {error.strerror}. Put it back.") from error
    return read_weights(text, case.proposals["sha256"])


@app.command("next")
def next_lines(
    folder: CaseArgument,
    number: Annotated[int, typer.Option("-n", min=1, help="How many lines.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Print the next lines that the check wants ruled or weighed, with the lines that the machine links to each."""
    case = desk_in(folder).case()
    weights, beyond = weights_in(folder, case), ""
    wanted: list[dict[str, Any]] = []
    ended: set[str] = set()
    for line in order_of(case):
        wants, stratum = wanting_of(case, line), case.frame.line(line).stratum
        if wants == "sample" and not ended:
            beyond = line
        if wants == "sample":
            ended.add(stratum)
        if len(wanted) == number or (ended and not by_strata(case)):
            break
        if stratum in ended:
            continue
        if wants:
            wanted.append({"line": line, "wants": wants, "links": list(weights.links[line]) if weights else []})
    said = [
        f"{each['line']}  {WANTS[each['wants']]}{'; linked to ' if each['links'] else ''}{', '.join(each['links'])}"
        for each in wanted
    ]
    if beyond:
        said.append(BEYOND.format(beyond, case.frame.line(beyond).stratum))
    answer = {**standing_data(case), "next": wanted, "beyond_the_sample": beyond or None}
    say(answer, "\n".join(said) or "Every line of the petition counts in the check.", as_json=as_json)


@app.command()
def weigh(
    folder: CaseArgument,
    by: ByOption,
    weighings: Annotated[
        Path | None, typer.Argument(help="A table of line (or sheet and line) and further.", show_default=False)
    ] = None,
    line: Annotated[str, typer.Option(help="One line, such as 12-3, in place of a table.")] = "",
    further: Annotated[
        int | None, typer.Option(min=0, help="Further valid lines of its signer, found in the whole petition.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Enter how many further valid lines of a line's signer the search of the whole petition has found."""
    if (weighings is None) == (not line) or bool(line) != (further is not None):
        raise InputError("give either a table of line and further, or one --line with --further.")
    rows = [(line, further or 0)] if weighings is None else read_weighings(weighings)
    desk = desk_in(folder)
    desk.act(*(Act(by, "weighed", {"line": each, "further": number}) for each, number in rows))
    say({**standing_data(desk.case()), "lines": len(rows)}, f"{len(rows):,} lines weighed.", as_json=as_json)


def read_weighings(path: Path) -> list[tuple[str, int]]:
    """Read a table of weighings.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: a column is missing, or a cell is no count.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, {"sheet": (), "line": ("id",), "further": ("links",)}, {})
    told = headings_told(table.frame.columns)
    missing = [name for name in ("line", "further") if name not in columns]
    if missing:
        raise FileFaults(str(path), [Fault(1, name, "there is no such column", told) for name in missing])
    frame = table.frame.select(table.frame[heading].alias(name) for name, heading in columns.items()).fill_null("")
    rows = list(frame.iter_rows(named=True))
    faults = [
        Fault(at, "further", f"{row['further']!r} is no count", "Write digits; 0 if no further line was found")
        for row, at in zip(rows, table.lines.tolist(), strict=True)
        if not (row["further"].isascii() and row["further"].isdigit())
    ]
    if faults:
        raise FileFaults(str(path), faults)
    return [("-".join(filter(None, (row.get("sheet"), row["line"]))), int(row["further"])) for row in rows]


@app.command()
def status(folder: CaseArgument, as_json: JsonOption = False) -> None:
    """Say what the check says by the rulings so far; nothing is recorded."""
    case = desk_in(folder).case()
    body = stated(case, weights_in(folder, case))
    say({**standing_data(case), **body}, body["statement"].replace(". ", ".\n"), as_json=as_json)


@app.command()
def record(folder: CaseArgument, by: ByOption, as_json: JsonOption = False) -> None:
    """Record what the check says, for the certificate; anew if a ruling changes after it."""
    desk = desk_in(folder)
    (event,) = desk.do(lambda case: [Act(by, "risk", stated(case, weights_in(folder, case)))])
    say({**standing_data(desk.case()), **event.body}, f"Recorded: {event.body['decided']}.", as_json=as_json)


def stated(case: Case, weights: Weights | None) -> dict[str, Any]:
    """Give the body of a `risk` event by the rulings so far, its statement in sentences."""
    found = examined(case, order_of(case))
    machine = [weights.of[line] for line in found.lines] if weights else []
    said = finding(case, found, machine)
    return risk_body(case, found, said, machine, " ".join(_sentences(case, found, said)))


def _sentences(case: Case, found: Examined, said: Finding) -> Sequence[str]:
    asked = case.risk_terms or {}
    misread = asked.get("misread", NONE_MISREAD)
    required, limit = requirement_of(case), float(asked["risk_limit"])
    lines = sum(map(len, case.frame.drawable.values()))
    number = len(found.lines)
    return (
        finding_said(said, required, limit),
        interval_said(said, required, limit),
        looked_said(number, lines, found.valid, found.repeating, number - found.valid),
        links_said(asked["unlinked"], float(asked["unlinked_risk"])),
        *misread_said(misread["lines"], float(misread["risk"])),
        *([BY_STRATA] if by_strata(case) else []),
    )
