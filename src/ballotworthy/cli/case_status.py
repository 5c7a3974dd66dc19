"""`ballotworthy case status` and `work`: where the case stands, what the law requires next, who looks at what."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ballotworthy.casework import Case
from ballotworthy.casework.status import deadlines_of, next_of
from ballotworthy.casework.work import for_second_look, to_resolve, waiting_for, work_of
from ballotworthy.cli.case_folder import CaseArgument, desk_in, say, standing_data
from ballotworthy.cli.options import JsonOption


def status(folder: CaseArgument, as_json: JsonOption = False) -> None:
    """Say where the case stands, what must be done next, and by when."""
    case = desk_in(folder).case()
    due, waiting = deadlines_of(case)
    following, done = next_of(case), work_of(case)
    answer: dict[str, Any] = {
        **standing_data(case),
        "next": {"verb": following.verb, "what": following.what},
        "certified": case.standing.closed,
        "verdict": case.standing.verdict.body["verdict"] if case.standing.verdict else None,
        "work": vars(done),
        "deadlines": [
            {
                "what": each.deadline.what,
                "who": each.deadline.who,
                "day": each.day.isoformat(),
                "since": each.since.isoformat(),
                "event": each.deadline.event,
                "source": each.source.cite,
            }
            for each in due
        ],
        "waiting": [{"what": each.deadline.what, "event": each.deadline.event} for each in waiting],
    }
    say(answer, "\n".join(_told(case, answer)), as_json=as_json)


def _told(case: Case, answer: dict[str, Any]) -> list[str]:
    opened, work = case.opened, answer["work"]
    lines = [
        f"{opened['case']}: {opened['measure']} ({opened['place']}, {opened['kind']}, filed {opened['filed']})",
        f"{case.link.seq:,} events, the last at {case.at}, head {case.link.sha256}",
    ]
    if case.frame.lines:
        fixed = "fixed" if case.frame.fixed else "not fixed yet"
        lines.append(f"{len(case.frame.lines):,} lines on {len(case.frame.sheets):,} sheets, {fixed}")
    if work["lines"]:
        lines.append(
            f"{work['lines']:,} lines to examine: {work['first']:,} looked at, {work['second']:,} twice, "
            f"{work['differing']:,} seen differently, {work['open']:,} open"
        )
    if case.standing.verdict:
        lines.append(f"Verdict: {case.standing.verdict.body['verdict']}: {case.standing.verdict.body['rule']}")
    verb = f" (ballotworthy case {answer['next']['verb']})" if answer["next"]["verb"] else ""
    lines.append(f"Next: {answer['next']['what']}{verb}.")
    for each in answer["deadlines"]:
        who = f", {each['who']}" if each["who"] else ""
        lines.append(f"By {each['day']}: {each['what']}{who} ({each['source']}), counted from {each['since']}")
    lines += [f"Not yet counted, waits for {each['event']}: {each['what']}" for each in answer["waiting"]]
    return lines


def work(
    folder: CaseArgument,
    person: Annotated[str, typer.Option("--by", help="Who wants to work: the id of a person.", show_default=False)],
    number: Annotated[int, typer.Option("-n", min=1, help="How many lines.")] = 20,
    look: Annotated[int, typer.Option(min=1, max=2, help="First or second look.")] = 1,
    differing: Annotated[bool, typer.Option("--differing", help="The lines that two people see differently.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Print the next lines for somebody to look at, in the order drawn."""
    case = desk_in(folder).case()
    lines = to_resolve(case)[:number] if differing else (waiting_for, for_second_look)[look - 1](case, person, number)
    say({**standing_data(case), "lines": lines}, "\n".join(lines) if lines else "Nothing waits.", as_json=as_json)
