"""Scans of sheets read into the office's folder `sheets`, whence lines are taken in with their pictures."""

from __future__ import annotations

import shutil

from ballotworthy.errors import InputError
from ballotworthy.files.progress import Progress
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.uploads import FORM, named_as_given, sheets_folder, staged
from ballotworthy.petition.told_pages import told_of_pages
from ballotworthy.verbs.sheets_read import read_scans

MOST_PAGES = 10_000
"""Of scans that are read at once: hours of work."""


def step(job: Job, tell: Progress) -> Step:
    """Read them; a second try goes on where the first one was stopped."""
    said = job.said
    tell("opening the scans", 0, 0)
    with named_as_given(staged(said)) as path:
        form = path.with_name(FORM)
        scans = sorted(each for each in path.parent.iterdir() if each.name != FORM)
        read = read_scans(
            scans, sheets_folder() / said["out"], place=said["place"] or None, kind=said["kind"] or None,
            form=form if form.is_file() else None, most=MOST_PAGES, progress=tell,
        )  # fmt: skip
    out, rows = sheets_folder() / said["out"], read.about["rows"]
    told = told_of_pages(out)
    if not rows:
        shutil.rmtree(out)
        raise InputError("\n".join(("no row of a sheet was read, so nothing is kept.", *told)))
    return Step(rows, rows, told="\n".join((f"{rows:,} rows were read into sheets/{said['out']}.", *told)))
