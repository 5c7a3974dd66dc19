"""Files that come in through a browser, staged for the worker; and the office's folders of what it made of them."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from ballotworthy.casework.bound_lines import LINES
from ballotworthy.errors import FileFaults, InputError
from ballotworthy.office.models import Job

PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
TABLES = (".csv", ".tsv", ".txt", ".parquet", ".xlsx")
FORM = "form.toml"
"""Beside scans: what describes the form of others on which they are."""
SCANNED = " Scans of sheets are read under “Read scans of sheets first”."
BEGINS = (
    (b"\x89PNG", "a picture (PNG)"), (b"\xff\xd8\xff", "a picture (JPEG)"), (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"), (b"MM\0*", "a picture (TIFF)"), (b"%PDF", "a PDF"),
)  # fmt: skip
"""How files begin that hold no table, whatever they are called."""
LOOK = "look"
"""The kind of job that only looks at lines."""
LOOK_KEPT = dt.timedelta(days=7)
"""A file that was looked at waits so long for what comes of it."""
STAGED = re.compile(r"[0-9a-f]{16}\Z")


def stage(request: HttpRequest, most: int, endings: Sequence[str] = TABLES, *, several: bool = False) -> dict[str, Any]:
    """Keep what was uploaded for the worker; give how a job says it: a folder, and the plain names of the files.

    `name` is that of the first; `names` are all, where there are several.

    Raises:
        InputError: there is no file, all are larger than `most` bytes, or an ending is none that is read.
    """
    given = [each for each in request.FILES.getlist("file") if isinstance(each, UploadedFile)]
    if not given:
        raise InputError("choose a file first.")
    given = given if several else given[:1]
    names = [PLAIN.sub("-", each.name or "")[-80:].lstrip(".-") or "file" for each in given]
    if any(Path(name).suffix.lower() not in endings for name in names):
        raise InputError(f"the file does not end in {', '.join(endings)}. Save it as one of these.")
    if sum(each.size or 0 for each in given) > most:
        raise InputError(f"that is more than {most:,} bytes. Take it in by parts, or by the command line.")
    if endings == TABLES and (what := _is(given[0])):
        raise InputError(
            f"{names[0]} is {what}, whatever its name ends in. Choose the file that holds the table.{SCANNED}"
        )
    if len(set(names)) < len(names):
        raise InputError("two of these files bear one name. Give each its own.")
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR) / secrets.token_hex(8)
    folder.mkdir(mode=0o700)
    for each, name in zip(given, names, strict=True):
        with (folder / name).open("wb") as out:
            for part in each.chunks():
                out.write(part)
    return {"folder": folder.name, "name": names[0], **({"names": names} if len(names) > 1 else {})}


def _is(given: UploadedFile) -> str:
    """Say what a file is that is called a table and is none; "" where it may be one."""
    begin = given.read(8)
    given.seek(0)
    return next((what for sign, what in BEGINS if begin.startswith(sign)), "")


def staged(said: Mapping[str, Any]) -> Path:
    """Give the file that a job was given.

    Raises:
        InputError: it is not there any more.
    """
    if not is_staged(said):
        raise InputError("the uploaded file is not there any more. Upload it again.")
    return Path(settings.FILE_UPLOAD_TEMP_DIR) / str(said["folder"]) / str(said["name"])


def is_staged(said: Mapping[str, Any]) -> bool:
    """Tell whether the file that a job was given is there."""
    return (Path(settings.FILE_UPLOAD_TEMP_DIR) / str(said["folder"]) / str(said["name"])).is_file()


def clear(job: Job) -> None:
    """Delete the file that a job was given: it has ended. One that was looked at waits for what comes of it."""
    if not (job.kind == LOOK and job.state == Job.DONE):
        discard(job.said)


def discard(said: Mapping[str, Any]) -> None:
    """Delete a staged file, where there is one."""
    folder = str(said.get("folder", ""))
    if STAGED.match(folder):
        shutil.rmtree(Path(settings.FILE_UPLOAD_TEMP_DIR) / folder, ignore_errors=True)


@contextmanager
def named_as_given(path: Path) -> Iterator[Path]:
    """Have messages call a staged file by its own name."""
    try:
        yield path
    except FileFaults as error:
        raise FileFaults(path.name, error.faults, error.total) from error
    except InputError as error:
        error.args = (str(error).replace(str(path), path.name),)  # each kind is made of other parts, and says one text
        raise


def is_wanted(said: Mapping[str, Any]) -> bool:
    """Tell whether a job that has not ended still wants a staged file."""
    jobs = Job.objects.filter(state__in=(Job.WAITING, Job.RUNNING), said__folder=said.get("folder", ""))
    return bool(said.get("folder")) and jobs.exists()


def forget_looks(which: Q) -> None:
    """Delete files that were looked at and of which nothing came: what was looked at is kept, and shows no name."""
    for job in Job.objects.filter(which, kind=LOOK, state=Job.DONE):
        if not is_wanted(job.said):
            discard(job.said)


def forget_old_looks() -> None:
    """Delete those that somebody looked at and left."""
    forget_looks(Q(ended__lt=timezone.now() - LOOK_KEPT))


def sheets_folder() -> Path:
    """Give the office's folder of sheets that were read."""
    return _made("sheets")


def sheets_read() -> list[Path]:
    """Give the folders in it that `sheets read` wrote."""
    return sorted(path for path in sheets_folder().iterdir() if (path / LINES).is_file())


def rolls() -> Path:
    """Give the office's folder of snapshots."""
    return _made("rolls")


def snapshots() -> list[Path]:
    """Give the snapshots in the office's folder."""
    return sorted(path for path in rolls().iterdir() if (path / "snapshot.json").is_file())


def packed(job: Job) -> Path:
    """Give the file of an export."""
    return _made("exports") / f"{job.held.slug}-{job.said['audience']}-{job.pk}.zip"


def paper_replaced(slug: str, digest: str) -> Path:
    """Give where the paper of a certificate that was replaced is kept, by the digest of its data."""
    return _made("replaced") / f"{slug}-{digest[:16]}.pdf"


def _made(name: str) -> Path:
    folder = Path(settings.OFFICE_FOLDER) / name
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
