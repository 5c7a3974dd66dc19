"""Pictures: of a line and its cells from the case's private folder; reference signatures from the office's."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse

from ballotworthy.casework.case import Case
from ballotworthy.casework.room import IMAGES, PRIVATE, Room
from ballotworthy.office.benches import bench_of
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import entered
from ballotworthy.verbs.case_bench import voter_of
from ballotworthy.verbs.case_scans import ORDER, cells_pictured

KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
VOTER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_. -]{0,79}\Z")
"""Ids by which a file is looked for; another cannot name one safely."""
MOST_SIGNATURES = 6


def page(request: HttpRequest, held: HeldCase, may: frozenset[str], line: str) -> HttpResponse:  # noqa: ARG001
    """Give the picture of a line; a browser may keep it for the session, and nobody else may."""
    with entered(held) as room:
        return _answer(picture_of(room.case(), room.folder, line))


def cell(request: HttpRequest, held: HeldCase, may: frozenset[str], line: str, field: str) -> HttpResponse:  # noqa: ARG001
    """Give the picture of a cell of a line."""
    with entered(held) as room:
        known = field in ORDER and line in room.case().frame.at
        return _answer(cells_pictured(room, line, (field,)).get(field) if known else None)


def signature(request: HttpRequest, held: HeldCase, may: frozenset[str], row: int, number: int) -> HttpResponse:  # noqa: ARG001
    """Give a reference signature of the voter in a row of the roll; the machine does not judge it."""
    found = signatures_of(voter_of(bench_of(held), row))
    return _answer(found[number - 1] if 0 < number <= len(found) else None)


def picture_of(case: Case, folder: Path, line: str) -> Path | None:
    """Give the file named by the digest that the frame says of a line; None where there is none."""
    if line not in case.frame.at or not (digest := case.frame.line(line).image):
        return None
    images = (folder / PRIVATE / IMAGES / f"{digest}{ending}" for ending in KINDS)
    return next((path for path in images if path.is_file()), None)


def shown_first(room: Room, case: Case, slug: str, line: str) -> list[str]:
    """Give the addresses of the pictures that stand on the page of a line at once: of its cells, or of all of it."""
    if picture_of(case, room.folder, line) is None:
        return []
    cells = cells_pictured(room, line)
    return [reverse("cell", args=(slug, line, each)) for each in cells] or [reverse("picture", args=(slug, line))]


def signatures_of(voter_id: str) -> list[Path]:
    """Give the reference signatures of a voter: ID.png, then ID-1.png, ID-2.png; none where no folder is named."""
    folder: Path | None = settings.OFFICE_SIGNATURES
    if folder is None or not VOTER.match(voter_id):
        return []
    names = [voter_id, *(f"{voter_id}-{number}" for number in range(1, MOST_SIGNATURES))]
    files = (folder / f"{name}{ending}" for name in names for ending in KINDS)
    return [path for path in files if path.is_file()]


def _answer(found: Path | None) -> HttpResponse:
    if found is None:
        raise Http404
    answer = FileResponse(found.open("rb"), content_type=KINDS[found.suffix.lower()])
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
