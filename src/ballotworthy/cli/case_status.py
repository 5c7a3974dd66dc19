"""`ballotworthy case status` and `work`: where the case stands, what the law requires next, who looks at what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.case_options import CaseArgument, room_in, say
from ballotworthy.cli.options import JsonOption
from ballotworthy.errors import SHOWN
from ballotworthy.files.quantities import quantity
from ballotworthy.safe_text import safe_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ballotworthy.casework.rulings import Ruling
    from ballotworthy.verbs.case_differing import Differing
    from ballotworthy.verbs.case_status import Status

NOTHING = "Nothing waits."


def status(folder: CaseArgument, as_json: JsonOption = False) -> None:
    """Say where the case stands, what must be done next, and by when."""
    from ballotworthy.verbs.case_status import status_of_case

    found = status_of_case(room_in(folder))
    say(found, "\n".join(map(safe_line, _told(found))), as_json=as_json)


def _told(found: Status) -> list[str]:
    case, work = found.case, found.work
    opened = case.opened
    lines = [
        f"{opened['case']}: {opened['measure']} ({opened['place']}, {opened['kind']}, filed {opened['filed']})",
        f"{quantity(case.link.seq, 'event')}, the last at {case.at}, head {case.link.sha256}",
    ]
    if found.own_number:
        lines.append(f"{found.own_number}")
    if case.frame.lines:
        fixed = "fixed" if case.frame.fixed else "not fixed yet"
        lines.append(
            f"{quantity(len(case.frame.lines), 'line')} on {quantity(len(case.frame.sheets), 'sheet')}, {fixed}"
        )
    if work.lines:
        lines.append(
            f"{quantity(work.lines, 'line')} to examine: {work.first:,} looked at, {work.second:,} twice, "
            f"{work.differing:,} seen differently, {work.open:,} open"
        )
    if found.crossed_out and not case.standing.closed:
        lines.append(f"Ruled valid, and crossed out or blank as filed; look again: {_few(found.crossed_out)}")
    if case.standing.verdict:
        lines.append(f"Verdict: {case.standing.verdict.body['verdict']}: {case.standing.verdict.body['rule']}")
    verb = f" (ballotworthy case {found.next.verb})" if found.next.verb else ""
    lines.append(f"Next: {found.next.what}{verb}.")
    for each in found.due:
        what, who = each.deadline.what, f", {each.deadline.who}" if each.deadline.who else ""
        days = f"{each.safe}"
        if each.otherwise:
            days += f" (the safe day; perhaps {each.last}: a holiday that not every law has)"
        lines.append(f"By {days}: {what}{who} ({each.source.cite}), counted from {each.since}")
    lines += [f"Not yet counted, waits for {each.deadline.event}: {each.deadline.what}" for each in found.waiting]
    lines += [
        f"Passed over, the day said of {each.what}: {each}. Enter the right one: ballotworthy case enter CASE noted "
        f"what={each.what} day=DAY"
        for each in found.passed_over
    ]
    if found.undated:
        lines.append(
            f"The certificate of {found.undated} rests on every line and does not decide. Whether the law counts its "
            "days from it is not held: ask counsel, and if so, say the day: ballotworthy case enter CASE noted "
            "what=certified day=DAY"
        )
    return lines


def _few(lines: Sequence[str]) -> str:
    more = f" and {len(lines) - SHOWN:,} more" if len(lines) > SHOWN else ""
    return ", ".join(lines[:SHOWN]) + more


def work(
    folder: CaseArgument,
    person: Annotated[str, typer.Option("--by", help="Who wants to work: the id of a person.", show_default=False)],
    number: Annotated[int, typer.Option("-n", min=1, help="How many lines.")] = 20,
    look: Annotated[int, typer.Option(min=1, max=2, help="First or second look.")] = 1,
    differing: Annotated[bool, typer.Option("--differing", help="The lines that two people see differently.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Print the next lines for somebody to look at, in the order drawn."""
    from ballotworthy.verbs.case_differing import differing_lines
    from ballotworthy.verbs.case_work import next_lines

    room = room_in(folder)
    if differing:
        found = differing_lines(room, number=number)
        say(found, "\n".join(map(_both, found.lines)) or NOTHING, as_json=as_json)
        return
    waiting = next_lines(room, person=person, number=number, look=look)
    say(waiting, "\n".join(waiting.lines) or NOTHING, as_json=as_json)


def _both(each: Differing) -> str:
    return f"{each.line}  {_said(each.first)}; {_said(each.second)}"


def _said(ruling: Ruling) -> str:
    reason = f" ({ruling.reason})" if ruling.reason else ""
    return f"{ruling.by}: {ruling.outcome}{reason}"
