"""Files that come in through a browser, staged for the worker; and the office's folders of what it made of them."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from ballotworthy.errors import FileFaults, InputError
from ballotworthy.office.models import Job
from ballotworthy.verbs.case_scans import LINES

PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
TABLES = (".csv", ".tsv", ".parquet", ".xlsx")
FORM = "form.toml"
"""Beside scans: what describes the form of others on which they are."""
STAGED = re.compile(r"[0-9a-f]{16}\Z")


def stage(request: HttpRequest, most: int, endings: Sequence[str] = TABLES) -> dict[str, str]:
    """Keep an uploaded file for the worker; give how a job says it: its folder and its plain name.

    Raises:
        InputError: there is none, it is larger than `most` bytes, or its ending is none that is read.
    """
    given = request.FILES.get("file")
    if not isinstance(given, UploadedFile) or given.size is None:
        raise InputError("choose a file first.")
    name = PLAIN.sub("-", given.name or "")[-80:].lstrip(".-") or "file"
    if Path(name).suffix.lower() not in endings:
        raise InputError(f"the file does not end in {', '.join(endings)}. Save it as one of these.")
    if given.size > most:
        raise InputError(f"the file has more than {most:,} bytes. Take it in by parts, or by the command line.")
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR) / secrets.token_hex(8)
    folder.mkdir(mode=0o700)
    with (folder / name).open("wb") as out:
        for part in given.chunks():
            out.write(part)
    return {"folder": folder.name, "name": name}


def staged(said: Mapping[str, Any]) -> Path:
    """Give the file that a job was given.

    Raises:
        InputError: it is not there any more.
    """
    path = Path(settings.FILE_UPLOAD_TEMP_DIR) / str(said["folder"]) / str(said["name"])
    if not path.is_file():
        raise InputError("the uploaded file is not there any more. Upload it again.")
    return path


def clear(job: Job) -> None:
    """Delete the file that a job was given: it has ended."""
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
        raise type(error)(str(error).replace(str(path), path.name)) from error


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


def _made(name: str) -> Path:
    folder = Path(settings.OFFICE_FOLDER) / name
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
