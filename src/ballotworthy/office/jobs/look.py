"""A first look at lines that were uploaded, or at sheets that were read; nothing of them is entered."""

from __future__ import annotations

from ballotworthy.files.progress import Progress
from ballotworthy.office.jobs.lines_given import how_read, lines_given, sheets_given
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.rooms import entered
from ballotworthy.petition.told_pages import told_of_pages
from ballotworthy.verbs.case_intake_look import look_at_lines


def step(job: Job, tell: Progress) -> Step:
    """Look at them; a second try looks anew."""
    tell("reading the lines", 0, 0)
    with entered(job.held) as room, lines_given(job.said) as path:
        name = job.said["batch"] or str(len(room.case().batches) + 1)
        look = look_at_lines(room, path, by=job.account.name, name=name, **how_read(job.said)).to_dict()
        of_scans = told_of_pages(sheets_given(job.said)) if job.said["sheets"] else ()
    job.said = {**job.said, "look": {**look, "of_scans": list(of_scans)}}
    job.save(update_fields=["said"])
    return Step(look["lines"], look["lines"], told=f"{look['lines']:,} lines were read. Nothing is taken in yet.")
