"""Lines taken in as one batch, from a file that was uploaded or from sheets that were read: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from ballotworthy.casework.bound_lines import LINES
from ballotworthy.casework.faults_of_scans import told_by_page
from ballotworthy.casework.room import Room
from ballotworthy.errors import Refused
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.digest import file_digest
from ballotworthy.files.progress import Progress
from ballotworthy.office.jobs.lines_given import how_read, lines_given, sheets_given
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.rooms import entered
from ballotworthy.office.uploads import named_as_given
from ballotworthy.verbs.case_frame import CHANGED
from ballotworthy.verbs.case_intake import Promise, take_in
from ballotworthy.verbs.case_scans import keep_pictures


def step(job: Job, tell: Progress) -> Step:
    """Take them in. The batch is chosen before, so that a second try sees whether the first one did it."""
    with entered(job.held) as room:
        batches = room.case().batches
        if "began" in job.said and job.said["batch"] in batches:
            return Step(1, 1, told=f"Batch {job.said['batch']} is taken in.")
        batch = job.said["batch"] or str(len(batches) + 1)
        if batch not in batches:
            job.said = {**job.said, "batch": batch, "began": True}
            job.save(update_fields=["said"])
        tell("reading the lines", 0, 0)
        said = job.said
        with _lines(room, said, tell) as (path, of_scans):
            taken = take_in(
                room,
                path,
                by=job.account.name,
                promise=Promise(
                    batch=batch,
                    lines=said["lines_promised"],
                    sheets=said["sheets_promised"],
                    explained=said["explained"],
                    received=parse_day(said["received"], "the day received") if said["received"] else None,
                ),
                progress=tell,
                **how_read(said),
            )
    told = [f"Batch {taken.batch}: {taken.lines:,} lines on {taken.sheets:,} sheets.", *taken.remarks, *of_scans]
    return Step(taken.lines, taken.lines, told="\n".join(told))


@contextmanager
def _lines(room: Room, said: Mapping[str, Any], tell: Progress) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Give the lines of a file, or of sheets that were read, whose pictures are kept if they are taken in.

    Beside it what must be known of the scans.

    Raises:
        Refused: they are not those that somebody looked at.
    """
    with lines_given(said) as path:
        if said.get("digest") not in (None, file_digest(path)):  # none: put in the queue by an older program
            raise Refused(CHANGED)
        if not said["sheets"]:
            yield path, ()
            return
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as work:
        scans = keep_pictures(room, sheets_given(said), Path(work), tell)
        try:
            with named_as_given(sheets_given(said) / LINES), told_by_page(sheets_given(said), scans.lines):
                yield scans.lines, scans.told
        except BaseException:
            scans.give_back()
            raise
