"""What comes in: batches as promised and as counted, lines, the frame they make, the rolls to decide by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from ballotworthy.casework.case import Batch, Case
from ballotworthy.casework.framed import fault_of_line
from ballotworthy.casework.kind import Kind, Why, not_in_case
from ballotworthy.casework.parts import CELLS, COUNT, DAY, DIGEST, MOST_LINES, TEXT, maybe
from ballotworthy.casework.shapes import Part, is_string, list_of
from ballotworthy.record import Event

BEFORE = ". If the lines listed before came in by mistake, nothing takes them out: open the case anew, and leave this"


def _refuse_received(case: Case, event: Event) -> Why:
    if event.body["batch"] in case.batches:
        return f"batch {event.body['batch']} was received already"
    return _intake(case)


def _fold_received(case: Case, event: Event) -> None:
    case.batches[event.body["batch"]] = Batch(event.body)
    case.days["received"] = max(event.body["day"], case.days.get("received", ""))


def _refuse_counted(case: Case, event: Event) -> Why:
    body = event.body
    batch = case.batches.get(body["batch"])
    if batch is None:
        return f"batch {body['batch']} was not received"
    if batch.counted is not None:
        return f"batch {body['batch']} was counted already"
    differs = any(batch.received[part] != body[part] for part in ("sheets", "lines"))
    if differs and "explained" not in body:
        return f"batch {body['batch']} holds other numbers than were promised. Explain the difference"
    if not differs and "explained" in body:
        return f"batch {body['batch']} holds what was promised; there is nothing to explain"
    return _intake(case)


def _fold_counted(case: Case, event: Event) -> None:
    case.batches[event.body["batch"]].counted = event.body


def _refuse_lines(case: Case, event: Event) -> Why:
    refused = _intake(case)
    if refused:
        return refused
    reasons = frozenset(case.pinned["reasons"]) if case.pinned else frozenset[str]()
    ids = set()
    for cells in event.body["lines"]:
        name = f"{cells[0]}-{cells[1]}"
        fault = fault_of_line(cells, reasons, case.version)
        if fault:
            return f"line {name} is no line of a frame: {fault}"
        if name in ids or name in case.frame.at:
            return f"line {name} is listed twice{BEFORE if name in case.frame.at else ''}"
        ids.add(name)
    if case.version == 1:
        return None
    if any(cells[4] for cells in event.body["lines"]) != ("marked" in event.body):
        return "lines that are blank, struck or removed have a day on which they were marked (marked), and no others"
    return not_in_case(case, event.body["marked"], event.at) if "marked" in event.body else None


def _fold_lines(case: Case, event: Event) -> None:
    case.frame.add(event.body["lines"])


def _refuse_frame(case: Case, event: Event) -> Why:
    refused = _intake(case)
    if refused:
        return refused
    if not case.frame.lines or not case.batches:
        return "no line has been listed, or no batch received. Take in the petition first"
    filed = case.opened["filed"]
    if dt.date.fromisoformat(event.at[:10]) < dt.date.fromisoformat(filed) - dt.timedelta(days=1):
        return f"the petition is filed on {filed}, and the clock says {event.at[:10]}. Set the clock right first"
    waiting = [name for name, batch in case.batches.items() if batch.counted is None]
    if waiting:
        return f"batch {waiting[0]} has not been counted"
    if event.body != case.frame.body():
        return "the fingerprint or the numbers are not those of the lines listed"
    for part in ("sheets", "lines"):
        total = sum(batch.counted[part] for batch in case.batches.values() if batch.counted)
        if total != event.body[part]:
            listed = event.body[part]
            return f"{listed:,} {part} are listed and {total:,} were counted at intake. Find the difference first"
    return None


def _fold_frame(case: Case, event: Event) -> None:
    case.frame.fix(event.body, blank_lines=case.rules is None or case.rules.blank_lines_count)
    case.clocked["counted"] = event.at


def _refuse_roll(case: Case, event: Event) -> Why:
    if case.pinned is None:
        return "the law has not been pinned"
    return "this snapshot was named already" if event.body["roll"] in case.rolls else None


def _fold_roll(case: Case, event: Event) -> None:
    case.rolls[event.body["roll"]] = event.body


def _intake(case: Case) -> Why:
    if case.pinned is None:
        return "the law has not been pinned. Pin it before anything comes in"
    if case.frame.fixed is not None:
        return "the frame is fixed: nothing can come in any more"
    return None


LISTED = {
    "lines": Part(
        "a list of 1 to 1,000 lines of six texts",
        list_of(list_of(is_string, least=CELLS, most=CELLS), least=1, most=MOST_LINES),
    )
}
INTAKE: Mapping[str, Kind] = MappingProxyType(
    {
        "received": Kind(
            "the batch",
            "manage",
            {"batch": TEXT, "day": DAY, "sheets": COUNT, "lines": COUNT},
            _refuse_received,
            _fold_received,
        ),
        "counted": Kind(
            "the count of the batch",
            "manage",
            {"batch": TEXT, "sheets": COUNT, "lines": COUNT, "explained": maybe(TEXT)},
            _refuse_counted,
            _fold_counted,
        ),
        "lines": Kind(
            "the list of lines", "manage", LISTED, _refuse_lines, _fold_lines, {**LISTED, "marked": maybe(DAY)}
        ),
        "frame": Kind(
            "the frame",
            "manage",
            {"sheets": COUNT, "lines": COUNT, "fingerprint": DIGEST, "ids": DIGEST},
            _refuse_frame,
            _fold_frame,
        ),
        "roll": Kind("the register", "manage", {"roll": DIGEST, "day": DAY, "voters": COUNT}, _refuse_roll, _fold_roll),
    }
)
