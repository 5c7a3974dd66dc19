"""The lines taken in, the frame fixed, the register named: what comes before the seed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ballotworthy.errors import FileFaults, InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.day_order import ORDERS, Order
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import entered, now
from ballotworthy.office.words import WRITTEN, on_page, pairs, split_status
from ballotworthy.petition.lines import FIELDS
from ballotworthy.verbs.case_frame import fix_frame
from ballotworthy.verbs.case_intake import take_in
from ballotworthy.verbs.case_roll import name_roll
from ballotworthy.verbs.case_scans import LINES, keep_pictures

PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
ENDINGS = (".csv", ".tsv", ".parquet", ".xlsx")
MOST_LINES, MOST_VOTERS = 500_000_000, 5_000_000_000
"""Bytes of an upload."""


@require_POST
def lines(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Take a file of lines in as one batch."""
    said = request.POST
    columns = pairs(said.get("columns", ""), WRITTEN, FIELDS)
    with _given(request, held) as path, entered(held) as room:
        batch = said.get("batch", "").strip() or str(len(room.case().batches) + 1)
        taken = take_in(
            room, path, by=request.user.name, batch=batch, lines_promised=_number(said, "lines_promised"),
            sheets_promised=_number(said, "sheets_promised"), mapping=columns, lenient="lenient" in said,
            dates=_order(said), explained=said.get("explained", "").strip(), stratum=said.get("stratum", "").strip(),
            received=parse_day(said["received"], "the day received") if said.get("received") else None,
        )  # fmt: skip
    messages.success(request, f"Batch {taken.batch}: {taken.lines:,} lines on {taken.sheets:,} sheets.")
    for remark in taken.remarks:
        messages.info(request, on_page(remark))
    return redirect("case", slug=held.slug)


@require_POST
def frame(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Fix the frame."""
    with entered(held) as room:
        fixed = fix_frame(room, by=request.user.name)
    messages.success(request, f"The frame is fixed: {fixed.lines:,} lines. Fingerprint {fixed.fingerprint}.")
    return redirect("case", slug=held.slug)


@require_POST
def roll(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Build a snapshot of an uploaded voter file and name it, or name one that is in the office's folder."""
    chosen = request.POST.get("snapshot", "")
    if chosen:
        found = next((path for path in snapshots() if path.name == chosen), None)
        if found is None:
            raise InputError("there is no such snapshot in the office's folder `rolls`.")
    else:
        from ballotworthy.verbs.roll import build_snapshot  # here, since an office opens before Numba is loaded

        found = rolls() / f"{held.slug}-{secrets.token_hex(3)}.roll"
        with uploaded(request, MOST_VOTERS) as path, entered(held) as room:
            day = request.POST.get("taken_on", "")
            place = room.case().opened["place"]
            columns, statuses = split_status(pairs(request.POST.get("columns", ""), WRITTEN))
            build_snapshot(
                path, found, today=now().date(), place=place, taken_on=day or None, map=columns, statuses=statuses,
                lenient="lenient" in request.POST, dates=_order(request.POST),
            )  # fmt: skip
    with entered(held) as room:
        named = name_roll(room, found, by=request.user.name)
    messages.success(request, f"The register of {named.day}: {named.voters:,} voters, digest {named.roll[:16]}…")
    return redirect("case", slug=held.slug)


def _number(said: Mapping[str, str], name: str) -> int | None:
    promised = said.get(name, "").strip()
    if promised and not (promised.isascii() and promised.isdigit()):
        raise InputError("write in digits how many the filer says there are, or leave it empty.")
    return int(promised) if promised else None


def _order(said: Mapping[str, str]) -> Order | None:
    order = said.get("dates", "")
    return next((each for each in ORDERS if each == order), None)


@contextmanager
def _given(request: HttpRequest, held: HeldCase) -> Iterator[Path]:
    """Give the lines of an uploaded file, or of sheets that were read, whose pictures are kept if they are taken in."""
    chosen = request.POST.get("sheets", "")
    if not chosen:
        with uploaded(request, MOST_LINES) as path:
            yield path
        return
    found = next((path for path in sheets_read() if path.name == chosen), None)
    if found is None:
        raise InputError("there are no such sheets in the office's folder `sheets`.")
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as work:
        with entered(held) as room:
            scans = keep_pictures(room, found, Path(work))
        try:
            yield scans.lines
        except BaseException:
            scans.give_back()
            raise


def sheets_read() -> list[Path]:
    """Give the folders in the office's folder `sheets` that `sheets read` wrote."""
    folder = Path(settings.OFFICE_FOLDER) / "sheets"
    return sorted(path for path in folder.iterdir() if (path / LINES).is_file()) if folder.is_dir() else []


def rolls() -> Path:
    """Give the office's folder of snapshots."""
    folder = Path(settings.OFFICE_FOLDER) / "rolls"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def snapshots() -> list[Path]:
    """Give the snapshots in the office's folder."""
    return sorted(path for path in rolls().iterdir() if (path / "snapshot.json").is_file())


@contextmanager
def uploaded(request: HttpRequest, most: int) -> Iterator[Path]:
    """Give the uploaded file in a private folder; it is gone behind the block, and messages call it by its own name.

    Raises:
        InputError: there is none, it is too large, or its ending is none that is read.
    """
    given = request.FILES.get("file")
    if not isinstance(given, UploadedFile) or given.size is None:
        raise InputError("choose a file first.")
    name = PLAIN.sub("-", given.name or "")[-80:].lstrip(".-") or "file"
    if Path(name).suffix.lower() not in ENDINGS:
        raise InputError(f"the file does not end in {', '.join(ENDINGS)}. Save it as one of these.")
    if given.size > most:
        raise InputError(f"the file has more than {most:,} bytes. Take it in by parts, or by the command line.")
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        path = Path(folder) / name
        with path.open("wb") as out:
            for part in given.chunks():
                out.write(part)
        try:
            yield path
        except FileFaults as error:
            raise FileFaults(name, error.faults, error.total) from error
        except InputError as error:
            raise type(error)(str(error).replace(str(path), name)) from error
