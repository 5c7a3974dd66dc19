"""Scans of sheets read into the office's folder `sheets`, whence lines are taken in with their pictures."""

from __future__ import annotations

from ballotworthy.files.progress import Progress
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.uploads import FORM, named_as_given, sheets_folder, staged
from ballotworthy.verbs.sheets_read import read_scans


def step(job: Job, tell: Progress) -> Step:
    """Read them; a second try goes on where the first one was stopped."""
    said = job.said
    tell("opening the scans", 0, 0)
    with named_as_given(staged(said)) as path:
        form = path.with_name(FORM)
        scans = sorted(each for each in path.parent.iterdir() if each.name != FORM)
        read = read_scans(
            scans, sheets_folder() / said["out"], place=said["place"] or None, kind=said["kind"] or None,
            form=form if form.is_file() else None, progress=tell,
        )  # fmt: skip
    rows, unread = read.about["rows"], read.about["not_read"]
    lacking = "".join(f" Missing: {each}." for each in read.about["lacking"])
    lacking += f" {unread:,} pages could not be read: sheets.json in that folder says why." if unread else ""
    return Step(rows, rows, told=f"{rows:,} rows were read into sheets/{said['out']}.{lacking}")
