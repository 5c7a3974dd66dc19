"""An export made and packed into one file: what the case's disclosure allows; never a name or a secret key."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings

from ballotworthy.files.progress import Progress
from ballotworthy.files.whole import whole_file
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.rooms import entered
from ballotworthy.office.uploads import packed
from ballotworthy.verbs.case_export import export_case


def step(job: Job, tell: Progress) -> Step:
    """Make it; a second try makes it anew."""
    tell("writing the export", 0, 0)
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as work:
        folder = Path(work) / "export"
        with entered(job.held) as room:
            done = export_case(room, folder, audience=job.said["audience"], objector=job.said.get("objector", ""))
        with whole_file(packed(job), private=True) as made, ZipFile(made, "w", ZIP_DEFLATED) as pack:
            for path in sorted(folder.iterdir()):
                pack.write(path, f"{job.held.slug}/{path.name}")
    return Step(len(done.files), len(done.files), told=f"{len(done.files)} files, head {done.record.head[:16]}…")
