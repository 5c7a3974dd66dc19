"""What the worker can do, a kind of job a file: each does a chunk from where the job stands, and says what it did.

A chunk that is done again, since the worker was killed behind the record and before the table, enters nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable

from ballotworthy.files.progress import Progress
from ballotworthy.office.jobs import bulk, export, intake, look, matching, register, sheets, snapshot
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step

KINDS: dict[str, Callable[[Job, Progress], Step]] = {
    "bulk": bulk.step,
    "export": export.step,
    "intake": intake.step,
    "look": look.step,
    "matching": matching.step,
    "register": register.step,
    "sheets": sheets.step,
    "snapshot": snapshot.step,
}
