"""The picture of a line, or of its sheet, where the case's private folder has it."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest

from ballotworthy.casework.case import Case
from ballotworthy.casework.room import IMAGES, PRIVATE
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import entered

KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


def page(request: HttpRequest, held: HeldCase, may: frozenset[str], line: str) -> FileResponse:  # noqa: ARG001
    """Give it; a browser may keep it for the session, and nobody else may."""
    with entered(held) as room:
        found = picture_of(room.case(), room.folder, line)
    if found is None:
        raise Http404
    answer = FileResponse(found.open("rb"), content_type=KINDS[found.suffix.lower()])
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def picture_of(case: Case, folder: Path, line: str) -> Path | None:
    """Give the file named by the digest that the frame says of a line; None where there is none."""
    if line not in case.frame.at or not (digest := case.frame.line(line).image):
        return None
    images = (folder / PRIVATE / IMAGES).glob(f"{digest}.*")
    return next((path for path in sorted(images) if path.suffix.lower() in KINDS), None)
