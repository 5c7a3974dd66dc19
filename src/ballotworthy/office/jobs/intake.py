"""Lines taken in as one batch, from a file that was uploaded or from sheets that were read: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from ballotworthy.casework.room import Room
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.progress import Progress
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.rooms import entered
from ballotworthy.office.uploads import named_as_given, sheets_read, staged
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
        with _lines(room, said) as (path, of_scans):
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
                mapping=said["columns"],
                lenient=said["lenient"] or bool(said["sheets"]),  # a day that was misread is typed anew at the desk
                dates=said["dates"],
                stratum=said["stratum"],
                settled=said.get("settled", False) and not said["sheets"],
            )
    told = [f"Batch {taken.batch}: {taken.lines:,} lines on {taken.sheets:,} sheets.", *taken.remarks, *of_scans]
    return Step(taken.lines, taken.lines, told="\n".join(told))


@contextmanager
def _lines(room: Room, said: Mapping[str, Any]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Give the lines of a file, or of sheets that were read, whose pictures are kept if they are taken in.

    Beside it what must be known of the scans.
    """
    if not said["sheets"]:
        with named_as_given(staged(said)) as path:
            yield path, ()
        return
    found = next((path for path in sheets_read() if path.name == said["sheets"]), None)
    if found is None:
        raise InputError("there are no such sheets in the office's folder `sheets`.")
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as work:
        scans = keep_pictures(room, found, Path(work))
        try:
            with named_as_given(scans.lines) as path:
                yield path, scans.told
        except BaseException:
            scans.give_back()
            raise
