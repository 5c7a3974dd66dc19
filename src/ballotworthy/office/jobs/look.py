"""A first look at lines that were uploaded, or at sheets that were read; nothing of them is entered."""

from __future__ import annotations

from ballotworthy.files.progress import Progress
from ballotworthy.office.jobs.lines_given import how_read, lines_given, sheets_given
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.rooms import entered
from ballotworthy.verbs.case_intake_look import look_at_lines


def step(job: Job, tell: Progress) -> Step:
    """Look at them; a second try looks anew."""
    tell("reading the lines", 0, 0)
    with entered(job.held) as room, lines_given(job.said) as path:
        name = job.said["batch"] or str(len(room.case().batches) + 1)
        scans = sheets_given(job.said) if job.said["sheets"] else None
        found = look_at_lines(room, path, by=job.account.name, name=name, scans=scans, **how_read(job.said))
    look = found.to_dict()
    job.said = {**job.said, "look": look}
    job.save(update_fields=["said"])
    return Step(look["lines"], look["lines"], told=f"{look['lines']:,} lines were read. Nothing is taken in yet.")
