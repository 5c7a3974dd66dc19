"""Bulk acts: sheets struck by order, line by line as the law of the record wants it; `jobs/bulk.py` does them.

A line outside the sample is struck; one in it that was ruled on is corrected; one in it that nobody has looked at is
refused. What is refused already is left alone. Each event says the order and the number of the bulk act.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import transaction

from ballotworthy.casework.case import Case
from ballotworthy.casework.ordered import ground_words
from ballotworthy.casework.rulings import DUPLICATE
from ballotworthy.errors import InputError, Refused
from ballotworthy.office import queue
from ballotworthy.office.benches import bench_of
from ballotworthy.office.models import Bulk, BulkLine, HeldCase, Job
from ballotworthy.office.rooms import now

STRUCK, CORRECTED, DECIDED, LEFT = "struck", "corrected", "decided", "left"
RANGE = re.compile(r"(\d{1,9})-(\d{1,9})\Z")
MOST_SHEETS = 100_000
LEAST_WORDS = 15
"""Letters of a written reason: "by order" is none."""


def sheets_of(text: str) -> set[str]:
    """Give the numbers of sheets that somebody wrote: "3, 7, 10-14".

    Raises:
        InputError: a range runs backwards, or is too long.
    """
    found: set[str] = set()
    for part in re.split(r"[\s,;]+", text.strip()):
        if span := RANGE.match(part):
            first, last = int(span[1]), int(span[2])
            if not first <= last < first + MOST_SHEETS:
                raise InputError(f"the sheets {part} are no range. Write the lower number first.")
            found.update(map(str, range(first, last + 1)))
        elif part:
            found.add(part)
    return found


NOT_AT_ONCE = (
    "“{}” is no ground for many lines at once: it names, for each line, the line that it repeats. The count finds "
    "repetitions by itself, and keeps what the law lets count."
)


def chosen(held: HeldCase, case: Case, circulator: str, sheets: str) -> list[str]:
    """Give the lines that a bulk act would touch, in the order of the frame.

    Raises:
        InputError: no condition is given, so that it would be every line; or a condition fits no line at all.
    """
    numbers = sheets_of(sheets)
    if not numbers and not circulator:
        raise InputError(
            "say which sheets: a circulator, numbers of sheets, or both. Without either it would be every line."
        )
    if strange := sorted(numbers - case.frame.sheets):
        raise InputError(f"there are no such sheets in the frame: {', '.join(strange[:5])}.")
    of: Mapping[str, str] = _circulators(held) if circulator else {}
    if circulator and circulator not in set(of.values()):
        raise InputError("no line has this circulator. Write him as the lines do.")
    return [
        line.id
        for line in case.frame.lines
        if (not numbers or line.sheet in numbers) and (not circulator or of.get(line.id) == circulator)
        and how_of(case, line.id)
    ]  # fmt: skip


def how_of(case: Case, line: str) -> str:
    """Say what a bulk act does to a line: struck, corrected or decided; "" where it does not count already."""
    if not case.frame.can_be_drawn(line) or line in case.struck:
        return ""
    if case.sample is None or line not in case.sample.lines:
        return STRUCK
    if line not in case.looks:
        return DECIDED
    ruling = case.ruling(line)
    return "" if ruling is not None and ruling.outcome == "invalid" else CORRECTED


def draft(held: HeldCase, case: Case, account: object, circulator: str, sheets: str, reason: str, why: str) -> Bulk:
    """Write a bulk act down with the lines it would touch; nothing happens yet.

    Raises:
        InputError: the conditions are empty or fit nothing, the ground is neither the order nor one of the place's,
            or one of a single line, or no reason is written.
    """
    grounds = ground_words(case)
    if reason not in grounds:
        raise InputError("choose the order itself, or one of the place's grounds.")
    if reason == DUPLICATE:
        raise InputError(NOT_AT_ONCE.format(grounds[reason]))
    if len(why) < LEAST_WORDS:
        raise InputError("write by whose order, and where it stands: the record says it of every line.")
    lines = chosen(held, case, circulator, sheets)
    if not lines:
        raise InputError("no line that still counts fits. Nothing is to be done.")
    with transaction.atomic():
        made: Bulk = Bulk.objects.create(
            held=held, account=account, circulator=circulator, sheets=sheets, reason=reason, why=why, at=now()
        )
        BulkLine.objects.bulk_create([BulkLine(bulk=made, line=line) for line in lines], batch_size=500)
    return made


def begin(bulk: Bulk) -> None:
    """Have the worker do a bulk act.

    Raises:
        Refused: it was begun or cancelled before.
    """
    with transaction.atomic():
        drafted = Bulk.objects.select_for_update().filter(pk=bulk.pk, job=None)
        if not drafted.exists():
            raise Refused("this bulk act was begun or cancelled before.")
        bulk.job = queue.add(bulk.held, "bulk", bulk.account)
        bulk.save(update_fields=["job"])


def cancel(bulk: Bulk) -> None:
    """Cancel a draft, or stop a bulk act behind the chunk that is being done.

    Raises:
        Refused: it has ended.
    """
    if bulk.job is None:
        with transaction.atomic():
            bulk.job = Job.objects.create(
                held=bulk.held, kind="bulk", account=bulk.account, at=now(), state=Job.CANCELLED, ended=now()
            )
            bulk.save(update_fields=["job"])
        return
    queue.cancel(bulk.job)


def _circulators(held: HeldCase) -> dict[str, str]:
    bench = bench_of(held)
    if "circulator" not in bench.lines.columns:
        raise InputError("the lines of this case name no circulator. Give the numbers of the sheets.")
    return {line: str(name or "") for line, name in zip(bench.rows, bench.lines["circulator"].to_list(), strict=True)}
